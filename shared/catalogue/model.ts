import * as z from 'zod';
import { organizationId, programId, termId } from '../kernel/ids.ts';
import { day, dayOrMonth, instant, schoolYear } from '../kernel/instants.ts';
import { cents } from '../kernel/money.ts';
import { evidenceTier, grade } from '../programs/program.ts';

/** Where a figure or a statement is from. Every figure on a page can be asked for this. */
export const source = z.object({
  title: z.string().min(1).max(200),
  url: z
    .url({ protocol: /^https?$/ })
    .max(600)
    .optional(),
  /** As the source gives it: `2014`, `2025-06-02`, `school year 2016-17`. */
  dated: z.string().min(1).max(40).optional(),
  /** When it was read for this site: of a source without a date, this says how old the reading is. */
  read: dayOrMonth.optional(),
});
export type Source = z.infer<typeof source>;

const line = z.string().trim().min(1).max(200);
const paragraph = z.string().trim().min(1).max(2000);

/**
 * A price for one unit, in cents. Which bounds are known is said by which are present: an "up to"
 * price has `high` only. Bounds never cross.
 */
export const price = z
  .object({
    unit: termId,
    low: cents.optional(),
    typical: cents.optional(),
    high: cents.optional(),
    /** The most that is paid on top when outcomes are met (unit measured as `contingent`). */
    outcomePayment: cents.optional(),
    /** The year the price holds for or was seen in. */
    year: schoolYear.optional(),
    includes: paragraph.optional(),
    /** The smallest amount that is billed, whatever the quantity. */
    minimum: cents.optional(),
    /** Hours of the district's own staff for one unit, beside the fee. */
    staffHours: z.number().min(0).max(100_000).optional(),
    source: source.optional(),
  })
  .refine((one) => one.low !== undefined || one.typical !== undefined || one.high !== undefined, {
    message: 'A price gives at least one of low, typical and high.',
  })
  .refine(
    (one) => {
      const known = [one.low, one.typical, one.high].filter((bound) => bound !== undefined);
      return known.every((bound, index) => index === 0 || bound >= (known[index - 1] ?? 0));
    },
    { message: 'Low is at most typical, and typical at most high.' },
  );
export type Price = z.infer<typeof price>;

export const delivery = z.enum(['on-site', 'remote', 'hybrid']);

export const offering = z.object({
  id: termId,
  name: line,
  service: termId,
  /** Empty where the source does not tie the service to an area; it then counts for any. */
  areas: z.array(termId).max(12),
  conditions: z.array(termId).max(20).default([]),
  /** Empty where no source gives grades. */
  grades: z.array(grade).max(14),
  delivery: z.array(delivery).max(3).default([]),
  /** BCP 47 tags of language, script and region, which every page can name: `en`, `zh-Hant`, `pt-BR`. */
  languages: z
    .array(
      z
        .string()
        .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\d{3})?$/, 'A language is a tag such as en, es or zh-Hant.'),
    )
    .max(30)
    .default([]),
  description: paragraph.optional(),
  prices: z.array(price).max(8),
  source: source.optional(),
});
export type Offering = z.infer<typeof offering>;

/**
 * One result of one study: what was tried, on whom, by what design, on which outcome, with what
 * effect, and who says which ESSA tier it is. A trial that found nothing is a finding too.
 */
export const finding = z.object({
  id: termId,
  study: line,
  source,
  design: z.enum(['randomized', 'quasi-experimental', 'correlational', 'descriptive', 'not-stated']),
  /** Empty where the source does not say which outcome. */
  outcomes: z.array(termId).max(12),
  outcomeNote: line.optional(),
  /** Empty where the source does not say whom. */
  populations: z.array(termId).max(12),
  populationNote: line.optional(),
  effect: z.enum(['positive', 'none', 'mixed', 'negative', 'not-stated']),
  effectNote: paragraph.optional(),
  /** Standardized mean difference, where the source gives one. */
  effectSize: z.number().min(-5).max(5).optional(),
  significant: z.boolean().optional(),
  /** The tier that the source states, from `atLeast` to `atMost` ("within tiers 1–3"); absent is "not rated". */
  tier: z
    .object({ atLeast: evidenceTier, atMost: evidenceTier })
    .refine((one) => one.atLeast <= one.atMost)
    .optional(),
  judgedBy: line.optional(),
});
export type Finding = z.infer<typeof finding>;

export const site = z.object({
  label: line,
  /** The district's organization, where the place is a district of this program. */
  district: organizationId.optional(),
  region: termId.optional(),
  source: source.optional(),
});
export type Site = z.infer<typeof site>;

export const capacity = z.object({
  /** How many clients the partner takes in one school year; absent is unknown. */
  clientsAtMost: z.int().min(0).max(100_000).optional(),
  /** Clients that the partner states for this year, beside the engagements recorded here. */
  clientsNow: z.int().min(0).max(100_000).optional(),
  earliestStart: day.optional(),
  asOf: day,
  source: source.optional(),
});
export type Capacity = z.infer<typeof capacity>;

/** A partner's own statement about its work, shown as a claim and never counted. */
export const claim = z.object({ text: paragraph, source: source.optional() });

/** What a partner says of itself and publishes; see `Listing` for what surrounds it. */
export const listingContent = z
  .object({
    name: z.string().trim().min(2).max(120),
    summary: z.string().trim().min(1).max(300),
    description: z.string().trim().max(4000).default(''),
    focus: line.optional(),
    website: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .optional(),
    /** An office, never a person: what stands here is public. */
    contact: z
      .object({
        label: line,
        email: z.email().max(200).optional(),
        phone: z.string().trim().min(5).max(40).optional(),
      })
      .optional(),
    offerings: z.array(offering).max(20),
    findings: z.array(finding).max(40),
    claims: z.array(claim).max(20).default([]),
    sites: z.array(site).max(400),
    capacity: capacity.optional(),
    sources: z.array(source).max(20).default([]),
  })
  .superRefine((given, context) => {
    for (const list of ['offerings', 'findings'] as const) {
      if (new Set(given[list].map((one) => one.id)).size !== given[list].length) {
        context.addIssue({ code: 'custom', path: [list], message: `Two ${list} have the same id.` });
      }
    }
  });
export type ListingContent = z.infer<typeof listingContent>;

/** The listing of one organization in one program, as published. */
export const listing = z.object({
  program: programId,
  partner: organizationId,
  content: listingContent,
  /** True once an owner of the organization has an account; only then can it be sent a request. */
  claimed: z.boolean(),
  /** What the sources document for an organization that the program has not approved. */
  documentedRole: z.object({ text: paragraph, source: source.optional() }).optional(),
  publishedAt: instant,
});
export type Listing = z.infer<typeof listing>;

/** A partner's unpublished changes, kept apart so that the public page never pays for them. */
export const draft = z.object({
  program: programId,
  partner: organizationId,
  content: listingContent,
  /** The version of the listing that the draft was begun from. */
  basedOn: z.int().min(0),
  savedAt: instant,
});
export type Draft = z.infer<typeof draft>;

/**
 * The state's approval of one partner in one priority area. It stores dates and facts, never a
 * status: `statusAt` in `status.ts` computes that. A program that only published a list gives
 * `asPublished` instead of dates it does not have.
 */
export const approval = z.object({
  program: programId,
  partner: organizationId,
  /** Absent where the source does not show the area. */
  area: termId.optional(),
  granted: instant.optional(),
  ends: instant.optional(),
  asPublished: z.object({ year: z.string().max(20).optional(), source }).optional(),
  conditions: z
    .array(z.object({ text: paragraph, from: instant, due: instant.optional(), metAt: instant.optional() }))
    .max(20)
    .default([]),
  probation: z.object({ from: instant, until: instant.optional() }).optional(),
  suspensions: z
    .array(z.object({ from: instant, until: instant.optional(), reason: termId }))
    .max(20)
    .default([]),
  removed: z.object({ at: instant, reason: termId, words: paragraph.optional() }).optional(),
  /** When the state decided last on it here; absent while it is known only from a published list. */
  decidedAt: instant.optional(),
  source: source.optional(),
});
export type Approval = z.infer<typeof approval>;

export const approvalStatus = z.enum([
  'upcoming',
  'active',
  'conditional',
  'probation',
  'suspended',
  'lapsed',
  'removed',
  'published',
]);
export type ApprovalStatus = z.infer<typeof approvalStatus>;

/**
 * Goals met of goals agreed, over engagements whose results both sides confirmed. A projection of
 * `impact.result-confirmed`; nobody types it.
 */
export const record = z.object({
  agreed: z.int().min(0),
  met: z.int().min(0),
  engagements: z.int().min(0),
  /** The first instant of the month of the latest confirmation. */
  latest: instant.optional(),
});
export type TrackRecord = z.infer<typeof record>;

/**
 * Engagements awarded here, counted by the school year of their start (the calendar year in which it
 * ends): a limit of clients is one for a school year.
 */
export const workload = z.object({ byYear: z.record(z.string(), z.int().min(0)) });
export type Workload = z.infer<typeof workload>;
