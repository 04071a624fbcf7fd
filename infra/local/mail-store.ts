import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const message = z.object({
  /** Sorts by arrival and is safe in a path. */
  id: z.string().regex(/^[0-9a-z-]+$/),
  at: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  messageId: z.string(),
});
export type MailMessage = z.infer<typeof message>;

/** Every mail that was sent on this machine, the newest first. */
export interface MailStore {
  add(mail: MailMessage): void;
  /** Those to an address, or all. */
  list(to?: string): readonly MailMessage[];
  get(id: string): MailMessage | undefined;
}

/** Keeps mail in a folder, one file each, or in memory without one. */
export function mailStore(folder?: string): MailStore {
  const mails = folder === undefined ? [] : readMails(folder);
  return {
    add(mail) {
      if (folder !== undefined) writeJsonFile(join(folder, `${mail.id}.json`), mail);
      mails.unshift(mail);
    },
    list(to) {
      const wanted = to?.trim().toLowerCase() ?? '';
      return wanted === ''
        ? mails
        : mails.filter((mail) => mail.to.some((address) => address.toLowerCase() === wanted));
    },
    get: (id) => mails.find((mail) => mail.id === id),
  };
}

function readMails(folder: string): MailMessage[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .flatMap((name) => readJsonFile(join(folder, name), message) ?? []);
}
