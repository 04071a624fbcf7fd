import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { recordedEvent, type Decision, type FieldChange, type RecordedEvent } from '#shared/kernel/events.ts';
import type { Result } from '#shared/kernel/result.ts';
import { endApproval, grantApproval, setCondition, suspend } from '#shared/catalogue/approval-rules.ts';
import { changeBrief, changeBriefOf, changeLine, changeLineOf, latestBriefOf } from '#shared/catalogue/change-line.ts';
import { changeLogEntry, changeLogEntryOf, fieldNames } from '#shared/catalogue/change-log.ts';
import { catalogueEvents } from '#shared/catalogue/events.ts';
import { approval, listingContent } from '#shared/catalogue/model.ts';
import { createListing, publishDraft, saveDraft } from '#shared/catalogue/rules.ts';
import { aContent, aDraft, aListing, anApproval, aPerson, aProgram, now, on, partner, term } from './builders.ts';

const program = aProgram();
const lead = aPerson('agency:program-lead');
const owner = aPerson('partner:owner');
const listing = { state: aListing(), version: 3 };

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.refusal.code}`);
  return result.value;
}

/** The decision as it would stand in the journal, with the changes given. */
function recorded({ fact }: Decision<unknown>, changes: readonly FieldChange[]): RecordedEvent {
  return recordedEvent.parse({
    aggregate: 'LISTING#demo#northwind-learning|listing',
    sequence: 4,
    program: 'demo',
    type: fact.type,
    at: now,
    by: { kind: 'person', person: lead.person },
    ...(fact.reason === undefined ? {} : { reason: fact.reason }),
    data: JSON.parse(JSON.stringify(fact.data)),
    changes,
    previous: '',
    hash: '',
  });
}

const entryOf = (decision: Decision<unknown>, changes: readonly FieldChange[]) =>
  changeLogEntryOf(recorded(decision, changes), program);

function published(content = aContent()): Decision<unknown> {
  const draft = aDraft({ content: { ...content, focus: 'Something new' } });
  return valueOf(publishDraft(draft, owner, now, listing, program)).listing;
}

describe('a published listing', () => {
  test('tells each field before and after, as a person reads it', () => {
    const entry = entryOf(published(), [
      { path: 'content.summary', before: 'Coaching.', after: 'Coaching for teams.' },
      { path: 'content.offerings.coaching.areas', before: ['use-of-data'], after: ['use-of-data', 'climate'] },
      {
        path: 'content.offerings.coaching.prices',
        before: [{ unit: 'day', typical: 342_500 }],
        after: [
          { unit: 'day', low: 330_000, high: 350_050, year: 2025, source: { title: 'Price list' } },
          { unit: 'school-year', typical: 990_000 },
        ],
      },
      { path: 'content.capacity.earliestStart', after: '2027-08-01' },
      { path: 'content.contact', after: { email: 'office@northwind.invalid', label: 'Office' } },
      { path: 'content.offerings.coaching.languages', before: ['en'], after: ['en', 'es'] },
      { path: 'content.findings.trial.significant', after: false },
      { path: 'content.findings.trial.effect', before: 'not-stated', after: 'none' },
      { path: 'content.findings.trial.effectSize', before: 0.12 },
      { path: 'publishedAt', before: on('2026-07-01'), after: now },
    ]);
    expect(changeLogEntry.parse(entry)).toEqual(entry);
    expect(entry).toEqual({
      at: now,
      partner,
      about: 'listing',
      title: 'Listing changed',
      changes: [
        { field: 'Summary', before: 'Coaching.', after: 'Coaching for teams.' },
        {
          field: 'Offering “Team coaching”: priority areas',
          before: 'Effective use of data',
          after: 'Effective use of data, School climate',
        },
        {
          field: 'Offering “Team coaching”: prices',
          before: 'unit: per day, typical: $3,425',
          after:
            'unit: per day, low: $3,300, high: $3,500.50, year: 2024–25, source: (title: Price list); ' +
            'unit: per school per year, typical: $9,900',
        },
        { field: 'Capacity: earliest start', after: 'Aug 1, 2027' },
        { field: 'Contact', after: 'label: Office, email: office@northwind.invalid' },
        { field: 'Offering “Team coaching”: languages', before: 'English', after: 'English, Spanish' },
        { field: 'Finding “Trial of 2024”: statistically significant', after: 'no' },
        { field: 'Finding “Trial of 2024”: effect', before: 'not stated', after: 'none' },
        { field: 'Finding “Trial of 2024”: effect size', before: '0.12' },
      ],
    });
  });

  test('tells an offering that came or went by its name', () => {
    const offering = { id: 'gone', name: 'Summer course', service: 'coaching', areas: [], prices: [] };
    const entry = entryOf(published(), [
      { path: 'content.offerings.gone', before: offering },
      { path: 'content.offerings.coaching', after: { id: 'coaching', name: 'Team coaching', service: 'coaching' } },
      { path: 'content.findings.lost', before: { id: 'lost', study: 'Survey of 2019' } },
    ]);
    expect(entry?.changes).toEqual([
      { field: 'Offering “Summer course”', before: 'name: Summer course, service type: Coaching' },
      { field: 'Offering “Team coaching”', after: 'name: Team coaching, service type: Coaching' },
      { field: 'Finding “Survey of 2019”', before: 'study: Survey of 2019' },
    ]);
  });

  test('leaves out a change from nothing to nothing', () => {
    expect(entryOf(published(), [{ path: 'content.claims', before: [] }])?.changes).toEqual([]);
  });
});

test('a new listing is told without its fields', () => {
  const created = valueOf(createListing(undefined, lead, now, { partner, content: aContent() }, program));
  const entry = entryOf(created, [{ path: 'content', after: { name: 'Northwind Learning' } }]);
  expect(entry).toEqual({ at: now, partner, about: 'listing', title: 'Added to the list', changes: [] });
});

describe('an approval', () => {
  const area = term('use-of-data');
  test('that is granted tells its dates in the zone of the program', () => {
    const input = { partner, area, granted: on('2027-07-01T05:00:00.000Z'), ends: on('2028-07-01T04:59:59.999Z') };
    const entry = entryOf(valueOf(grantApproval(undefined, lead, now, input, program)), [
      { path: 'area', after: area },
      { path: 'conditions', after: [] },
      { path: 'ends', after: input.ends },
      { path: 'granted', after: input.granted },
      { path: 'partner', after: partner },
      { path: 'program', after: 'demo' },
    ]);
    expect(entry).toEqual({
      at: now,
      partner,
      area,
      about: 'approval',
      title: 'Approval granted',
      changes: [
        { field: 'Ends', after: 'Jun 30, 2028, 11:59 p.m. CT' },
        { field: 'Granted', after: 'Jul 1, 2027, 12:00 a.m. CT' },
      ],
    });
  });

  test('that ends tells the name of the reason and the words', () => {
    const input = { reason: term('no-results'), words: 'Two years without results.' };
    const entry = entryOf(valueOf(endApproval(anApproval(), lead, now, input, program)), [
      { path: 'removed', after: { at: now, reason: 'no-results', words: 'Two years without results.' } },
    ]);
    expect(entry).toMatchObject({
      title: 'Approval ended',
      area,
      reason: 'No results after two years',
      words: 'Two years without results.',
      changes: [
        {
          field: 'Ended',
          after: 'on: Mar 1, 2027, 6:00 a.m. CT, reason: No results after two years, words: Two years without results.',
        },
      ],
    });
  });

  test('tells conditions and suspensions', () => {
    const set = entryOf(valueOf(setCondition(anApproval(), lead, now, { text: 'Send the report.' })), [
      { path: 'conditions', before: [], after: [{ text: 'Send the report.', from: now }] },
    ]);
    expect(set?.changes).toEqual([
      { field: 'Conditions', after: 'text: Send the report., from: Mar 1, 2027, 6:00 a.m. CT' },
    ]);
    const suspended = entryOf(valueOf(suspend(anApproval(), lead, now, { reason: term('other') }, program)), []);
    expect(suspended).toMatchObject({ title: 'Approval suspended', reason: 'Other' });
  });
});

test('a draft, a claim and the facts of others never become public', () => {
  const secret = aContent({ summary: 'Not to be seen yet.' });
  const saved = valueOf(saveDraft(undefined, owner, now, { content: secret }, listing));
  expect(entryOf(saved, [{ path: 'content.summary', after: 'Not to be seen yet.' }])).toBeUndefined();
  const event = recorded(saved, []);
  for (const type of [
    'catalogue.draft-discarded',
    'catalogue.draft-published',
    'catalogue.listing-claimed',
    'impact.result-confirmed',
  ]) {
    expect(changeLogEntryOf({ ...event, type }, program)).toBeUndefined();
  }
});

test('every fact of the catalogue is either public or known to be not', () => {
  const own = [
    'catalogue.listing-claimed',
    'catalogue.draft-saved',
    'catalogue.draft-discarded',
    'catalogue.draft-published',
  ];
  const event = recorded(published(), []);
  const silent = catalogueEvents
    .map((type) => type.name)
    .filter((type) => changeLogEntryOf({ ...event, type }, program) === undefined);
  expect(silent.toSorted()).toEqual(own.toSorted());
});

describe('a line of the program’s log', () => {
  const briefOf = (decision: Decision<unknown>, changes: readonly FieldChange[]) => {
    const brief = changeBriefOf(recorded(decision, changes));
    if (brief === undefined) throw new Error('The fact is public.');
    return brief;
  };

  test('names the fields of a listing once each, and says nothing of what stood there', () => {
    const brief = briefOf(published(), [
      { path: 'content.offerings.coaching.prices', before: [{ unit: 'day', typical: 342_500 }] },
      { path: 'content.offerings.coaching.areas', after: ['climate'] },
      { path: 'content.capacity.earliestStart', after: '2027-08-01' },
      { path: 'publishedAt', after: now },
    ]);
    expect(JSON.stringify(brief)).not.toContain('342500');
    const line = changeLineOf(changeBrief.parse(brief), 'Northwind Learning', program);
    expect(changeLine.parse(line)).toEqual({
      at: now,
      partner,
      name: 'Northwind Learning',
      about: 'listing',
      title: 'Listing changed',
      fields: ['offerings', 'capacity'],
    });
  });

  test('tells the reason and the words of a decision', () => {
    const reason = term('other');
    const decided = valueOf(suspend(anApproval(), lead, now, { reason, words: 'Staff left.' }, program));
    const line = changeLineOf(briefOf(decided, [{ path: 'suspensions', after: [] }]), 'Northwind Learning', program);
    expect(line).toMatchObject({ title: 'Approval suspended', words: 'Staff left.', fields: ['suspensions'] });
    expect(line?.reason).toBe(program.reasons.approval.find((one) => one.id === reason)?.name);
  });

  test('cuts on a partner’s own page what the state said at length', () => {
    const reason = term('other');
    const saying = (words: string) =>
      latestBriefOf(briefOf(valueOf(suspend(anApproval(), lead, now, { reason, words }, program)), []));
    expect(saying('Staff left.').words).toBe('Staff left.');
    const cut = saying('Staff left. '.repeat(160)).words ?? '';
    expect(cut.length).toBeLessThanOrEqual(600);
    expect(cut).toMatch(/Staff left\.…$/);
  });

  test('is there for every public fact and no other', () => {
    const event = recorded(published(), []);
    for (const { name: type } of catalogueEvents) {
      const isPublic = changeLogEntryOf({ ...event, type }, program) !== undefined;
      expect([type, changeBriefOf({ ...event, type }) !== undefined]).toEqual([type, isPublic]);
    }
  });
});

/** Every field name that occurs anywhere in a schema. */
function fieldsIn(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([name, field]) => [name, ...fieldsIn(field)]);
  }
  if (schema instanceof z.ZodArray) return fieldsIn(schema.element);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return fieldsIn(schema.unwrap());
  return [];
}

test('every field of a listing and of an approval has a name', () => {
  const unsaid = ['id', 'program', 'partner'];
  const fields = [...fieldsIn(listingContent), ...fieldsIn(approval)].filter((name) => !unsaid.includes(name));
  expect(fields.length).toBeGreaterThan(60);
  expect(fields.filter((name) => fieldNames[name] === undefined)).toEqual([]);
});
