import type { Role } from '../kernel/actors.ts';
import type { OrganizationId, TermId } from '../kernel/ids.ts';
import type { Program } from '../programs/program.ts';
import type { Setting } from './facts.ts';

/** Words that several letters share. */

export function nameOf({ names }: Setting, organization: OrganizationId): string {
  return names[organization] ?? organization;
}

/** The area as the program names it, today or in an earlier scheme. */
export function areaName({ program }: Setting, area: TermId | undefined): string {
  if (area === undefined) return 'the area that the published list does not show';
  const known = program.areaSchemes.flatMap((scheme) => scheme.areas).find((one) => one.id === area);
  return known?.name ?? area;
}

export function approvalReason({ program }: Setting, reason: TermId): string {
  const reasons: Program['reasons']['approval'] = program.reasons.approval;
  return reasons.find((one) => one.id === reason)?.name ?? reason;
}

/** Who answers for a request on the partner's side. */
export const partnerStaff = ['partner:owner', 'partner:editor'] as const satisfies readonly Role[];

/** `You get this because you are an owner or editor of Birch Learning.` */
export function because(who: string, organization: string): string {
  return `You get this because you are ${who} of ${organization}.`;
}
