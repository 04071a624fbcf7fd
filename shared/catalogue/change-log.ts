import * as z from 'zod';
import type { FieldChange, RecordedEvent } from '../kernel/events.ts';
import { organizationId, termId } from '../kernel/ids.ts';
import { day, instant, schoolYear } from '../kernel/instants.ts';
import { showDay, showDayOrMonth, showInstant, showSchoolYear } from '../kernel/show-instant.ts';
import { cents } from '../kernel/money.ts';
import { showMoney } from '../kernel/show-money.ts';
import type { Program } from '../programs/program.ts';
import { areasOf } from '../programs/areas.ts';
import * as events from './events.ts';
import type { ListingContent } from './model.ts';

/** One entry of a partner's public change log. Values read as a person would say them; absent is "nothing". */
export const changeLogEntry = z.object({
  at: instant,
  partner: organizationId,
  area: termId.optional(),
  about: z.enum(['listing', 'approval']),
  title: z.string(),
  /** The name of the coded reason. */
  reason: z.string().optional(),
  /** What the state said with it. */
  words: z.string().optional(),
  changes: z.array(z.object({ field: z.string(), before: z.string().optional(), after: z.string().optional() })),
});
export type ChangeLogEntry = z.infer<typeof changeLogEntry>;
type ShownChange = ChangeLogEntry['changes'][number];

/** The facts that become public. What is not named here, a draft's facts above all, never does. */
export const publicFacts: Readonly<Record<string, Pick<ChangeLogEntry, 'about' | 'title'>>> = {
  [events.listingCreated.name]: { about: 'listing', title: 'Added to the list' },
  [events.listingPublished.name]: { about: 'listing', title: 'Listing changed' },
  [events.approvalEntered.name]: { about: 'approval', title: 'Approval entered as published' },
  [events.approvalGranted.name]: { about: 'approval', title: 'Approval granted' },
  [events.approvalConditionSet.name]: { about: 'approval', title: 'Condition set' },
  [events.approvalConditionMet.name]: { about: 'approval', title: 'Condition met' },
  [events.approvalPutOnProbation.name]: { about: 'approval', title: 'Put on probation' },
  [events.approvalProbationEnded.name]: { about: 'approval', title: 'Probation ended' },
  [events.approvalSuspended.name]: { about: 'approval', title: 'Approval suspended' },
  [events.approvalSuspensionLifted.name]: { about: 'approval', title: 'Suspension lifted' },
  [events.approvalEnded.name]: { about: 'approval', title: 'Approval ended' },
  [events.approvalRenewed.name]: { about: 'approval', title: 'Approval renewed' },
};

/** What each field of a listing's content or of an approval is called, in the order in which it is told. */
export const fieldNames: Readonly<Record<string, string>> = {
  name: 'name',
  text: 'text',
  label: 'label',
  study: 'study',
  title: 'title',
  summary: 'summary',
  description: 'description',
  focus: 'focus',
  website: 'website',
  contact: 'contact',
  email: 'email',
  phone: 'phone',
  offerings: 'offerings',
  service: 'service type',
  area: 'priority area',
  areas: 'priority areas',
  grades: 'grades',
  delivery: 'delivery',
  languages: 'languages',
  prices: 'prices',
  unit: 'unit',
  low: 'low',
  typical: 'typical',
  high: 'high',
  outcomePayment: 'outcome payment',
  minimum: 'smallest amount billed',
  staffHours: 'district staff hours',
  includes: 'includes',
  findings: 'findings',
  design: 'design',
  outcomes: 'outcomes',
  outcomeNote: 'note on outcomes',
  populations: 'populations',
  populationNote: 'note on populations',
  effect: 'effect',
  effectNote: 'note on the effect',
  effectSize: 'effect size',
  significant: 'statistically significant',
  tier: 'evidence tier',
  atLeast: 'from',
  atMost: 'to',
  judgedBy: 'judged by',
  claims: 'claims',
  sites: 'sites',
  district: 'district',
  region: 'region',
  capacity: 'capacity',
  clientsAtMost: 'clients at most',
  clientsNow: 'clients now',
  earliestStart: 'earliest start',
  asOf: 'as of',
  decidedAt: 'decided',
  granted: 'granted',
  ends: 'ends',
  asPublished: 'as published',
  conditions: 'conditions',
  probation: 'probation',
  suspensions: 'suspensions',
  removed: 'ended',
  at: 'on',
  from: 'from',
  until: 'until',
  due: 'due',
  metAt: 'met',
  reason: 'reason',
  words: 'words',
  year: 'year',
  source: 'source',
  sources: 'sources',
  url: 'address',
  dated: 'dated',
  read: 'read',
};
const order = new Map(Object.keys(fieldNames).map((name, index) => [name, index]));

const money = new Set(['low', 'typical', 'high', 'outcomePayment', 'minimum']);
const dates = new Set(['granted', 'ends', 'from', 'until', 'due', 'metAt', 'at', 'earliestStart', 'asOf']);

type Terms = ReadonlyMap<string, ReadonlyMap<string, string>>;

function names(terms: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> {
  return new Map(terms.map((term) => [term.id, term.name]));
}

/** The names of a program's terms, by the field that holds them. */
function termsOf(program: Program): Terms {
  const areas = names(areasOf(program));
  return new Map([
    ['area', areas],
    ['areas', areas],
    ['conditions', names(program.conditions)],
    ['service', names(program.serviceTypes)],
    ['unit', names(program.costUnits)],
    ['outcomes', names(program.outcomes)],
    ['populations', names(program.populations)],
    ['region', names(program.regions)],
    ['reason', names(program.reasons.approval)],
  ]);
}

interface Reader {
  readonly program: Program;
  readonly terms: Terms;
}

function showDate(text: string, { program }: Reader): string {
  const whole = day.safeParse(text);
  return whole.success ? showDay(whole.data) : showInstant(instant.parse(text), program.zone);
}

function showText(field: string, text: string, reader: Reader): string {
  if (dates.has(field)) return showDate(text, reader);
  if (field === 'read') return showDayOrMonth(text);
  if (field === 'languages') return new Intl.DisplayNames('en-US', { type: 'language' }).of(text) ?? text;
  if (text === 'not-stated') return 'not stated';
  return reader.terms.get(field)?.get(text) ?? text;
}

function showNumber(field: string, figure: number): string {
  if (money.has(field)) return showMoney(cents.parse(figure));
  if (field === 'year') return showSchoolYear(schoolYear.parse(figure));
  return new Intl.NumberFormat('en-US').format(figure);
}

/** A stored value in words; undefined for nothing. `field` is the last word of its path. */
function show(field: string, value: FieldChange['before'], reader: Reader): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return showText(field, value, reader);
  if (typeof value === 'number') return showNumber(field, value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    const items = value.map((one) => show(field, one, reader)).filter((one) => one !== undefined);
    const separator = value.some((one) => typeof one === 'object') ? '; ' : ', ';
    return items.length === 0 ? undefined : items.join(separator);
  }
  const parts = Object.entries(value)
    .filter(([name]) => name !== 'id')
    .toSorted(([a], [b]) => (order.get(a) ?? order.size) - (order.get(b) ?? order.size))
    .flatMap(([name, one]) => {
      const shown = show(name, one, reader);
      if (shown === undefined) return [];
      const nested = typeof one === 'object' && shown.includes(': ');
      return [`${fieldNames[name] ?? name}: ${nested ? `(${shown})` : shown}`];
    });
  return parts.length === 0 ? undefined : parts.join(', ');
}

export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const nameOf = {
  offerings: z.object({ name: z.string() }).transform((one) => one.name),
  findings: z.object({ study: z.string() }).transform((one) => one.study),
} as const;

/** What an entry of a list with ids is called: by the listing as it is now, or as it was when it left. */
function entryName(list: keyof typeof nameOf, id: string, change: FieldChange, content: ListingContent): string {
  const now = content[list].find((one) => one.id === id);
  return nameOf[list].safeParse(now ?? change.before).data ?? id;
}

function shownChange(names: readonly string[], path: readonly string[], change: FieldChange, reader: Reader) {
  const field = path.at(-1) ?? '';
  const called = [...names, ...path.map((name) => fieldNames[name] ?? name)].join(': ');
  const [before, after] = [show(field, change.before, reader), show(field, change.after, reader)];
  if (before === after) return [];
  return [
    {
      field: capitalized(called),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

function listingChanges(
  changes: readonly FieldChange[],
  content: ListingContent,
  reader: Reader,
): readonly ShownChange[] {
  return changes.flatMap((change) => {
    const [top, ...path] = change.path.split('.');
    if (top !== 'content') return [];
    const [list, id, ...rest] = path;
    if ((list !== 'offerings' && list !== 'findings') || id === undefined) return shownChange([], path, change, reader);
    const called = `${list === 'offerings' ? 'offering' : 'finding'} “${entryName(list, id, change, content)}”`;
    return shownChange([called], rest, change, reader);
  });
}

/** What changed between a published listing and `content`, in the words of the log. */
export function shownListingChanges(
  changes: readonly FieldChange[],
  content: ListingContent,
  program: Program,
): readonly ShownChange[] {
  return listingChanges(changes, content, { program, terms: termsOf(program) });
}

/** Said by the entry itself, so not among its changes. */
export const identity = new Set(['program', 'partner', 'area', 'decidedAt']);

function approvalChanges(event: RecordedEvent, reader: Reader): readonly ShownChange[] {
  return event.changes
    .filter((change) => !identity.has(change.path))
    .flatMap((change) => shownChange([], change.path.split('.'), change, reader));
}

export const changeSubject = z.object({ partner: organizationId, area: termId.optional(), reason: termId.optional() });

/**
 * The public entry for a recorded fact of the program; undefined for a fact that is not public. A new
 * listing is told without its fields, since all of them are new.
 * @throws ZodError for a fact whose data does not fit its type.
 */
export function changeLogEntryOf(event: RecordedEvent, program: Program): ChangeLogEntry | undefined {
  const fact = publicFacts[event.type];
  if (fact === undefined) return undefined;
  const reader = { program, terms: termsOf(program) };
  const { partner, area, reason } = changeSubject.parse(event.data);
  const changes = (): readonly ShownChange[] => {
    if (event.type === events.listingCreated.name) return [];
    if (fact.about === 'approval') return approvalChanges(event, reader);
    return listingChanges(event.changes, events.listingPublished.data.parse(event.data).content, reader);
  };
  return {
    at: event.at,
    partner,
    ...(area === undefined ? {} : { area }),
    ...fact,
    ...(reason === undefined ? {} : { reason: showText('reason', reason, reader) }),
    ...(event.reason === undefined ? {} : { words: event.reason }),
    changes: [...changes()],
  };
}
