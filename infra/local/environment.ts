import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { Secrets } from './secrets.ts';

export const tableName = 'priority-partners';

export interface Addresses {
  readonly port: number;
  readonly tableEndpoint: string;
  readonly queueEndpoint: string;
  readonly queueUrls: Readonly<Record<string, string>>;
  readonly mailUrl: string;
  readonly filesFolder: string;
  readonly auditFolder: string;
  readonly identityClient: string;
}

/** The environment that a deployment gives the functions, for this machine. They read it when they load. */
export function environmentFor(addresses: Addresses, secrets: Secrets): Readonly<Record<string, string>> {
  const origin = `http://localhost:${addresses.port}`;
  return {
    TABLE_NAME: tableName,
    DYNAMODB_ENDPOINT: addresses.tableEndpoint,
    QUEUE_ENDPOINT: addresses.queueEndpoint,
    QUEUE_URLS: JSON.stringify(addresses.queueUrls),
    FILES_URL: pathToFileURL(addresses.filesFolder).href,
    AUDIT_URL: pathToFileURL(addresses.auditFolder).href,
    MAIL_URL: addresses.mailUrl,
    MAIL_FROM: 'no-reply@priority-partners.invalid',
    PUBLIC_ORIGIN: origin,
    API_ORIGIN: `http://127.0.0.1:${addresses.port}`,
    WEB_SECRET: secrets.web,
    IDENTITY_ISSUER: `${origin}/identity`,
    IDENTITY_CLIENT_ID: addresses.identityClient,
    IDENTITY_CLIENT_SECRET: secrets.identityClient,
    APP_VERSION: version(),
    ...withDefaults({
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      // The terminal is for the address and for what goes wrong.
      POWERTOOLS_LOG_LEVEL: 'WARN',
      POWERTOOLS_METRICS_DISABLED: 'true',
    }),
  };
}

/** What the person at the terminal set stays: a real account behind DYNAMODB_ENDPOINT needs its keys. */
function withDefaults(defaults: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, process.env[name] ?? value]));
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.looseObject({ version: z.string() }).parse(JSON.parse(text)).version;
}
