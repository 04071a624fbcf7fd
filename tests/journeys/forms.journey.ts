import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { assertAccessible, choose, signInAs, type Journey, type JourneyContext } from './browser.ts';

const lead = 'demo-district-1-lead';
const superintendent = 'demo-district-1-superintendent';
const owner = 'demo-partner-1-owner';

function main(page: Page): Locator {
  return page.locator('main');
}

/** The page has woken up: before that a press sends the form the old way. */
async function open(page: Page, at: string): Promise<void> {
  await page.goto(at, { waitUntil: 'networkidle' });
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** The form was refused, and the page has read what is stored now. */
async function summary(page: Page, words: RegExp): Promise<void> {
  await page.locator('.error-summary', { hasText: words }).waitFor();
  await page.locator('form[aria-busy]').waitFor({ state: 'detached' });
}

/** After a conflict the page shows the present state, so that a second press is heard; the words stay. */
async function conflictKeepsTheWords(page: Page, draft: string): Promise<void> {
  const other = await page.context().newPage();
  await open(page, `/demo/requests/${draft}/withdraw`);
  await open(other, `/demo/requests/${draft}/edit`);
  await other.getByRole('textbox', { name: 'Title' }).fill('A title that changed meanwhile');
  await other.getByRole('button', { name: 'Save the draft' }).click();
  await other.waitForURL(/done=saved/);
  await other.close();

  await main(page).locator('.usa-radio__label').first().click();
  await page.getByLabel('In your own words').fill('We found the means ourselves.');
  await press(page, 'Withdraw the request');
  await summary(page, /Somebody else changed this/);
  await main(page).getByText('A title that changed meanwhile').first().waitFor();
  assert.equal(await page.getByLabel('In your own words').inputValue(), 'We found the means ourselves.');
  assert.ok(await main(page).getByRole('radio').first().isChecked(), 'the reason is still chosen');
  await assertAccessible(page, 'a form after a conflict');
}

/** A form that never arrives says so, with the focus on it, and keeps its words. */
async function lostFormKeepsTheWords(page: Page): Promise<void> {
  await page.route('**/*', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await press(page, 'Withdraw the request');
  const fault = page.getByRole('alert').filter({ hasText: 'We could not reach the server.' });
  await fault.waitFor();
  assert.ok(await fault.evaluate((one) => one === document.activeElement), 'the fault has the focus');
  assert.equal(await page.getByLabel('In your own words').inputValue(), 'We found the means ourselves.');
  await assertAccessible(page, 'a form that did not arrive');
  await page.unroute('**/*');
  await press(page, 'Withdraw the request');
  await page.waitForURL(/done=withdrawn/);
}

/** A comment leaves its box when it is taken: another press does not post it again. */
async function commentIsPostedOnce(page: Page, draft: string): Promise<void> {
  await open(page, `/demo/requests/${draft}`);
  const box = page.getByLabel('Your comment');
  await box.fill('Who has seen their work?\n\nI have not.');
  await press(page, 'Add the comment');
  await main(page).getByText('Your comment was added.').waitFor();
  assert.equal(await box.inputValue(), '');
  await press(page, 'Add the comment');
  await summary(page, /Write your comment/);
  const comments = main(page).locator('li', { hasText: 'Who has seen their work?' });
  assert.equal(await comments.count(), 1);
  assert.match(await comments.first().innerText(), /work\?\n\nI have/, 'its paragraphs are kept');
}

async function districtSide({ browser }: JourneyContext): Promise<void> {
  const page = await browser.visitor();
  await signInAs(page, lead, '/demo/requests');
  await open(page, '/demo/requests/new');
  await page.getByRole('textbox', { name: 'Title' }).fill('A draft of the forms');
  await page.getByLabel('Find a partner to add').fill('Drummadell');
  await press(page, 'Find partners');
  await main(page).getByText('One partner matches').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'partners', 'the reader goes on at the partners');
  await choose(page, 'Drummadell Improvement Lab');
  await press(page, 'Save the draft');
  await page.waitForURL(/\/requests\/req_[a-z0-9]+\?done=saved/);
  await main(page).getByText('Drummadell Improvement Lab').waitFor();
  const draft = /req_[a-z0-9]+/.exec(page.url())?.[0] ?? '';
  await commentIsPostedOnce(page, draft);
  await conflictKeepsTheWords(page, draft);
  await lostFormKeepsTheWords(page);
  const answer = await page.goto(`/demo/requests/${draft}/edit`);
  assert.equal(answer?.status(), 409);
  await page.getByRole('link', { name: 'Go to the request' }).waitFor();
  await assertAccessible(page, 'an act that is over');
}

/** The editor saves a part when a field is left, and a new part once. */
async function listingSavesItself(page: Page): Promise<void> {
  await open(page, '/demo/listing/about');
  await page.getByLabel('Focus').fill('Saved without a press');
  await page.getByLabel('Focus').blur();
  await main(page).getByText('Draft saved at').waitFor();
  await open(page, '/demo/listing/about');
  assert.equal(await page.getByLabel('Focus').inputValue(), 'Saved without a press');

  const claims = main(page).getByRole('link', { name: 'A claim of the journey' });
  await open(page, '/demo/listing/claims/new');
  await page.getByLabel('Claim', { exact: true }).fill('A claim of the journey');
  await page.getByLabel('Title of the source').focus();
  await page.waitForURL(/\/claims\/\d+$/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'field-source-title', 'the focus stays');
  await page.getByLabel('Title of the source').fill('Our own report');
  // Pressed while the field that it leaves is being saved.
  await press(page, 'Save the draft');
  await page.waitForURL(/\/listing\?done=saved/);
  assert.equal(await claims.count(), 1, 'a new entry is stored once');
  await claims.click();
  assert.equal(await page.getByLabel('Title of the source').inputValue(), 'Our own report');
}

/** A removal that was refused leaves the fields as they are stored. */
async function refusedRemovalKeepsTheFields(page: Page): Promise<void> {
  await open(page, '/demo/listing/contact');
  const office = page.getByLabel('Office');
  await office.fill('Office of the journey');
  await office.blur();
  await main(page).getByText('Draft saved at').waitFor();
  await open(page, '/demo/listing/contact');
  const other = await page.context().newPage();
  await open(other, '/demo/listing/about');
  await other.getByLabel('Focus').fill('Changed by somebody else');
  await other.getByLabel('Focus').blur();
  await other.locator('main').getByText('Draft saved at').waitFor();
  await other.close();
  await press(page, 'Remove from the draft');
  await summary(page, /Somebody else changed this/);
  assert.equal(await office.inputValue(), 'Office of the journey');
  await press(page, 'Save the draft');
  await page.waitForURL(/\/listing\?done=saved/);
  await main(page).getByText('Office of the journey').first().waitFor();
}

async function draftIsDroppedKnowingly(page: Page): Promise<void> {
  await main(page).locator('summary', { hasText: 'Drop the draft' }).click();
  await press(page, 'Drop the draft');
  await page.getByRole('link', { name: 'Tick the box to say that you mean it.' }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'field-sure');
  await assertAccessible(page, 'a draft that was not dropped');
  await choose(page, 'I mean it.');
  await press(page, 'Drop the draft');
  await page.waitForURL(/done=discard/);
}

async function partnerSide({ browser }: JourneyContext): Promise<void> {
  const page = await browser.visitor();
  await signInAs(page, owner, '/demo/listing');
  await listingSavesItself(page);
  await refusedRemovalKeepsTheFields(page);
  await draftIsDroppedKnowingly(page);
}

/** The error summary leads to the boxes of the person whose form was refused. */
async function summaryLeadsToThePerson({ browser }: JourneyContext): Promise<void> {
  const page = await browser.visitor();
  await signInAs(page, superintendent, '/account');
  const href = await main(page).locator('a[href*="/account/organizations/"]').first().getAttribute('href');
  await open(page, href ?? '');
  const member = main(page).locator('.offering').filter({ hasNotText: '(you)' }).first();
  await member.locator('summary', { hasText: 'Change the roles' }).click();
  await member.locator('input[name^="roles-"]:checked + label').click();
  await member.getByRole('button', { name: 'Save the roles' }).click();
  const link = page.getByRole('link', { name: 'Choose at least one role.' });
  await link.click();
  const reached = await page.evaluate(() => document.activeElement?.getAttribute('name'));
  assert.equal(reached, await member.locator('input[name^="roles-"]').first().getAttribute('name'));
  await assertAccessible(page, 'refused roles');
  await member.locator('summary', { hasText: 'Remove' }).click();
  await member.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('link', { name: 'Tick the box to say that you mean it.' }).click();
  assert.match((await page.evaluate(() => document.activeElement?.getAttribute('name'))) ?? '', /^sure-/);
}

/** Opens a page whose scripts wait until `meanwhile` is done, as on a slow line. */
async function openSlowly(page: Page, at: string, meanwhile: () => Promise<void>): Promise<void> {
  const scripts = Promise.withResolvers<void>();
  const held = /\/_app\/.*\.js/;
  await page.route(held, async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.goto(at, { waitUntil: 'commit' });
  await meanwhile();
  scripts.resolve();
  await page.waitForLoadState('networkidle');
  await page.unroute(held);
}

/** Whoever is faster than the page's scripts loses nothing, and the page knows of it. */
async function typedBeforeTheScripts({ browser }: JourneyContext): Promise<void> {
  const page = await browser.visitor();
  await signInAs(page, lead, '/demo/requests');

  await openSlowly(page, '/demo/partners?area=student-wellbeing', async () => {
    await main(page).locator('.pick-box label').nth(0).click();
    await main(page).locator('.pick-box label').nth(2).click();
  });
  const ticked = main(page).locator('.pick-box input:checked');
  assert.equal(await ticked.count(), 2, 'ticks stay');
  await main(page).getByRole('status').filter({ hasText: 'Ticked: ' }).waitFor();

  const tier = main(page).locator('input[name="tier"][value="3"] + label');
  await openSlowly(page, '/demo/partners', async () => {
    await main(page)
      .locator('summary', { has: page.getByText('Evidence') })
      .first()
      .click();
    await tier.click();
  });
  await page.waitForURL(/tier=3/);

  await openSlowly(page, '/demo/requests/new', async () => {
    await page.getByRole('textbox', { name: 'Title' }).fill('Typed on a slow line');
    await page.getByLabel('What is needed').fill('Every word of it.');
  });
  assert.equal(await page.getByRole('textbox', { name: 'Title' }).inputValue(), 'Typed on a slow line');
  assert.equal(await page.getByLabel('What is needed').inputValue(), 'Every word of it.');
}

/** What is typed is never lost: refused, lost on the way, changed by somebody else, too early, or not sent at all. */
export const journey: Journey = async (context) => {
  await typedBeforeTheScripts(context);
  await districtSide(context);
  await partnerSide(context);
  await summaryLeadsToThePerson(context);
};
