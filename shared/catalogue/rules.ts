import { holds, type Actor, type Author } from '../kernel/actors.ts';
import type { Decision } from '../kernel/events.ts';
import type { OrganizationId, TermId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instants.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { areasOf } from '../programs/areas.ts';
import type { Program } from '../programs/program.ts';
import { listingRoles, type ListingAct } from './acts.ts';
import type {
  draftDiscarded,
  draftPublished,
  draftSaved,
  listingClaimed,
  listingCreated,
  listingPublished,
} from './events.ts';
import type { Draft, Listing, ListingContent } from './model.ts';

/**
 * What happens to a listing and to its draft; approvals have rules of their own. Every act of a
 * person is refused `not-allowed` to other roles and `not-found` to people of another organization or program.
 *
 * A draft is never deleted: one that says what the listing says holds nothing unpublished.
 */

/** A listing with its version, which counts its facts. */
export interface VersionedListing {
  readonly state: Listing;
  readonly version: number;
}

function refusedTo(actor: Actor, act: Exclude<ListingAct, 'create'>, partner: OrganizationId) {
  if (!holds(actor, ...listingRoles[act])) return refuse('not-allowed');
  const theirs = actor.kind === 'person' && actor.acting?.organization === partner;
  return theirs ? undefined : refuse('not-found');
}

/** Equal as JSON: the order of an object's fields does not count, and undefined is absent. */
function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [one, other].map((value) =>
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  if (left === undefined || right === undefined || left.length !== right.length) return false;
  return left.every(([name, value], index) => right[index]?.[0] === name && isEqual(value, right[index]?.[1]));
}

export function hasUnpublished(draft: Draft, listing: Listing): boolean {
  return !isEqual(draft.content, listing.content);
}

interface Vocabulary {
  readonly ids: ReadonlySet<TermId>;
  readonly called: string;
}

function vocabulary(called: string, terms: readonly { readonly id: TermId }[]): Vocabulary {
  return { called, ids: new Set(terms.map((term) => term.id)) };
}

/** A sentence for each term of a listing that its program does not have, by the field's path. */
export function unknownTerms(content: ListingContent, program: Program): Readonly<Record<string, string>> {
  const areas = vocabulary('priority area', areasOf(program));
  const conditions = vocabulary('condition for school effectiveness', program.conditions);
  const services = vocabulary('service type', program.serviceTypes);
  const units = vocabulary('cost unit', program.costUnits);
  const outcomes = vocabulary('outcome', program.outcomes);
  const populations = vocabulary('population', program.populations);
  const regions = vocabulary('region', program.regions);
  const problems: Record<string, string> = {};
  const check = (path: string, terms: readonly TermId[], known: Vocabulary): void => {
    const unknown = terms.find((term) => !known.ids.has(term));
    if (unknown !== undefined) problems[path] = `${program.name} has no ${known.called} "${unknown}".`;
  };
  for (const [index, offering] of content.offerings.entries()) {
    check(`offerings.${index}.service`, [offering.service], services);
    check(`offerings.${index}.areas`, offering.areas, areas);
    check(`offerings.${index}.conditions`, offering.conditions, conditions);
    for (const [at, price] of offering.prices.entries())
      check(`offerings.${index}.prices.${at}.unit`, [price.unit], units);
  }
  for (const [index, finding] of content.findings.entries()) {
    check(`findings.${index}.outcomes`, finding.outcomes, outcomes);
    check(`findings.${index}.populations`, finding.populations, populations);
  }
  for (const [index, site] of content.sites.entries()) {
    if (site.region !== undefined) check(`sites.${index}.region`, [site.region], regions);
  }
  return problems;
}

function refusedTerms(content: ListingContent, program: Program) {
  const fields = unknownTerms(content, program);
  return Object.keys(fields).length === 0 ? undefined : refuse('invalid', undefined, fields);
}

export interface NewListing {
  readonly partner: OrganizationId;
  readonly content: ListingContent;
  readonly documentedRole?: NonNullable<Listing['documentedRole']>;
}

/**
 * Puts an organization on the list, unclaimed. An import does this as a part of the system.
 * Refuses `already-exists`, and `invalid` for terms that the program does not have.
 */
export function createListing(
  existing: Listing | undefined,
  by: Actor | Extract<Author, { kind: 'system' }>,
  at: Instant,
  input: NewListing,
  program: Program,
): Result<Decision<Listing, typeof listingCreated>, 'not-allowed' | 'not-found' | 'already-exists' | 'invalid'> {
  if (by.kind !== 'system') {
    if (!holds(by, ...listingRoles.create)) return refuse('not-allowed');
    if (by.kind !== 'person' || by.acting?.program !== program.id) return refuse('not-found');
  }
  if (existing !== undefined) return refuse('already-exists', 'This organization has a listing here already.');
  const unknown = refusedTerms(input.content, program);
  if (unknown !== undefined) return unknown;
  const { partner, content, documentedRole } = input;
  const stated = { partner, content, ...(documentedRole === undefined ? {} : { documentedRole }) };
  return ok({
    next: { program: program.id, ...stated, claimed: false, publishedAt: at },
    fact: { type: 'catalogue.listing-created', data: stated },
  });
}

/** Records that the organization has an owner with an account. Refuses `wrong-state` the second time. */
export function claimListing(listing: Listing): Result<Decision<Listing, typeof listingClaimed>, 'wrong-state'> {
  if (listing.claimed) return refuse('wrong-state', 'This listing was claimed already.');
  return ok({
    next: { ...listing, claimed: true },
    fact: { type: 'catalogue.listing-claimed', data: { partner: listing.partner } },
  });
}

/**
 * Saves what an editor typed, valid or not yet by the program's terms. The draft keeps the version it
 * was begun from; one that holds nothing unpublished begins from the listing as it stands.
 *
 * @param input.basedOn the version of the listing that the editor has seen, given to say that the
 *   newer one was looked at and this draft goes before it. Refuses `changed-meanwhile` where the
 *   listing has moved on since.
 */
export function saveDraft(
  draft: Draft | undefined,
  actor: Actor,
  at: Instant,
  input: { readonly content: ListingContent; readonly basedOn?: number },
  listing: VersionedListing,
): Result<Decision<Draft, typeof draftSaved>, 'not-allowed' | 'not-found' | 'changed-meanwhile'> {
  const { program, partner } = listing.state;
  const no = refusedTo(actor, 'save-draft', partner);
  if (no !== undefined) return no;
  const begun = draft !== undefined && hasUnpublished(draft, listing.state) ? draft.basedOn : listing.version;
  if (input.basedOn !== undefined && input.basedOn !== begun && input.basedOn !== listing.version) {
    return refuse('changed-meanwhile');
  }
  const basedOn = input.basedOn ?? begun;
  return ok({
    next: { program, partner, content: input.content, basedOn, savedAt: at },
    fact: { type: 'catalogue.draft-saved', data: { partner, basedOn } },
  });
}

/** The draft that holds nothing unpublished beside the listing at this version. */
function emptied(draft: Draft, content: ListingContent, version: number, at: Instant): Draft {
  return { ...draft, content, basedOn: version, savedAt: at };
}

const nothingUnpublished = 'The draft says what the listing says, so there is nothing to do.';

export function discardDraft(
  draft: Draft,
  actor: Actor,
  at: Instant,
  listing: VersionedListing,
): Result<Decision<Draft, typeof draftDiscarded>, 'not-allowed' | 'not-found' | 'wrong-state'> {
  const { partner, content } = listing.state;
  const no = refusedTo(actor, 'discard-draft', partner);
  if (no !== undefined) return no;
  if (!hasUnpublished(draft, listing.state)) return refuse('wrong-state', nothingUnpublished);
  return ok({
    next: emptied(draft, content, listing.version, at),
    fact: { type: 'catalogue.draft-discarded', data: { partner } },
  });
}

/** The two sides of one act, to be recorded in one transaction. */
export interface Publication {
  readonly listing: Decision<Listing, typeof listingPublished>;
  readonly draft: Decision<Draft, typeof draftPublished>;
}

/**
 * Makes the draft the public listing. Refuses `changed-meanwhile` where the listing is no longer the
 * version that the draft was begun from, `invalid` for terms that the program does not have, and
 * `wrong-state` where nothing would change.
 */
export function publishDraft(
  draft: Draft,
  actor: Actor,
  at: Instant,
  listing: VersionedListing,
  program: Program,
): Result<Publication, 'not-allowed' | 'not-found' | 'wrong-state' | 'changed-meanwhile' | 'invalid'> {
  const { partner } = listing.state;
  const no = refusedTo(actor, 'publish-draft', partner);
  if (no !== undefined) return no;
  if (!hasUnpublished(draft, listing.state)) return refuse('wrong-state', nothingUnpublished);
  if (draft.basedOn !== listing.version) return refuse('changed-meanwhile');
  const unknown = refusedTerms(draft.content, program);
  if (unknown !== undefined) return unknown;
  const { content } = draft;
  const version = listing.version + 1;
  return ok({
    listing: {
      next: { ...listing.state, content, publishedAt: at },
      fact: { type: 'catalogue.listing-published', data: { partner, version, content } },
    },
    draft: {
      next: emptied(draft, content, version, at),
      fact: { type: 'catalogue.draft-published', data: { partner, version } },
    },
  });
}
