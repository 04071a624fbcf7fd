import { draftRoles } from '#shared/engagements/draft-roles.ts';
import { hasRole } from '#lib/accounts/has-role.ts';
import type { OwnDistrict } from '#lib/accounts/own-district.ts';
import type { Belonging } from '#lib/accounts/session.ts';
import DistrictFigures from '#lib/catalogue/district-figures.svelte';
import { fillOwnFigures } from '#lib/catalogue/own-figures.ts';
import AskForm from './ask-form.svelte';

/** What only people of a district have on the matrix; nobody else loads its code. */
export interface DistrictTools {
  /** Absent where the visitor may not begin a request. */
  readonly AskForm?: typeof AskForm;
  readonly DistrictFigures: typeof DistrictFigures;
  readonly district: OwnDistrict;
  /** Puts its figures into a form that has none left. */
  readonly fillOwnFigures: typeof fillOwnFigures;
}

export function districtTools(acting: Belonging, district: OwnDistrict): DistrictTools {
  return { ...(hasRole(acting, ...draftRoles) ? { AskForm } : {}), DistrictFigures, district, fillOwnFigures };
}
