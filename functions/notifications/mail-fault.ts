import * as z from 'zod';

const fault = z.looseObject({ command: z.string().optional(), name: z.string().optional() });

/** Amazon SES says these before it takes a message. */
const notTaken = ['TooManyRequestsException', 'LimitExceededException', 'SendingPausedException'];

/**
 * Whether a mail that failed certainly did not leave: the server was not reached at all (nodemailer
 * names the phase `CONN`), or said that it takes nothing now. Every other failure may have come after
 * the server took the message, so the mail counts as sent.
 */
export function certainlyNotSent(error: unknown): boolean {
  const parsed = fault.safeParse(error);
  if (!parsed.success) return false;
  return parsed.data.command === 'CONN' || notTaken.some((name) => name === parsed.data.name);
}
