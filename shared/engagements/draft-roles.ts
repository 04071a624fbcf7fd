import type { Role } from '../kernel/actors.ts';

/** Who may begin a request. Apart, for the pages that only offer to. */
export const draftRoles = ['district:superintendent', 'district:lead'] as const satisfies readonly Role[];
