import { isAskable, statusAt } from '#shared/catalogue/status.ts';
import type { Approval, Listing, ListingContent } from '#shared/catalogue/model.ts';
import { claimListing, createListing, publishDraft, saveDraft } from '#shared/catalogue/rules.ts';
import { authorOf, type Person } from '#shared/kernel/actors.ts';
import type { OrganizationId, TermId } from '#shared/kernel/ids.ts';
import { millisecondsPerDay, plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import type { Program } from '#shared/programs/program.ts';
import { areasOf } from '#shared/programs/areas.ts';
import type { History } from '#platform/history.ts';
import { listingVersion, recordDraft, recordListing } from '../../catalogue/index.ts';
import { acting } from '../demonstration-person.ts';
import { firstGrant, recordApprovalHistory, type InventedStatus } from './approvals.ts';
import type { Calendar } from './calendar.ts';
import { decided } from './decided.ts';
import type { InventedDistrict } from './districts.ts';
import { inventedContent } from './listing-content.ts';
import { partnerId, partnerName } from './names.ts';
import { peopleOfPartner, type PartnerPeople } from './people.ts';
import { Random } from './random.ts';

/** The partners that are told at length and have a past; those beyond them are there for their number. */
export const fullPartners = 60;

export interface InventedPartner {
  readonly index: number;
  readonly id: OrganizationId;
  readonly name: string;
  readonly people: PartnerPeople;
  /** Its owner, acting for it. */
  readonly owner: Person;
  readonly content: ListingContent;
  readonly approvals: readonly Approval[];
  /** False for a partner that nobody has an account for. */
  readonly claimed: boolean;
}

/** The areas in which the partner could be asked at that instant. */
export function askableAreas(partner: InventedPartner, at: Instant): readonly TermId[] {
  return partner.approvals.flatMap((one) => (one.area !== undefined && isAskable(statusAt(one, at)) ? [one.area] : []));
}

/** Of twenty partners, those that are not simply active in their first area. */
const unusual: Readonly<Record<number, InventedStatus>> = {
  6: 'conditional',
  9: 'conditional',
  12: 'probation',
  14: 'suspended',
  16: 'lapsed',
  18: 'removed',
  19: 'upcoming',
};

/** The first partners are those that people sign in for, so they can be asked in all their areas. */
function statusOf(index: number, place: number, random: Random): InventedStatus {
  if (place === 0) return unusual[index % 20] ?? 'active';
  return index < 3 || random.chance(0.85) ? 'active' : 'lapsed';
}

/** True for the partners that only stand on the list: of those beyond the first sixty, six of seven. */
export function isQuiet(index: number): boolean {
  return index >= fullPartners && index % 7 !== 0;
}

export interface PartnerSetting {
  readonly history: History;
  readonly program: Program;
  readonly calendar: Calendar;
  readonly districts: readonly InventedDistrict[];
  /** Of the agency: lists partners and decides on approvals. */
  readonly lead: Person;
}

/** Invents one partner and records its listing and approvals from its first day to the present. */
export function recordPartner(setting: PartnerSetting, index: number): InventedPartner {
  const { history, program, calendar, districts, lead } = setting;
  const random = new Random(program.id, 'partner', index);
  const [id, name, full] = [partnerId(program.id, index), partnerName(program.id, index), index < fullPartners];
  const current = areasOf(program).filter((area) => {
    const scheme = program.areaSchemes.find((one) => one.areas.includes(area));
    return scheme?.until === undefined;
  });
  const areas = random.shuffled(current).slice(0, index < 3 ? 3 : random.whole(1, 3));
  const terms = areas.map((area, place) => ({
    area: area.id,
    status: statusOf(index, place, random),
    earlierTerms: index < 3 ? 3 : random.whole(1, full ? 4 : 2),
    calendar,
  }));
  const content = inventedContent(random, program, calendar, {
    name,
    areas: areas.map((area) => area.id),
    full,
    districts,
    place: index,
  });

  const people = peopleOfPartner(program, index);
  const owner = acting(people.owner, id);
  const begun = terms.map(firstGrant).toSorted()[0] ?? calendar.ago(30);
  const listedAt = plusMilliseconds(begun, -6 * millisecondsPerDay);
  let listing = recordListing(
    history,
    decided(
      createListing(undefined, lead, listedAt, { partner: id, content: full ? earlier(content) : content }, program),
    ),
    listedAt,
    authorOf(lead),
  );
  const claimed = !isQuiet(index);
  if (claimed) {
    const at = plusMilliseconds(listedAt, 3 * millisecondsPerDay);
    listing = recordListing(history, decided(claimListing(listing)), at, { kind: 'system', part: 'claims' });
    if (full) publishAnew(setting, listing, owner, content, random);
  }
  const approvals = terms.map((term) =>
    recordApprovalHistory({ ...term, partner: id, history, program, actor: lead, random }),
  );
  return { index, id, name, people, owner, content, approvals, claimed };
}

/** What the listing said before its last change: without the room it has now, and with fewer claims. */
function earlier({ capacity: _capacity, ...content }: ListingContent): ListingContent {
  return { ...content, claims: [], findings: content.findings.slice(0, -1) };
}

function publishAnew(
  setting: PartnerSetting,
  listing: Listing,
  owner: Person,
  content: ListingContent,
  random: Random,
): void {
  const { history, program, calendar } = setting;
  const versioned = { state: listing, version: listingVersion(history, listing) };
  // After every listing's first days, also where an approval begins only now.
  const savedAt = calendar.ago(1 + 14 * random.share());
  const publishedAt = plusMilliseconds(savedAt, 40 * 60_000);
  const saved = decided(saveDraft(undefined, owner, savedAt, { content }, versioned));
  const draft = recordDraft(history, saved, savedAt, authorOf(owner));
  const published = publishDraft(draft, owner, publishedAt, versioned, program);
  // A partner without findings, claims and capacity says now what it said then.
  if (!published.ok && published.refusal.code === 'wrong-state') return;
  const { listing: publication, draft: emptied } = decided(published);
  recordListing(history, publication, publishedAt, authorOf(owner));
  recordDraft(history, emptied, publishedAt, authorOf(owner));
}
