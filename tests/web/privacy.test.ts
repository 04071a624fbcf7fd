import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { invitationDays } from '#shared/accounts/model.ts';

function text(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

const page = text('web/src/routes/privacy/+page.svelte');
const table = text('docs/retention.md');

/** What a visitor is told is kept, by words of the page, beside the row of the table of everything that is kept. */
const told: readonly (readonly [words: RegExp, row: string, long: string])[] = [
  [/invitation was meant for.*/s, '… its marker and e-mail address', `${invitationDays} days`],
  [/you were sent a mail.*/s, 'claim on a mail', '365 days'],
  [/Your network address.*/s, 'access log of CloudFront', '400 days'],
  [/edge keeps an access log with.*/s, 'access log of CloudFront', '400 days'],
];

test.each(told)('the privacy page says of %s how long it is kept, as the table does', (words, row, long) => {
  const found = words.exec(page)?.[0].slice(0, 400);
  expect(found).toContain(long);
  expect(table.split('\n').find((line) => line.startsWith(`| ${row} |`))).toContain(long);
});

test('the privacy page promises of the account page what that page shows', () => {
  expect(page).toContain('Your account page shows your name, your e-mail address');
  expect(text('web/src/routes/account/+page.svelte')).toContain('data.person.email');
});
