import { createHmac } from 'node:crypto';
import type { Instant } from '#shared/kernel/instants.ts';

/** What the web tells the API about the visitor for whom it asks. */
export interface Claims {
  readonly address: string;
  /** The visitor's own `Origin` header; absent where the browser sent none, as for a page. */
  readonly origin?: string;
  readonly correlation: string;
  /** When the gateway received the visitor's request: the API believes no old claims. */
  readonly at: Instant;
}

/**
 * The two headers that carry claims: base64url of their JSON, and base64url of its HMAC-SHA256 under
 * the secret that only web and API hold.
 */
export function signedClaims(claims: Claims, secret: string): Readonly<Record<string, string>> {
  const encoded = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return {
    'x-web-claims': encoded,
    'x-web-signature': createHmac('sha256', secret).update(encoded).digest('base64url'),
  };
}
