import { whyRoleNot } from '#shared/engagements/permitted-acts.ts';
import type { OwnDistrict } from '#lib/accounts/own-district.ts';
import type { Belonging } from '#lib/accounts/session.ts';
import DistrictFigures from '#lib/catalogue/district-figures.svelte';
import AskForm from './ask-form.svelte';

/** What only people of a district have on the matrix; nobody else loads its code. */
export interface DistrictTools {
  /** Absent where the visitor may not begin a request. */
  readonly AskForm?: typeof AskForm;
  readonly DistrictFigures: typeof DistrictFigures;
  /** Absent where nothing is published of it. */
  readonly district: OwnDistrict | undefined;
}

export function districtTools({ roles }: Belonging, district: OwnDistrict | undefined): DistrictTools {
  return { ...(whyRoleNot('draft', roles) === undefined ? { AskForm } : {}), DistrictFigures, district };
}
