import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { plainJson } from '#shared/kernel/plain-json.ts';

/** SHA-256, in hexadecimal, of the value's canonical JSON (RFC 8785). */
export function hashOf(value: unknown): string {
  const text = canonicalize(plainJson(value));
  if (text === undefined) throw new Error('Only JSON values can be hashed.');
  return createHash('sha256').update(text).digest('hex');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
