import type { Cookies } from '@sveltejs/kit';

export type CookieOptions = Parameters<Cookies['set']>[2];

const sameSites = ['lax', 'strict', 'none'] as const;

/** Reads one `Set-Cookie` header (RFC 6265, section 5.2). Undefined for a line without a name. */
export function readSetCookie(line: string): { name: string; value: string; options: CookieOptions } | undefined {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const cut = pair.indexOf('=');
  if (cut < 1) return undefined;
  const options: CookieOptions = { path: '/', httpOnly: false, secure: false, encode: (value) => value };
  for (const attribute of attributes) {
    const [word = '', ...rest] = attribute.split('=');
    const value = rest.join('=');
    switch (word.toLowerCase()) {
      case 'path':
        options.path = value;
        break;
      case 'domain':
        options.domain = value;
        break;
      case 'max-age':
        options.maxAge = Number(value);
        break;
      case 'expires':
        options.expires = new Date(value);
        break;
      case 'httponly':
        options.httpOnly = true;
        break;
      case 'secure':
        options.secure = true;
        break;
      case 'samesite': {
        const sameSite = sameSites.find((one) => one === value.toLowerCase());
        if (sameSite !== undefined) options.sameSite = sameSite;
        break;
      }
    }
  }
  return { name: pair.slice(0, cut), value: pair.slice(cut + 1), options };
}
