import type { OrganizationKind } from '#shared/kernel/actors.ts';

/** Whether the people of an organization work in a program; a partner does in every one. */
export function worksIn(
  { kind, program: own }: { readonly kind: OrganizationKind; readonly program?: string | undefined },
  program: string,
): boolean {
  return kind === 'partner' || own === program;
}
