const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new id, `req_…`, for a form that creates something: it goes into the page, so that sending the
 * form twice creates it once. 20 characters of 5 random bits each.
 */
export function freshId(prefix: string): string {
  const random = crypto.getRandomValues(new Uint8Array(20));
  return `${prefix}_${Array.from(random, (byte) => letters.charAt(byte & 31)).join('')}`;
}
