import { generateKeyPairSync, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const secrets = z.object({
  /** Signs what the pages tell the API of their visitor. */
  web: z.string().min(32),
  identityClient: z.string().min(32),
  identityCookies: z.string().min(32),
  /** The provider's private signing key as a JSON Web Key. */
  identityKey: z.record(z.string(), z.json()),
});
export type Secrets = z.infer<typeof secrets>;

/** The secrets of one data folder, made at the first start; without a file they last as long as the process. */
export function secretsIn(file?: string): Secrets {
  const stored = file === undefined ? undefined : readJsonFile(file, secrets);
  if (stored !== undefined) return stored;
  const word = (): string => randomBytes(32).toString('base64url');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const made = secrets.parse({
    web: word(),
    identityClient: word(),
    identityCookies: word(),
    identityKey: { ...privateKey.export({ format: 'jwk' }), kid: word().slice(0, 12), use: 'sig', alg: 'ES256' },
  });
  if (file !== undefined) writeJsonFile(file, made);
  return made;
}
