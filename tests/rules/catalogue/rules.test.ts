import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyRole, type Actor } from '#shared/kernel/actors.ts';
import type { Result } from '#shared/kernel/result.ts';
import { listingRoles, type ListingAct } from '#shared/catalogue/acts.ts';
import { draft as draftSchema, listing as listingSchema } from '#shared/catalogue/model.ts';
import {
  claimListing,
  createListing,
  discardDraft,
  hasUnpublished,
  publishDraft,
  saveDraft,
  unknownTerms,
} from '#shared/catalogue/rules.ts';
import { aContent, aDraft, aListing, aPerson, aProgram, now, otherPartner, partner } from './builders.ts';

const program = aProgram();
const listing = { state: aListing(), version: 3 };
const owner = aPerson('partner:owner');
const lead = aPerson('agency:program-lead');

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code);

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.refusal.code}`);
  return result.value;
}

const acts: Readonly<Record<ListingAct, (actor: Actor) => Result<unknown>>> = {
  create: (actor) => createListing(undefined, actor, now, { partner, content: aContent() }, program),
  'save-draft': (actor) => saveDraft(undefined, actor, now, { content: aContent() }, listing),
  'discard-draft': (actor) => discardDraft(aDraft(), actor, now, listing),
  'publish-draft': (actor) => publishDraft(aDraft(), actor, now, listing, program),
};

describe.each(Object.entries(acts))('%s', (act, by) => {
  test('is for the roles of the table and no other', () => {
    const roles = Object.entries(listingRoles).find(([name]) => name === act)?.[1] ?? [];
    expect(roles.length).toBeGreaterThan(0);
    for (const role of everyRole) {
      expect([role, codeOf(by(aPerson(role)))]).toEqual([
        role,
        roles.some((one) => one === role) ? 'ok' : 'not-allowed',
      ]);
    }
    expect(codeOf(by({ kind: 'public' }))).toBe('not-allowed');
  });

  test('is not found by people of another organization or program', () => {
    const stranger =
      act === 'create'
        ? aPerson('agency:program-lead', { program: 'ma' })
        : aPerson('partner:owner', { organization: otherPartner });
    expect(codeOf(by(stranger))).toBe('not-found');
  });
});

describe('a new listing', () => {
  test('stands unclaimed, with what is documented of the organization', () => {
    const documentedRole = { text: 'Ran site visits.' };
    const { next, fact } = valueOf(
      createListing(undefined, lead, now, { partner, content: aContent(), documentedRole }, program),
    );
    expect(listingSchema.parse(next)).toEqual(next);
    expect(next).toMatchObject({ program: 'demo', claimed: false, publishedAt: now, documentedRole });
    expect(fact).toEqual({ type: 'catalogue.listing-created', data: { partner, content: aContent(), documentedRole } });
  });

  test('can be made by an import', () => {
    const by = { kind: 'system', part: 'import' } as const;
    expect(codeOf(createListing(undefined, by, now, { partner, content: aContent() }, program))).toBe('ok');
  });

  test('is made once', () => {
    expect(codeOf(createListing(aListing(), lead, now, { partner, content: aContent() }, program))).toBe(
      'already-exists',
    );
  });

  test('takes nothing from its input but what a listing states', () => {
    const input = { partner, content: aContent(), claimed: true, program: 'ma' };
    expect(valueOf(createListing(undefined, lead, now, input, program)).next).toMatchObject({
      claimed: false,
      program: 'demo',
    });
  });
});

test('a listing is claimed once', () => {
  const { next, fact } = valueOf(claimListing(aListing({ claimed: false })));
  expect(next.claimed).toBe(true);
  expect(fact).toEqual({ type: 'catalogue.listing-claimed', data: { partner } });
  expect(codeOf(claimListing(next))).toBe('wrong-state');
});

describe('a draft', () => {
  const changed = aContent({ summary: 'Another summary.' });

  test('begins from the listing as it stands', () => {
    const { next, fact } = valueOf(saveDraft(undefined, owner, now, { content: changed }, listing));
    expect(draftSchema.parse(next)).toEqual({ program: 'demo', partner, content: changed, basedOn: 3, savedAt: now });
    expect(fact).toEqual({ type: 'catalogue.draft-saved', data: { partner, basedOn: 3 } });
  });

  test('keeps the version it was begun from when the listing moves on', () => {
    const draft = aDraft({ basedOn: 2 });
    expect(valueOf(saveDraft(draft, owner, now, { content: changed }, listing)).next.basedOn).toBe(2);
    expect(valueOf(saveDraft(draft, owner, now, { content: changed, basedOn: 2 }, listing)).next.basedOn).toBe(2);
  });

  test('goes before the newer listing once the editor has looked at that', () => {
    const draft = aDraft({ basedOn: 2 });
    const { next } = valueOf(saveDraft(draft, owner, now, { content: changed, basedOn: 3 }, listing));
    expect(next.basedOn).toBe(3);
    expect(codeOf(publishDraft(next, owner, now, listing, program))).toBe('ok');
  });

  test('is refused for a version that is neither', () => {
    expect(codeOf(saveDraft(aDraft({ basedOn: 2 }), owner, now, { content: changed, basedOn: 1 }, listing))).toBe(
      'changed-meanwhile',
    );
  });

  test('that holds nothing unpublished begins anew', () => {
    const draft = aDraft({ content: listing.state.content, basedOn: 1 });
    expect(valueOf(saveDraft(draft, owner, now, { content: changed }, listing)).next.basedOn).toBe(3);
  });

  test('is discarded to what the listing says', () => {
    const { next, fact } = valueOf(discardDraft(aDraft({ basedOn: 2 }), owner, now, listing));
    expect(hasUnpublished(next, listing.state)).toBe(false);
    expect(next.basedOn).toBe(3);
    expect(fact.type).toBe('catalogue.draft-discarded');
    expect(codeOf(discardDraft(next, owner, now, listing))).toBe('wrong-state');
  });

  test('never tells its content in its facts', () => {
    const secret = aContent({ summary: 'Not to be seen yet.' });
    const saved = valueOf(saveDraft(undefined, owner, now, { content: secret }, listing));
    const discarded = valueOf(discardDraft(saved.next, owner, now, listing));
    expect(JSON.stringify([saved.fact, discarded.fact])).not.toContain('seen');
  });
});

describe('publishing', () => {
  test('makes the draft the listing and leaves nothing unpublished', () => {
    const { listing: published, draft } = valueOf(publishDraft(aDraft(), owner, now, listing, program));
    expect(listingSchema.parse(published.next)).toEqual({
      ...listing.state,
      content: aDraft().content,
      publishedAt: now,
    });
    expect(published.fact).toEqual({
      type: 'catalogue.listing-published',
      data: { partner, version: 4, content: aDraft().content },
    });
    expect(draft.next.basedOn).toBe(4);
    expect(hasUnpublished(draft.next, published.next)).toBe(false);
    expect(draft.fact).toEqual({ type: 'catalogue.draft-published', data: { partner, version: 4 } });
    const again = { state: published.next, version: 4 };
    expect(codeOf(publishDraft(draft.next, owner, now, again, program))).toBe('wrong-state');
  });

  test('is refused when the listing has moved on, and says so rather than overwriting', () => {
    expect(codeOf(publishDraft(aDraft({ basedOn: 2 }), owner, now, listing, program))).toBe('changed-meanwhile');
  });

  test('is refused when nothing changed, whatever the order of the fields', () => {
    const { name, summary, ...rest } = listing.state.content;
    const draft = { ...aDraft(), content: { ...rest, focus: undefined, summary, name } };
    expect(codeOf(publishDraft(draft, owner, now, listing, program))).toBe('wrong-state');
  });

  test('names each term that the program does not have', () => {
    const [offering] = aContent().offerings;
    const [finding] = aContent().findings;
    if (offering === undefined || finding === undefined) throw new Error('The builder gives one of each.');
    const content = aContent({
      offerings: [
        {
          ...offering,
          service: 'magic',
          areas: ['use-of-data', 'nowhere'],
          conditions: ['weather'],
          prices: [
            { unit: 'day', typical: 1 },
            { unit: 'hour', typical: 1 },
          ],
        },
      ],
      findings: [{ ...finding, outcomes: ['joy'], populations: ['everyone'] }],
      sites: [{ label: 'Alder' }, { label: 'Birch', region: 'moon' }],
    });
    const result = publishDraft(aDraft({ content }), owner, now, listing, program);
    expect(codeOf(result)).toBe('invalid');
    expect(Object.keys(unknownTerms(content, program)).toSorted()).toEqual([
      'findings.0.outcomes',
      'findings.0.populations',
      'offerings.0.areas',
      'offerings.0.conditions',
      'offerings.0.prices.1.unit',
      'offerings.0.service',
      'sites.1.region',
    ]);
    expect(unknownTerms(content, program)['offerings.0.areas']).toBe(
      'Calder Priority Partners has no priority area "nowhere".',
    );
    expect(unknownTerms(aContent(), program)).toEqual({});
  });
});

test('no interleaving of two editors publishes over a version that its draft was not begun from', () => {
  const step = fc.record({ editor: fc.constantFrom(0, 1), act: fc.constantFrom('save', 'publish', 'discard') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let current = listing;
      const overwritten: number[] = [];
      // Two windows, each with the draft as it last saw it: the store's own guard is left out here.
      const drafts = [aDraft({ content: listing.state.content }), aDraft({ content: listing.state.content })];
      for (const [index, { editor, act }] of steps.entries()) {
        const draft = drafts[editor] ?? aDraft();
        const content = aContent({ summary: `Step ${index}.` });
        if (act === 'save') drafts[editor] = valueOf(saveDraft(draft, owner, now, { content }, current)).next;
        if (act === 'discard') {
          const discarded = discardDraft(draft, owner, now, current);
          if (discarded.ok) drafts[editor] = discarded.value.next;
        }
        if (act === 'publish') {
          const published = publishDraft(draft, owner, now, current, program);
          if (!published.ok) continue;
          if (draft.basedOn !== current.version) overwritten.push(index);
          current = { state: published.value.listing.next, version: current.version + 1 };
          drafts[editor] = published.value.draft.next;
        }
      }
      expect(overwritten).toEqual([]);
    }),
  );
});
