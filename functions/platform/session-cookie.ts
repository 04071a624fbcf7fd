export { sessionCookie } from '#shared/kernel/session-cookie.ts';

/** Holds state, nonce and verifier between leaving for the identity provider and coming back. */
export const signInCookie = '__Host-sign-in';

/** The value of a cookie in a `Cookie` header. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const cut = part.indexOf('=');
    if (cut > 0 && part.slice(0, cut).trim() === name) return part.slice(cut + 1).trim();
  }
  return undefined;
}

/** A `Set-Cookie` line; `seconds` 0 removes the cookie. The value must be URL-safe. */
export function writeCookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`;
}
