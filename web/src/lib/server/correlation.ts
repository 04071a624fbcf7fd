export const correlationHeader = 'x-correlation-id';

/** The id under which one visit is found in every log: the one given, if it is of our form, or a new one. */
export function correlationOf(headers: Headers): string {
  const given = headers.get(correlationHeader);
  return given !== null && /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : crypto.randomUUID();
}
