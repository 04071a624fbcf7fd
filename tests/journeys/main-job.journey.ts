import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { assertAccessible, assertFits, choose, signInAs, type Journey, type JourneyContext } from './browser.ts';

/** The text of the page's main part, as a person reads it. */
function main(page: Page) {
  return page.locator('main');
}

async function download(page: Page, link: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link, exact: true }).click(),
  ]);
  return readFileSync(await file.path(), 'utf8');
}

/** What follows from a change takes a moment: the stream, the queues, the mail. */
async function eventually(what: string, check: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    if (await check()) return;
    await sleep(250);
  }
  assert.fail(`Waited 30 seconds in vain for: ${what}`);
}

const mailbox = z.object({ messages: z.array(z.object({ to: z.array(z.string()), subject: z.string() })) });

/** Each mail about this request: its one recipient and its subject. */
async function mailsAbout({ address }: JourneyContext, words: string): Promise<readonly string[]> {
  const { messages } = mailbox.parse(await (await fetch(`${address}/mailbox.json`)).json());
  return messages
    .filter((mail) => mail.subject.includes(words))
    .map((mail) => {
      assert.equal(mail.to.length, 1, 'a notice has one recipient');
      return `${mail.to.join()} ${mail.subject}`;
    });
}

/** In `ma`, on real data: filter, see what is unknown, read the sources, keep the list. */
async function springfieldReadsTheList({ browser }: JourneyContext): Promise<void> {
  const page = await browser.visitor();
  await signInAs(page, 'ma-springfield-lead', '/ma/home');
  await assertAccessible(page, 'home of a Massachusetts district');

  await page.goto('/ma/partners');
  assert.match(page.url(), /schools=64&students=23574/, 'costs are worked out for the district of whoever looks');
  await assert.doesNotReject(main(page).getByText('4 partners match').first().waitFor());
  await assertAccessible(page, 'matrix of ma');
  assert.equal(
    await page.locator('input[name=students]').inputValue(),
    '23574',
    'the published figure stands in the field',
  );
  await main(page)
    .getByText(/In use are the published figures of Springfield/)
    .waitFor();
  await main(page).getByText('4 partners match').first().waitFor();

  await page.goto('/ma/partners?area=high-quality-core-instruction&tier=3');
  await main(page).getByRole('link', { name: 'Achievement Network (ANet)' }).waitFor();
  await assert.doesNotReject(main(page).getByText('1 partner matches').first().waitFor());

  // The star says nothing of a population, so with one the partner is unknown, and counted as such.
  await page.goto('/ma/partners?tier=3&population=ninth-graders');
  const include = main(page)
    .getByRole('link', { name: /include/i })
    .first();
  await include.waitFor();
  await assertAccessible(page, 'matrix of ma with partners left out');
  await include.click();
  await main(page).getByRole('link', { name: /BARR/ }).waitFor();

  await page.goto('/ma/partners');
  const unpriced = Number(/Include them \((\d+)/.exec(await main(page).innerText())?.[1]);
  assert.ok(unpriced >= 1 && unpriced <= 4, `${unpriced} of four partners have no price that can be turned`);
  const csv = await download(page, 'CSV');
  assert.equal(csv.trim().split('\r\n').length, 5, 'a header and the four confirmed partners');
  assert.match(csv, /^partner,name,/);

  await main(page).getByRole('link', { name: 'Achievement Network (ANet)' }).click();
  await page.getByRole('heading', { level: 1, name: 'Achievement Network (ANet)' }).waitFor();
  const text = await main(page).innerText();
  assert.match(text, /No effect found/);
  assert.match(text, /Randomized trial/);
  assert.match(text, /not rated/);
  assert.match(text, /end not published/);
  assert.match(text, /nobody has claimed cannot be sent a request/);
  const sources = main(page).locator('details', { hasText: 'Where is this from?' });
  assert.ok((await sources.count()) > 5, 'each figure says where it is from');
  await assertAccessible(page, 'a real partner');
}

const partners = [
  { id: 'drummadell-improvement-lab', owner: 'demo-partner-1-owner' },
  { id: 'ondrutter-youth-guild', owner: 'demo-partner-2-owner' },
  { id: 'corvinombrey-instruction-collaborative', owner: 'demo-partner-3-owner' },
] as const;
const title = 'Principals who coach every week';

function daysAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Three partners of the list arrive on the new request, with the area that the list was filtered by. */
async function ticksThree(page: Page): Promise<void> {
  await page.goto('/demo/partners?area=student-wellbeing');
  const boxes = main(page).locator('.pick-box label');
  for (let place = 0; place < 3; place += 1) await boxes.nth(place).click();
  const ticked = await main(page)
    .locator('.pick-box input:checked')
    .evaluateAll((list) => list.map((one) => one.getAttribute('value') ?? ''));
  assert.equal(ticked.length, 3);
  await main(page).locator('.ask-form').getByRole('button').last().click();
  await page.waitForURL(/\/requests\/new\?area=student-wellbeing/);
  const asked = new URL(page.url()).searchParams.getAll('partner');
  assert.deepEqual(asked.toSorted(), ticked.toSorted());
}

const demand = z.object({
  months: z.array(
    z.object({ month: z.string(), sent: z.int(), interested: z.int(), declined: z.int(), engagements: z.int() }),
  ),
});

/**
 * What the state's figures add up to, over this year and the one before: they show 24 months, and with the first fact of
 * a new one the oldest leaves.
 */
async function demandOf(state: Page, from = String(new Date().getUTCFullYear() - 1)): Promise<readonly number[]> {
  const answer = await state.request.get('/api/programs/demo/demand');
  const { months } = demand.parse(await answer.json());
  const sum = (word: 'sent' | 'interested' | 'declined' | 'engagements') =>
    months.filter(({ month }) => month >= from).reduce((total, month) => total + month[word], 0);
  return [sum('sent'), sum('interested'), sum('declined'), sum('engagements')];
}

const tasks = z.object({ tasks: z.array(z.object({ what: z.looseObject({ request: z.string().optional() }) })) });

/** What somebody has to do about the request, by their own task list. */
async function workOn(page: Page, request: string): Promise<number> {
  const { tasks: open } = tasks.parse(await (await page.request.get('/api/tasks')).json());
  return open.filter(({ what }) => what.request === request).length;
}

async function districtFiltersAndSends({ browser }: JourneyContext): Promise<Page> {
  const page = await browser.visitor();
  await signInAs(page, 'demo-district-1-lead', '/demo/home');
  await assertAccessible(page, 'home of a district');

  await page.goto('/demo/partners');
  await main(page).getByText('57 partners match').first().waitFor();
  await page.goto('/demo/partners?area=student-wellbeing&tier=4&tier=unknown&max=200000&record=20');
  const rows = await main(page)
    .getByRole('link', { name: /Drummadell Improvement Lab/ })
    .count();
  assert.ok(rows > 0, 'the filtered list holds the partner that the district will ask');
  await assertAccessible(page, 'matrix filtered by area, tier, cost and record');
  await ticksThree(page);
  await page.goto('/demo/partners?area=student-wellbeing&tier=4&tier=unknown&max=200000&record=20');
  await main(page)
    .getByRole('link', { name: /Drummadell Improvement Lab/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'Drummadell Improvement Lab' }).waitFor();
  await assertAccessible(page, 'an invented partner');

  await page.goto(`/demo/requests/new?${partners.map(({ id }) => `partner=${id}`).join('&')}`);
  await assertAccessible(page, 'a new request');
  await page.getByRole('button', { name: 'Save and check before sending' }).click();
  await page.waitForURL(/\/send$/);
  await page.getByRole('button', { name: 'Send to these 3 partners' }).click();
  await page.locator('.usa-alert--error').first().waitFor();
  await assertAccessible(page, 'a request that is not complete');
  await page.getByRole('link', { name: 'Change the draft' }).click();
  await page.waitForURL(/\/edit$/);
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page
    .getByLabel(/What is needed/)
    .fill('Our eight principals observe lessons and rarely talk about them. By June each coaches weekly.');
  await choose(page, 'Student well-being and belonging');
  await page.getByLabel('How many students?').fill('900');
  await page.getByLabel('Wanted start').fill(daysAhead(400));
  await page.getByLabel('Reply by').fill(daysAhead(14));
  await page.getByLabel('Budget up to').fill('60,000');
  await page.getByRole('button', { name: 'Save and check before sending' }).click();
  await page.waitForURL(/\/send$/);
  await assertAccessible(page, 'the page before sending');
  await page.getByRole('button', { name: 'Send to these 3 partners' }).click();
  await page.waitForURL(/\/requests\/req_[a-z0-9]+(\?.*)?$/);
  await assertAccessible(page, 'a sent request');
  return page;
}

async function partnersAnswer(context: JourneyContext, request: string): Promise<void> {
  const [first, second] = partners;
  const interested = await context.browser.visitor();
  await signInAs(interested, first.owner, '/demo/home');
  await eventually('the task of the first partner', async () => {
    await interested.reload();
    return (await main(interested).innerText()).includes(title);
  });
  assert.equal(await workOn(interested, request), 1, 'the task list has what the mail asks for');
  await eventually('the mail of the first partner', async () =>
    (await mailsAbout(context, title)).some((mail) => mail.includes('Answer by')),
  );
  await assertAccessible(interested, 'home of a partner');
  await interested.goto(`/demo/invitations/${request}`);
  await assertAccessible(interested, 'an invitation');
  // A page with scripts says by itself that it was opened.
  await interested.getByRole('button', { name: /Mark as read/ }).waitFor({ state: 'hidden' });
  await interested.getByLabel('Indicative price from').fill('42,000');
  await interested.getByLabel('Up to', { exact: true }).fill('55,000');
  await interested.getByLabel('You can start on').fill(daysAhead(410));
  await interested.getByLabel('What you would do').fill('Two coaches, one day a week in each school.');
  await interested.getByRole('button', { name: 'Send the answer' }).click();
  await main(interested)
    .getByText(/\$42,000/)
    .first()
    .waitFor();
  const told = await interested.content();
  for (const { id } of partners.slice(1)) assert.ok(!told.includes(id), 'a partner never learns who else was asked');

  // Without JavaScript, as anybody may.
  const declining = await context.browser.visitor({ javaScript: false });
  await signInAs(declining, second.owner, `/demo/invitations/${request}`);
  await declining.getByRole('button', { name: 'Mark as read and answer' }).click();
  await declining.locator('summary', { hasText: 'Decline with a reason' }).click();
  await declining.getByRole('radiogroup', { name: 'Why do you decline?' }).locator('label').first().click();
  await declining.getByRole('button', { name: 'Decline', exact: true }).click();
  await declining.waitForURL(/done=declined/);
  await assertFits(declining, 'a declined invitation');
}

async function districtAwards(context: JourneyContext, request: string): Promise<void> {
  const page = await context.browser.visitor();
  await signInAs(page, 'demo-district-1-superintendent', `/demo/requests/${request}`);
  await main(page)
    .getByText(/\$42,000/)
    .first()
    .waitFor();
  await assertAccessible(page, 'a request with answers');
  await page.goto(`/demo/requests/${request}/outcome/awarded`);
  await assertAccessible(page, 'the outcome of a request');
  await choose(page, 'Drummadell Improvement Lab');
  await main(page).getByRole('button').last().click();
  await page.waitForURL(new RegExp(`/requests/${request}`));
  await main(page)
    .getByText(/Awarded/)
    .first()
    .waitFor();
  await assertAccessible(page, 'an awarded request');
}

/** One request, one interested, one declined, one engagement more than before; and the page shows them. */
async function stateSeesIt(page: Page, before: readonly number[]): Promise<void> {
  const wanted = before.map((count) => count + 1);
  await eventually(`the state's figures ${wanted.join(', ')}`, async () => {
    return (await demandOf(page)).join() === wanted.join();
  });
  await page.goto('/demo/home');
  await assertAccessible(page, 'home of the state');
  await page.goto('/demo/demand');
  await assertAccessible(page, 'what districts ask for');
  const [sent] = await demandOf(page, '');
  assert.match(await main(page).innerText(), new RegExp(`\\b${sent}\\b`));
}

/** When the work is awarded nobody has anything to do about the request any more, whatever a mail asked for. */
async function nobodyIsLeftWaiting({ browser }: JourneyContext, request: string): Promise<void> {
  for (const subject of [
    'demo-district-1-superintendent',
    'demo-district-1-lead',
    ...partners.map((one) => one.owner),
  ]) {
    const page = await browser.visitor();
    await signInAs(page, subject, '/demo/home');
    await eventually(`an empty task list of ${subject}`, async () => (await workOn(page, request)) === 0);
  }
}

/** The same filtering without JavaScript: the form is a plain GET form. */
async function withoutJavaScript({ browser }: JourneyContext): Promise<void> {
  const page = await browser.visitor({ javaScript: false, width: 360 });
  await page.goto('/demo/partners');
  await assertFits(page, 'matrix without JavaScript on a phone');
  const filters = page.locator('summary', { hasText: 'Filters' });
  if (await filters.isVisible()) await filters.click();
  await choose(page, /Student well-being/);
  await page
    .getByRole('button', { name: /Show results/ })
    .first()
    .click();
  await page.waitForURL(/area=student-wellbeing/);
  assert.match(await main(page).innerText(), /17 partners match/);
}

/** Every figure rebuilt from the journal equals the live one, while the server runs: what lags catches up. */
async function verified({ dataDir }: JourneyContext): Promise<void> {
  const file = resolve(import.meta.dirname, '../../infra/local/verify.ts');
  for (let tries = 1; ; tries += 1) {
    const { stdout } = spawnSync(process.execPath, [file], {
      env: { ...process.env, DATA_DIR: dataDir },
      encoding: 'utf8',
    });
    assert.match(stdout, /views of demand: [1-9]/);
    if (!stdout.includes('DIFFERS')) return;
    assert.ok(tries < 3, stdout);
    await sleep(2_000);
  }
}

export const journey: Journey = async (context) => {
  await springfieldReadsTheList(context);
  await withoutJavaScript(context);
  const state = await context.browser.visitor();
  await signInAs(state, 'demo-agency-program-lead', '/demo/home');
  const before = await demandOf(state);
  const page = await districtFiltersAndSends(context);
  const request = /req_[a-z0-9]+/.exec(page.url())?.[0];
  assert.ok(request !== undefined);
  await partnersAnswer(context, request);
  await districtAwards(context, request);
  await stateSeesIt(state, before);
  await nobodyIsLeftWaiting(context, request);

  const wanted = ['Answer by', 'is interested', 'declined', 'Chosen', 'Not chosen'];
  await eventually(`mails that say: ${wanted.join(', ')}`, async () => {
    const mails = await mailsAbout(context, title);
    return wanted.every((words) => mails.some((mail) => mail.includes(words)));
  });
  const mails = await mailsAbout(context, title);
  assert.equal(new Set(mails).size, mails.length, 'nobody is told the same thing twice');
  await verified(context);
};
