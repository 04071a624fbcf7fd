import * as z from 'zod';
import { refusals, type RefusalCode } from './refusals.ts';

/** What an error answer carries beside its code and sentence. */
export const refusalData = z.object({ fields: z.record(z.string(), z.string()).optional() }).optional();

/** The errors of a route, for its contract: code → status and sentence. */
export function refusable<const C extends RefusalCode>(...codes: readonly C[]) {
  const map = Object.fromEntries(
    codes.map((code) => [code, { status: refusals[code].status, message: refusals[code].sentence, data: refusalData }]),
  );
  // fromEntries forgets the keys it was given
  return map as {
    readonly [K in C]: { readonly status: number; readonly message: string; readonly data: typeof refusalData };
  };
}
