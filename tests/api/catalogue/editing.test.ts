import { beforeAll, describe, expect, test } from 'vitest';
import { catalogueContract } from '#shared/catalogue/contract.ts';
import type { ListingContent } from '#shared/catalogue/model.ts';
import type { Actor, Role } from '#shared/kernel/actors.ts';
import { readEvents } from '#platform/aggregates.ts';
import { birch, fillEstate, owner, programs } from '../../architecture/estate.ts';
import { memoryFiles, sessionOf, siteOn } from '../../architecture/site.ts';
import { listingKey } from '../../../functions/catalogue/store.ts';
import { aContent } from '../../rules/catalogue/builders.ts';
import { clientFor, refusalOf } from '../../support/client.ts';
import { testTable } from '../../support/table.ts';
import { demo, start } from '../engagements/world.ts';

const engine = testTable();
const params = { ...demo, partner: birch };
let handler: ReturnType<typeof siteOn>['catalogue'];
beforeAll(async () => {
  await fillEstate(engine.table);
  handler = siteOn(engine.table, memoryFiles(), programs).catalogue;
});

const as = (actor: Actor) => clientFor(catalogueContract, handler, { at: start, cookies: sessionOf(actor) });
const holding = (role: Role) => as(owner(role));
const content = (given: Partial<ListingContent>) =>
  aContent({ name: 'birch partners', offerings: [], findings: [], sites: [], ...given });

describe('two editors of one listing', () => {
  test('the second to save is refused, and then shown both versions', async () => {
    const [first, second] = [holding('partner:owner'), holding('partner:editor')];
    const { draftVersion: version } = await first.listing.edit({ params });
    await first.listing.save({ params, body: { content: content({ summary: 'The first.' }), version } });
    const body = { content: content({ summary: 'The second.' }), version };
    expect(await refusalOf(second.listing.save({ params, body }))).toMatchObject({
      code: 'changed-meanwhile',
      status: 409,
    });
    const now = await second.listing.edit({ params });
    expect(now.draft?.content.summary).toBe('The first.');
    expect(now.listing.content.summary).not.toBe('The first.');
    const merged = await second.listing.save({ params, body: { ...body, version: now.draftVersion } });
    expect(merged.draft?.content.summary).toBe('The second.');
  });

  test('who publishes what the other just changed is refused, and nothing is half published', async () => {
    const [first, second] = [holding('partner:owner'), holding('partner:editor')];
    const seen = await first.listing.edit({ params });
    await second.listing.save({
      params,
      body: { content: content({ summary: 'Newer.' }), version: seen.draftVersion },
    });
    const publishing = first.listing.publish({ params, body: { version: seen.draftVersion } });
    expect(await refusalOf(publishing)).toMatchObject({ code: 'changed-meanwhile' });
    const after = await first.listing.edit({ params });
    expect(after).toMatchObject({ listingVersion: seen.listingVersion, draft: { content: { summary: 'Newer.' } } });
  });

  test('of two that publish at once one wins, and the listing has one fact more', async () => {
    const { draftVersion: version, listingVersion } = await holding('partner:owner').listing.edit({ params });
    const answers = await Promise.allSettled(
      [holding('partner:owner'), holding('partner:editor')].map((one) =>
        one.listing.publish({ params, body: { version } }),
      ),
    );
    expect(answers.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const facts = await readEvents(engine.table, listingKey(demo.program, birch));
    expect(facts).toHaveLength(listingVersion + 1);
    expect((await holding('partner:viewer').listing.edit({ params })).listing.content.summary).toBe('Newer.');
  });
});

describe('what a partner publishes', () => {
  test('can be dropped before, and then the listing says what it said', async () => {
    const editor = holding('partner:editor');
    const before = await editor.listing.edit({ params });
    const body = { content: content({ summary: 'Never seen.' }), version: before.draftVersion };
    const saved = await editor.listing.save({ params, body });
    expect(await editor.listing.save({ params, body })).toEqual(saved);
    await editor.listing.discard({ params, body: { version: saved.draftVersion } });
    const after = await editor.listing.edit({ params });
    expect(after.listing).toEqual(before.listing);
    expect(after.draft?.content).toEqual(before.listing.content);
  });

  test('is refused with a sentence for each word that the program does not have', async () => {
    const editor = holding('partner:editor');
    const { draftVersion: version } = await editor.listing.edit({ params });
    const saved = await editor.listing.save({
      params,
      body: { content: aContent({ name: 'birch partners' }), version },
    });
    const answer = await refusalOf(editor.listing.publish({ params, body: { version: saved.draftVersion } }));
    expect(answer).toMatchObject({ code: 'invalid', status: 400 });
  });

  test.each([
    ['a day that nobody means', { capacity: { earliestStart: '1969-12-31', asOf: '2026-09-01' } }],
    ['a language that no page can name', { offerings: [{ ...aContent().offerings[0], languages: ['en-12'] }] }],
    ['a text without end', { description: 'W'.repeat(4001) }],
  ])('never holds %s', async (_, given) => {
    const editor = holding('partner:editor');
    const { draftVersion: version } = await editor.listing.edit({ params });
    // text, as an address takes it: the typed client would not let it through
    const body = { content: JSON.parse(JSON.stringify({ ...content({}), ...given })), version };
    expect(await refusalOf(editor.listing.save({ params, body }))).toMatchObject({ code: 'invalid', status: 400 });
    expect((await editor.listing.edit({ params })).draftVersion).toBe(version);
  });
});

describe('an approval', () => {
  test('is decided on in the version that was seen', async () => {
    const lead = holding('agency:program-lead');
    const of = { ...params, area: 'data-use' };
    const suspended = await lead.approve({
      params: of,
      body: { version: 1, decision: { act: 'suspend', reason: 'other', words: 'Staff left.' } },
    });
    expect(suspended).toMatchObject({ status: 'suspended', version: 2 });
    const again = { act: 'suspend' as const, reason: 'other', words: 'Staff left.' };
    // the same call again, whose answer was lost on the way
    expect(await lead.approve({ params: of, body: { version: 1, decision: again } })).toEqual(suspended);
    const late = lead.approve({ params: of, body: { version: 1, decision: { act: 'lift-suspension' } } });
    expect(await refusalOf(late)).toMatchObject({ code: 'changed-meanwhile', status: 409 });
    const twice = lead.approve({ params: of, body: { version: 2, decision: { act: 'suspend', reason: 'other' } } });
    expect(await refusalOf(twice)).toMatchObject({ code: 'wrong-state', status: 409 });
    const lifted = await lead.approve({ params: of, body: { version: 2, decision: { act: 'lift-suspension' } } });
    expect(lifted.status).toBe('active');
  });

  test('is not granted to an end that no calendar of ours has', async () => {
    const decision = { act: 'renew', ends: '9999-12-31' };
    const answer = holding('agency:determiner').approve({
      params: { ...params, area: 'data-use' },
      body: { version: 3, decision: JSON.parse(JSON.stringify(decision)) },
    });
    expect(await refusalOf(answer)).toMatchObject({ code: 'invalid', status: 400 });
  });
});

test('the changes of a partner that is not listed are not there', async () => {
  const nowhere = as({ kind: 'public' }).partners.changes({
    params: { program: 'demo', partner: 'nobody' },
    query: {},
  });
  expect(await refusalOf(nowhere)).toMatchObject({ status: 404 });
  const page = await as({ kind: 'public' }).partners.changes({ params, query: { after: '' } });
  expect(page.next).toBeUndefined();
});
