import type { AnswerInput } from '#shared/engagements/inputs.ts';
import { amendmentInput, answerInput, outcomeInput, withdrawalInput, wordsInput } from '#shared/engagements/inputs.ts';
import { answerQuestion, askQuestion } from '#shared/engagements/discussion-rules.ts';
import { answerDecline, answerInterested, markSeen } from '#shared/engagements/invitation-rules.ts';
import { recordOutcome } from '#shared/engagements/outcome-rules.ts';
import { amend, draftRequest, send, withdraw } from '#shared/engagements/rules.ts';
import type { Request, SentRequest } from '#shared/engagements/model.ts';
import { authorOf, type Person } from '#shared/kernel/actors.ts';
import {
  engagementId,
  questionId,
  requestId,
  type OrganizationId,
  type QuestionId,
  type RequestId,
} from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import type { Result } from '#shared/kernel/result.ts';
import { commit, type Loaded, type Step } from '#platform/aggregates.ts';
import type { Doorbell } from '#platform/consumers.ts';
import type { Table } from '#platform/table.ts';
import {
  invitationKey,
  loadInvitation,
  loadInvitations,
  loadQuestion,
  loadRequest,
  questionKey,
  requestKey,
} from '../../../functions/engagements/store.ts';
import {
  allFacts,
  anInput,
  demo,
  draftedAt,
  lead,
  ownerOf,
  replyBy as usualReplyBy,
  superintendent,
  terms,
} from '../../rules/engagements/builders.ts';

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code} ${result.refusal.message ?? ''}`);
  return result.value;
}

function sent(request: Request): SentRequest {
  if (request.phase !== 'sent') throw new Error('The request is still a draft.');
  return request;
}

let made = 0;

/** One request that lives through its acts by the real rules; each act answers the bells of its events. */
export class RequestCase {
  readonly id: RequestId;
  readonly #table: Table;

  constructor(table: Table) {
    made += 1;
    this.id = requestId.parse(`req_${String(made).padStart(16, '0')}`);
    this.#table = table;
  }

  async #write(actor: Person, at: Instant, ...steps: readonly Step[]): Promise<readonly Doorbell[]> {
    const events = valueOf(await commit(this.#table, steps, at, authorOf(actor)));
    return events.map(({ aggregate, sequence, type, program }) => ({ aggregate, sequence, type, program }));
  }

  async #request(): Promise<Loaded<Request>> {
    const found = await loadRequest(this.#table, this.id);
    if (found === undefined) throw new Error('There is no such request.');
    return found;
  }

  async send(at: Instant, asked: readonly OrganizationId[], replyBy = usualReplyBy): Promise<readonly Doorbell[]> {
    const input = anInput({ asked, replyBy });
    const drafted = valueOf(draftRequest(lead, draftedAt, this.id, input, terms));
    const key = requestKey(demo, this.id);
    const first = await this.#write(lead, draftedAt, { key, before: undefined, decision: drafted });
    const before = await this.#request();
    const sending = valueOf(send(before.state, lead, at, allFacts, terms));
    const steps = sending.invitations.map((one) => ({
      key: invitationKey(demo, this.id, one.next.partner),
      before: undefined,
      decision: one,
    }));
    return [...first, ...(await this.#write(lead, at, { key, before, decision: sending.request }, ...steps))];
  }

  async #ofDistrict(
    actor: Person,
    at: Instant,
    decide: (request: Request) => Result<Step['decision']>,
  ): Promise<readonly Doorbell[]> {
    const before = await this.#request();
    return this.#write(actor, at, { key: requestKey(demo, this.id), before, decision: valueOf(decide(before.state)) });
  }

  async answer(at: Instant, partner: OrganizationId, kind: AnswerInput['kind']): Promise<readonly Doorbell[]> {
    const actor = ownerOf(partner);
    const key = invitationKey(demo, this.id, partner);
    const request = sent((await this.#request()).state);
    const invited = await loadInvitation(this.#table, this.id, partner);
    if (invited === undefined) throw new Error(`${partner} was not asked.`);
    const seen = valueOf(markSeen(request, invited.state, actor, at));
    const first = seen === undefined ? [] : await this.#write(actor, at, { key, before: invited, decision: seen });
    const before = await loadInvitation(this.#table, this.id, partner);
    if (before === undefined) throw new Error('The invitation has gone.');
    const input = answerInput.parse(
      kind === 'interested'
        ? { kind, price: { low: 100, high: 200 }, start: '2027-03-08' }
        : { kind, reason: 'no-capacity' },
    );
    const decision = valueOf<Step['decision']>(
      input.kind === 'interested'
        ? answerInterested(request, before.state, actor, at, input, terms)
        : answerDecline(request, before.state, actor, at, input, terms),
    );
    return [...first, ...(await this.#write(actor, at, { key, before, decision }))];
  }

  async amend(at: Instant, words: string): Promise<readonly Doorbell[]> {
    const input = amendmentInput.parse({ words, needWords: words });
    return this.#ofDistrict(lead, at, (request) => amend(request, lead, at, input, allFacts, terms));
  }

  async withdraw(at: Instant): Promise<readonly Doorbell[]> {
    const input = withdrawalInput.parse({ reason: 'need-changed' });
    return this.#ofDistrict(lead, at, (request) => withdraw(request, lead, at, input, terms));
  }

  async noneSuitable(at: Instant): Promise<readonly Doorbell[]> {
    return this.#outcome(at, { kind: 'none-suitable', reasons: ['too-costly'] });
  }

  async award(at: Instant, partner: OrganizationId): Promise<readonly Doorbell[]> {
    return this.#outcome(at, { kind: 'awarded', awards: [{ partner }] });
  }

  async #outcome(at: Instant, input: unknown): Promise<readonly Doorbell[]> {
    const invitations = (await loadInvitations(this.#table, this.id)).map((one) => one.state);
    const engagements = [engagementId.parse(`eng_${this.id.slice(4)}`)];
    const facts = { invitations, partners: allFacts, engagements };
    return this.#ofDistrict(superintendent, at, (request) => {
      const recorded = recordOutcome(request, superintendent, at, outcomeInput.parse(input), facts, terms);
      return recorded.ok ? { ok: true, value: recorded.value.request } : recorded;
    });
  }

  async ask(at: Instant, partner: OrganizationId, number: number): Promise<readonly Doorbell[]> {
    const actor = ownerOf(partner);
    const request = sent((await this.#request()).state);
    const invited = await loadInvitation(this.#table, this.id, partner);
    if (invited === undefined) throw new Error(`${partner} was not asked.`);
    const id = this.question(number);
    const decision = valueOf(
      askQuestion(request, invited.state, actor, at, id, wordsInput.parse({ words: 'Which days?' }), 0),
    );
    return this.#write(actor, at, { key: questionKey(demo, this.id, id), before: undefined, decision });
  }

  async answerQuestion(at: Instant, number: number): Promise<readonly Doorbell[]> {
    const before = await loadQuestion(this.#table, this.id, this.question(number));
    if (before === undefined) throw new Error('There is no such question.');
    const { state } = await this.#request();
    const decision = valueOf(answerQuestion(state, before.state, lead, at, wordsInput.parse({ words: 'Tuesdays.' })));
    return this.#write(lead, at, { key: questionKey(demo, this.id, before.state.id), before, decision });
  }

  question(number: number): QuestionId {
    return questionId.parse(`que_${this.id.slice(-8)}${String(number).padStart(8, '0')}`);
  }
}
