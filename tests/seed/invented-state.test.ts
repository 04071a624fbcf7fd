import { describe, expect, test } from 'vitest';
import { statusAt } from '#shared/catalogue/status.ts';
import { approval, type Approval } from '#shared/catalogue/model.ts';
import { resultConfirmed } from '#shared/impact/events.ts';
import type { RecordedEvent } from '#shared/kernel/events.ts';
import { instant, type Instant } from '#shared/kernel/instants.ts';
import { importedListings } from '#shared/catalogue/imported-listing.ts';
import { chainFault } from '#platform/aggregates.ts';
import { readProgramFile } from '#platform/programs.ts';
import { inventState } from '../../functions/seed/demo/state.ts';
import { partnerName } from '../../functions/seed/demo/names.ts';
import { now, theProgram } from './seeding.ts';

const demo = theProgram('demo');

function eventsOf(at: Instant, partners?: number): readonly RecordedEvent[] {
  return [...inventState(demo, at, partners).blocks].flatMap((block) => [...block.history.events]);
}

const events = eventsOf(now);

function byAggregate(given: readonly RecordedEvent[]): ReadonlyMap<string, readonly RecordedEvent[]> {
  return Map.groupBy(given, (event) => event.aggregate);
}

/** The state that an approval's events add up to, by their changed fields at the top. */
function approvalsOf(given: readonly RecordedEvent[]): readonly Approval[] {
  return [...byAggregate(given.filter((event) => event.type.startsWith('catalogue.approval-'))).values()].map(
    (history) => {
      const state: Record<string, unknown> = {};
      for (const { path, after } of history.flatMap((event) => event.changes)) {
        const [head = '', ...rest] = path.split('.');
        state[head] = rest.length === 0 ? after : { ...Object(state[head]), [rest.join('.')]: after };
      }
      return approval.parse(state);
    },
  );
}

describe('an invented state', () => {
  test('is the same for the same program and instant, and another for another instant', () => {
    const hashes = events.map((event) => event.hash);
    expect(eventsOf(now).map((event) => event.hash)).toEqual(hashes);
    expect(eventsOf(instant.parse('2027-01-05T16:00:00.000Z')).map((event) => event.hash)).not.toEqual(hashes);
  });

  test('grows without changing its first sixty partners', () => {
    const grown = eventsOf(now, 70).filter((event) => event.type === 'catalogue.listing-created');
    const first = events.filter((event) => event.type === 'catalogue.listing-created');
    expect(grown).toHaveLength(70);
    expect(grown.slice(0, 60).map((event) => event.hash)).toEqual(first.map((event) => event.hash));
  });

  test('has chains that verify, in the order of time, with nothing from the future', () => {
    for (const history of byAggregate(events).values()) {
      expect(chainFault(history)).toBeUndefined();
      const instants = history.map((event) => event.at);
      expect(instants).toEqual(instants.toSorted());
      expect(instants.every((at) => at <= now)).toBe(true);
    }
  });

  test.each([
    '2027-01-01T06:00:00.000Z',
    '2027-05-31T12:00:00.000Z',
    '2027-06-30T12:00:00.000Z',
    '2027-07-01T04:30:00.000Z',
    '2028-02-29T23:59:59.999Z',
  ])('can be told at %s', (at) => {
    const told = eventsOf(instant.parse(at));
    expect(told.every((event) => event.at <= at)).toBe(true);
    const statuses = new Set(approvalsOf(told).map((one) => statusAt(one, instant.parse(at))));
    expect([...statuses].toSorted()).toEqual([
      'active',
      'conditional',
      'lapsed',
      'probation',
      'removed',
      'suspended',
      'upcoming',
    ]);
  });

  test('has approvals of every status, most of them active', () => {
    const statuses = Map.groupBy(approvalsOf(events), (one) => statusAt(one, now));
    expect([...statuses.keys()].toSorted()).toEqual([
      'active',
      'conditional',
      'lapsed',
      'probation',
      'removed',
      'suspended',
      'upcoming',
    ]);
    expect(statuses.get('active')?.length).toBeGreaterThan(60);
  });

  test('has requests with every outcome and every kind of answer', () => {
    const kinds = new Set(
      events.flatMap(({ type, data }) => {
        if (type !== 'engagements.request-outcome-recorded' && type !== 'engagements.invitation-answered')
          return [type];
        return typeof data === 'object' && data !== null && 'kind' in data ? [String(data['kind'])] : [];
      }),
    );
    for (const kind of [
      'awarded',
      'none-suitable',
      'cancelled',
      'interested',
      'declined',
      'engagements.request-withdrawn',
      'engagements.request-amended',
    ]) {
      expect(kinds).toContain(kind);
    }
    const reasons = new Set(
      events.filter((event) => event.type === 'engagements.invitation-answered').flatMap((event) => event.reason ?? []),
    );
    expect(reasons.size).toBeGreaterThan(4);
  });

  test('has some forty partners with a record that can be shown, from lucky to poor', () => {
    const sums = new Map<string, { agreed: number; met: number }>();
    for (const event of events.filter((one) => one.type === resultConfirmed.name)) {
      const { partner, met } = resultConfirmed.data.parse(event.data);
      const { agreed, met: before } = sums.get(partner) ?? { agreed: 0, met: 0 };
      sums.set(partner, { agreed: agreed + 1, met: before + (met ? 1 : 0) });
    }
    const all = [...sums.values()];
    expect(all.filter((one) => one.agreed >= 3).length).toBeGreaterThanOrEqual(38);
    expect(all).toContainEqual({ agreed: 22, met: 18 });
    expect(all).toContainEqual({ agreed: 2, met: 2 });
    expect(all.some((one) => one.agreed >= 3 && one.met / one.agreed < 0.4)).toBe(true);
  });

  test('names no organization of a real program', () => {
    const listings = importedListings.parse(JSON.parse(readProgramFile('ma', 'listings.json') ?? '[]'));
    expect(listings.length).toBeGreaterThan(20);
    const { districts, schools, people } = inventState(demo, now);
    const text = JSON.stringify([districts, schools, people, events]).toLowerCase();
    for (const { partner, content } of listings) {
      const names = [content.name, content.name.replace(/ \(.*\)$/, '')].filter((name) => name.length > 6);
      for (const name of names) expect(text).not.toContain(name.toLowerCase());
      expect(text).not.toContain(`"${partner}"`);
    }
    const roster = readProgramFile('ma', 'districts.csv') ?? '';
    const towns = new Set(roster.split('\n').map((line) => (line.split(',')[1] ?? '').toLowerCase()));
    expect(districts.filter((one) => towns.has((one.town ?? '').toLowerCase()))).toEqual([]);
  });

  test('has a hundred thousand names, all different', () => {
    const names = new Set(Array.from({ length: 100_000 }, (_, index) => partnerName('demo', index)));
    expect(names.size).toBe(100_000);
  });

  test('has mail addresses that reach nobody', () => {
    const addresses = JSON.stringify([inventState(demo, now).people, events]).match(/[\w.+-]+@[\w.-]+/g) ?? [];
    expect(addresses.length).toBeGreaterThan(300);
    expect(addresses.filter((address) => !address.endsWith('.invalid'))).toEqual([]);
  });
});
