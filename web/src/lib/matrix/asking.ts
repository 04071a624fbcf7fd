import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { isAskable } from '#shared/catalogue/status.ts';
import type { ProgramFacts } from '#lib/api.ts';
import { areaOptions } from '#lib/engagements/areas.ts';
import type { ShownPartner } from './answer.ts';
import type PickBox from './pick-box.svelte';

/** The area that a request from this list is about: the one that is filtered by, if it is one alone. */
export function areaAsked(program: ProgramFacts, { area }: MatrixQuery): string | undefined {
  const [only, ...others] = area;
  return others.length === 0 && areaOptions(program).some(({ value }) => value === only) ? only : undefined;
}

/** Why a partner cannot be ticked, in a sentence; undefined where it can be asked. Sending checks the live approval. */
export function whyNotAsked(
  partner: Pick<ShownPartner, 'claimed' | 'areas'>,
  area: string | undefined,
): string | undefined {
  if (!partner.claimed) return 'Cannot be asked: nobody from it has an account here.';
  const here = partner.areas.filter((one) => area === undefined || one.area === area);
  if (here.some(({ status }) => isAskable(status))) return undefined;
  return `Cannot be asked: no approval is active${area === undefined ? '' : ' in this area'}.`;
}

export interface PickedPartner {
  readonly id: string;
  readonly name: string;
}

/** How the table lets partners be ticked. */
export interface Asking {
  /** The box of one partner. */
  readonly Box: typeof PickBox;
  readonly area: string | undefined;
  readonly picked: readonly PickedPartner[];
  pick(partner: PickedPartner, ticked: boolean): void;
}
