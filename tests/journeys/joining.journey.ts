import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { assertAccessible, signInAs, type Journey, type JourneyContext } from './browser.ts';

const partner = 'achievement-network';
const shown = z.object({ listing: z.object({ claimed: z.boolean() }) });

async function isClaimed({ address }: JourneyContext): Promise<boolean> {
  const answer = await fetch(`${address}/api/programs/ma/partners/${partner}`);
  return shown.parse(await answer.json()).listing.claimed;
}

/** The state makes a one-time link for the first owner; it is shown once. */
async function stateInvites(page: Page): Promise<string> {
  await signInAs(page, 'ma-state-program-lead', `/ma/approvals/${partner}`);
  await page.getByLabel('Whom is it for?').fill('owner@example.invalid');
  await page.getByRole('button', { name: 'Make a one-time link' }).click();
  const link = await page.locator('.usa-alert--success code').innerText();
  assert.match(link, /\/invitation#[a-z0-9]{32}$/);
  await assertAccessible(page, 'the one-time link of a first owner');
  return new URL(link).hash;
}

/** Whoever has the link signs in, reads what it offers, and joins. */
async function ownerJoins(page: Page, hash: string): Promise<void> {
  await signInAs(page, 'ma-springfield-viewer', '/privacy');
  await page.goto(`/invitation${hash}`);
  const join = page.getByRole('button', { name: /^Join Achievement Network/ });
  await join.waitFor();
  await assertAccessible(page, 'what a one-time link offers');
  await join.click();
  await page.waitForURL((url) => url.pathname !== '/invitation');
  await assertAccessible(page, 'after joining by a link');
  await page.goto('/account');
  await page.getByText(/^\S+@\S+\.invalid$/).waitFor();
}

/** From an invitation to a partner that districts can ask. */
export const journey: Journey = async (context) => {
  assert.equal(await isClaimed(context), false, 'nobody has claimed a real organization');
  const state = await context.browser.visitor();
  const hash = await stateInvites(state);
  await ownerJoins(await context.browser.visitor(), hash);
  for (let tries = 0; !(await isClaimed(context)); tries += 1) {
    assert.ok(tries < 60, 'the listing is claimed soon after its first owner joined');
    await sleep(250);
  }
  await state.goto(`/ma/approvals/${partner}`);
  assert.equal(await state.getByRole('button', { name: 'Make a one-time link' }).count(), 0);

  const late = await context.browser.visitor();
  await signInAs(late, 'ma-lowell-lead', '/privacy');
  await late.goto(`/invitation${hash}`);
  await late.locator('.error-summary').waitFor();
  await assertAccessible(late, 'a one-time link that was used');
};
