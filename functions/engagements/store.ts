import * as z from 'zod';
import { linesOnPage, type PageAsked } from '#shared/engagements/contract.ts';
import {
  comment,
  invitation,
  question,
  request,
  type Comment,
  type Engagement,
  type Invitation,
  type Question,
  type Request,
  type SentRequest,
} from '#shared/engagements/model.ts';
import {
  engagementSummary,
  engagementSummaryOf,
  invitationPart,
  invitationPartOfRequest,
  invitationSummary,
  requestPart,
  requestSummary,
  type EngagementSummary,
  type InvitationSummary,
  type RequestSummary,
} from '#shared/engagements/summaries.ts';
import type { CommentId, EngagementId, OrganizationId, ProgramId, QuestionId, RequestId } from '#shared/kernel/ids.ts';
import type { Cursor } from '#shared/kernel/pages.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { load, readState, stateKey, type AggregateKey, type Loaded, type Step } from '#platform/aggregates.ts';
import { selectPage } from '#platform/cursor.ts';
import { selectAll, type Change, type Item, type Key, type Table } from '#platform/table.ts';

/**
 *     REQUEST#<request>       STATE#request               what the district asks for
 *                             STATE#invitation#<partner>  one partner's side of it
 *                             STATE#question#<question>   in `list` by REQUEST-QUESTIONS#<request> and instant
 *                             STATE#comment#<comment>     in `list` by REQUEST-COMMENTS#<request> and instant
 *                             COUNT#questions#<partner>, COUNT#comments   how many there are
 *                             SUMMARY#request             in `list` by DISTRICT-REQUESTS#<district> and instant
 *                             SUMMARY#invitation#<partner>  in `list` by PARTNER-INVITATIONS#<partner>, program and instant
 *     ENGAGEMENT#<engagement> STATE#engagement
 *                             SUMMARY#district, SUMMARY#partner, SUMMARY#program  in `list` by
 *                             DISTRICT-ENGAGEMENTS#…, PARTNER-ENGAGEMENTS#… and PROGRAM-ENGAGEMENTS#…
 *
 * Events stand beside their states. The summaries keep each list a few hundred bytes a line, however
 * long a request and its amendments are; they change in the transaction of the act.
 */
function requestPartition(id: RequestId): string {
  return `REQUEST#${id}`;
}

function engagementPartition(id: EngagementId): string {
  return `ENGAGEMENT#${id}`;
}

export function requestKey(program: ProgramId, id: RequestId): AggregateKey {
  return { partition: requestPartition(id), name: 'request', program };
}

export function invitationKey(program: ProgramId, of: RequestId, partner: OrganizationId): AggregateKey {
  return { partition: requestPartition(of), name: `invitation#${partner}`, program };
}

export function questionKey(program: ProgramId, of: RequestId, id: QuestionId): AggregateKey {
  return { partition: requestPartition(of), name: `question#${id}`, program };
}

export function commentKey(program: ProgramId, of: RequestId, id: CommentId): AggregateKey {
  return { partition: requestPartition(of), name: `comment#${id}`, program };
}

export function engagementKey(program: ProgramId, id: EngagementId): AggregateKey {
  return { partition: engagementPartition(id), name: 'engagement', program };
}

type Place = NonNullable<Step['list']>;

export const lists = {
  requests: (district: OrganizationId): string => `DISTRICT-REQUESTS#${district}`,
  invitations: (partner: OrganizationId): string => `PARTNER-INVITATIONS#${partner}`,
  questions: (of: RequestId): string => `REQUEST-QUESTIONS#${of}`,
  comments: (of: RequestId): string => `REQUEST-COMMENTS#${of}`,
  districtEngagements: (district: OrganizationId): string => `DISTRICT-ENGAGEMENTS#${district}`,
  partnerEngagements: (partner: OrganizationId): string => `PARTNER-ENGAGEMENTS#${partner}`,
  programEngagements: (program: ProgramId): string => `PROGRAM-ENGAGEMENTS#${program}`,
} as const;

export function questionInList(of: Question): Place {
  return { lpk: lists.questions(of.request), lsk: `${of.asked.at}#${of.id}` };
}

export function commentInList(of: Comment): Place {
  return { lpk: lists.comments(of.request), lsk: `${of.at}#${of.id}` };
}

// Summaries

function requestSummaryKey(id: RequestId): Key {
  return { pk: requestPartition(id), sk: 'SUMMARY#request' };
}

function invitationSummaryKey(of: { readonly request: RequestId; readonly partner: OrganizationId }): Key {
  return { pk: requestPartition(of.request), sk: `SUMMARY#invitation#${of.partner}` };
}

/** The invitations' answers as a district's line counts them. */
function answerCounts(invitations: readonly Invitation[]): { interested: number; declined: number } {
  const counts = { interested: 0, declined: 0 };
  for (const { answer } of invitations) if (answer !== undefined) counts[answer.kind] += 1;
  return counts;
}

/** The district's line, whole. In a request only while nobody else can change it: for a draft and its sending. */
export function requestSummaryItem(given: Request, invitations: readonly Invitation[] = []): Item {
  const place = { lpk: lists.requests(given.district), lsk: `${given.draftedAt}#${given.id}` };
  return { ...requestSummaryKey(given.id), ...place, ...requestPart(given), ...answerCounts(invitations) };
}

/** A partner's line, whole. In a request only at its sending. */
export function invitationSummaryItem(given: SentRequest, own: Invitation, names: InvitationSummary['names']): Item {
  const place = { lpk: lists.invitations(own.partner), lsk: `${own.program}#${own.sentAt}#${own.request}` };
  return {
    ...invitationSummaryKey(own),
    ...place,
    ...invitationPart(own),
    ...invitationPartOfRequest(given, own.partner),
    names,
  };
}

/** What an act of the district changes in the lines of a sent request; the partners' part stays untouched. */
export function districtActOnSummaries(given: SentRequest): readonly Change[] {
  return [
    { kind: 'add', key: requestSummaryKey(given.id), amounts: {}, set: requestPart(given) },
    ...given.content.asked.map((partner) => ({
      kind: 'add' as const,
      key: invitationSummaryKey({ request: given.id, partner }),
      amounts: {},
      set: invitationPartOfRequest(given, partner),
    })),
  ];
}

/** What an act of one partner changes in its own line and in the counts of the district's. */
export function partnerActOnSummaries(before: Invitation, after: Invitation): readonly Change[] {
  const own: Change = { kind: 'add', key: invitationSummaryKey(after), amounts: {}, set: invitationPart(after) };
  const [was, is] = [answerCounts([before]), answerCounts([after])];
  const amounts = { interested: is.interested - was.interested, declined: is.declined - was.declined };
  if (amounts.interested === 0 && amounts.declined === 0) return [own];
  return [own, { kind: 'add', key: requestSummaryKey(after.request), amounts }];
}

/** The lines of an engagement in the lists of the district, the partner and the program. */
export function engagementSummaryItems(
  given: Engagement,
  of: Pick<InvitationSummary, 'title' | 'names'>,
): readonly Item[] {
  const summary = engagementSummaryOf(given, of);
  const pk = engagementPartition(given.id);
  const lsk = `${given.agreedAt}#${given.id}`;
  const byProgram = `${given.program}#${lsk}`;
  return [
    { pk, sk: 'SUMMARY#district', lpk: lists.districtEngagements(given.district), lsk, ...summary },
    { pk, sk: 'SUMMARY#partner', lpk: lists.partnerEngagements(given.partner), lsk: byProgram, ...summary },
    { pk, sk: 'SUMMARY#program', lpk: lists.programEngagements(given.program), lsk, ...summary },
  ];
}

/** Every line of a request as it stands now, for filling an empty store. */
export function summaryItems(
  given: Request,
  invitations: readonly Invitation[],
  engagements: readonly Engagement[],
  names: { readonly district: string; readonly partner: (id: OrganizationId) => string },
): readonly Item[] {
  const of = (partner: OrganizationId) => ({ district: names.district, partner: names.partner(partner) });
  const title = given.content.need.title;
  return [
    requestSummaryItem(given, invitations),
    ...(given.phase === 'draft' ? [] : invitations.map((one) => invitationSummaryItem(given, one, of(one.partner)))),
    ...engagements.flatMap((one) => engagementSummaryItems(one, { title, names: of(one.partner) })),
  ];
}

// Reading

const live = { consistent: true } as const;

export async function loadRequest(table: Table, id: RequestId): Promise<Loaded<Request> | undefined> {
  return load(table, { partition: requestPartition(id), name: 'request' }, request, live);
}

/** All invitations of a request: at most five. */
export async function loadInvitations(table: Table, of: RequestId): Promise<readonly Loaded<Invitation>[]> {
  const partition = requestPartition(of);
  const page = await table.select({ partition, range: { prefix: 'STATE#invitation#' }, ...live });
  return page.items.flatMap((item) => readState(item, invitation) ?? []);
}

export async function loadInvitation(
  table: Table,
  of: RequestId,
  partner: OrganizationId,
): Promise<Loaded<Invitation> | undefined> {
  return load(table, { partition: requestPartition(of), name: `invitation#${partner}` }, invitation, live);
}

export async function loadQuestion(table: Table, of: RequestId, id: QuestionId): Promise<Loaded<Question> | undefined> {
  return load(table, { partition: requestPartition(of), name: `question#${id}` }, question, live);
}

export async function loadComment(table: Table, of: RequestId, id: CommentId): Promise<Loaded<Comment> | undefined> {
  return load(table, { partition: requestPartition(of), name: `comment#${id}` }, comment, live);
}

/** The names of the invited partners and of the district, as they were at the sending. */
export async function loadInvitationSummaries(table: Table, of: RequestId): Promise<readonly InvitationSummary[]> {
  const page = await table.select({ partition: requestPartition(of), range: { prefix: 'SUMMARY#invitation#' } });
  return page.items.map((item) => invitationSummary.parse(item));
}

export async function loadInvitationSummary(
  table: Table,
  of: { readonly request: RequestId; readonly partner: OrganizationId },
): Promise<InvitationSummary | undefined> {
  const item = await table.get(invitationSummaryKey(of));
  return item === undefined ? undefined : invitationSummary.parse(item);
}

/** A question or a comment has up to 8 kB of words, so fewer of them stand on a page. */
const wordsOnPage = 10;

export interface Listed<T> {
  readonly items: T[];
  readonly next?: Cursor;
}

/** A page of a list, newest first. */
async function listPage<T>(
  table: Table,
  list: string,
  asked: PageAsked,
  read: (item: Item) => T,
  prefix?: string,
): Promise<Result<Listed<T>, 'malformed'>> {
  const selection = {
    index: 'list',
    partition: list,
    newestFirst: true,
    limit: asked.limit ?? linesOnPage,
    ...(prefix === undefined ? {} : { range: { prefix } }),
  } as const;
  const page = await selectPage(table, selection, asked.after);
  return page.ok ? ok({ ...page.value, items: page.value.items.map(read) }) : page;
}

export async function requestsPage(
  table: Table,
  district: OrganizationId,
  asked: PageAsked,
): Promise<Result<Listed<RequestSummary>, 'malformed'>> {
  return listPage(table, lists.requests(district), asked, (item) => requestSummary.parse(item));
}

export async function invitationsPage(
  table: Table,
  program: ProgramId,
  partner: OrganizationId,
  asked: PageAsked,
): Promise<Result<Listed<InvitationSummary>, 'malformed'>> {
  const read = (item: Item) => invitationSummary.parse(item);
  return listPage(table, lists.invitations(partner), asked, read, `${program}#`);
}

export async function questionsPage(
  table: Table,
  of: RequestId,
  after: Cursor | undefined,
): Promise<Result<Listed<Loaded<Question>>, 'malformed'>> {
  const read = (item: Item) => listedState(item, question);
  return listPage(table, lists.questions(of), { after, limit: wordsOnPage }, read);
}

export async function commentsPage(
  table: Table,
  of: RequestId,
  after: Cursor | undefined,
): Promise<Result<Listed<Comment>, 'malformed'>> {
  return listPage(table, lists.comments(of), { after, limit: wordsOnPage }, (item) => listedState(item, comment).state);
}

/** @param list one of the three lists of engagements. A partner's is read in one program. */
export async function engagementsPage(
  table: Table,
  list: string,
  asked: PageAsked,
  prefix?: string,
): Promise<Result<Listed<EngagementSummary>, 'malformed'>> {
  return listPage(table, list, asked, (item) => engagementSummary.parse(item), prefix);
}

function listedState<S extends z.ZodType>(item: Item, schema: S): Loaded<z.infer<S>> {
  const loaded = readState(item, schema);
  if (loaded === undefined) throw new Error('A listed item without a state.');
  return loaded;
}

const counted = z.object({ count: z.int().min(0) });

/** How many questions a partner asked about a request, or how many comments it has. */
export function wordsCountKey(of: RequestId, asker?: OrganizationId): Key {
  return { pk: `REQUEST#${of}`, sk: asker === undefined ? 'COUNT#comments' : `COUNT#questions#${asker}` };
}

export async function wordsCount(table: Table, key: Key): Promise<number> {
  const item = await table.get(key, { consistent: true });
  return item === undefined ? 0 : counted.parse(item).count;
}

/** One more, while there are fewer than `most`: two at once cannot both be the last. */
export function oneMore(key: Key, most: number): Change {
  return { kind: 'add', key, amounts: { count: 1 }, below: { attribute: 'count', limit: most } };
}

/** Holds while nobody changed the request since it was read. */
export function requestUnchanged({ state, version }: Loaded<Request>): Change {
  return { kind: 'check', key: stateKey(requestKey(state.program, state.id)), guard: { version } };
}

/** Holds while the partner changed nothing since its invitation was read. */
export function invitationUnchanged({ state, version }: Loaded<Invitation>): Change {
  const key = invitationKey(state.program, state.request, state.partner);
  return { kind: 'check', key: stateKey(key), guard: { version } };
}

/** A request with all its invitations and questions, read consistently: for notices and tasks, not for pages. */
export async function requestParts(
  table: Table,
  program: ProgramId,
  id: RequestId,
): Promise<
  | { readonly request: Request; readonly invitations: readonly Invitation[]; readonly questions: readonly Question[] }
  | undefined
> {
  const [found, invitations] = await Promise.all([loadRequest(table, id), loadInvitations(table, id)]);
  if (found === undefined) return undefined;
  const { partition } = requestKey(program, id);
  const questions: Question[] = [];
  for await (const item of selectAll(table, { partition, range: { prefix: 'STATE#question#' }, consistent: true })) {
    questions.push(question.parse(item['data']));
  }
  return { request: found.state, invitations: invitations.map((one) => one.state), questions };
}
