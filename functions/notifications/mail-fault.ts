import * as z from 'zod';

const fault = z.looseObject({
  /** The phase of SMTP, as nodemailer names it: `CONN` until the server has answered at all. */
  command: z.string().optional(),
  /** The status with which Amazon SES answered. */
  status: z.int().optional(),
  /** Why `fetch` failed. */
  cause: z.looseObject({ code: z.string().optional() }).optional().catch(undefined),
});

/** The connection was never made, so nothing was written to it. */
const notConnected = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/**
 * Whether a mail that failed certainly did not leave: the server was not reached at all, or Amazon SES
 * refused the request (4xx: no right, not verified, suspended, too many). Every other failure may have
 * come after the server took the message, so the mail counts as sent.
 */
export function certainlyNotSent(error: unknown): boolean {
  const parsed = fault.safeParse(error);
  if (!parsed.success) return false;
  const { command, status, cause } = parsed.data;
  if (status !== undefined) return status >= 400 && status < 500;
  return command === 'CONN' || (cause?.code !== undefined && notConnected.includes(cause.code));
}
