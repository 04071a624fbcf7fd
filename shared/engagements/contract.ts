import * as z from 'zod';
import { route } from '../contract/route.ts';
import type { Role } from '../kernel/actors.ts';
import { commentId, organizationId, programId, questionId, requestId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';
import { cursor, pageOf } from '../kernel/pages.ts';
import { once } from '../kernel/query-words.ts';
import { refusable } from '../kernel/refusable.ts';
import { demandMonth, unmetNeed } from './demand.ts';
import { amendmentInput, answerInput, outcomeInput, requestInput, withdrawalInput, wordsInput } from './inputs.ts';
import { amendmentsAtMost, partnersAtMost } from './limits.ts';
import { comment, question } from './model.ts';
import { actRoles } from './act-roles.ts';
import { invitationStatuses, partnerPhases, requestStatuses } from './status.ts';
import { engagementSummary, invitationSummary, requestSummary } from './summaries.ts';
import { districtRequest, partnerRequest } from './views.ts';

const ofProgram = z.object({ program: programId });
const ofRequest = ofProgram.extend({ request: requestId });
/** Where a list goes on; what an earlier page gave as `next`. */
const paged = z.object({ after: once(cursor) });

/** The lines of a list's page, unless the caller asks for fewer. */
export const linesOnPage = 20;
const listed = paged.extend({
  limit: once(z.coerce.number<string>().int().min(1).max(linesOnPage)),
});
/** Where a page of a list begins and how long it is. */
export type PageAsked = z.infer<typeof listed>;

/** The version that the person saw; a change of another version is refused. */
const seenVersion = z.int().min(1);

const names = z.record(z.string(), z.string());

/** The agency's people who follow what districts ask for. An auditor reads all and writes nothing. */
const agencyReaders: readonly Role[] = [
  'agency:program-lead',
  'agency:screener',
  'agency:reviewer',
  'agency:chair',
  'agency:determiner',
  'agency:liaison',
  'agency:plan-manager',
  'agency:network-coordinator',
  'agency:auditor',
];
const partnerReaders: readonly Role[] = actRoles['mark-seen'];
const requestReaders: readonly Role[] = [...actRoles.read, 'agency:auditor'];

/** What every change answers: the state after it, to be changed next. */
const changed = z.object({ request: requestId, version: seenVersion });

/** A line of a district's list, with what its dates say now. */
export const requestLine = requestSummary.extend({ status: z.enum(requestStatuses) });

/** A line of a partner's list. It says nothing of other partners. */
export const invitationLine = invitationSummary.omit({ end: true, amendments: true, amendmentSeen: true }).extend({
  status: z.enum(invitationStatuses),
  phase: z.enum(partnerPhases),
  /** Amendments that nobody of the partner has opened yet. */
  unread: z.int().min(0).max(amendmentsAtMost),
});

export const districtRequestPage = districtRequest.extend({
  version: seenVersion,
  /** By the id of a partner, as it was called at the sending; empty for a draft. */
  partners: names,
  /** By the id of one of the district's own people, who drafted, commented or decided. */
  people: names,
  /** The newest questions and comments stand in the lists; these go on with the older ones. */
  older: z.object({ questions: cursor.optional(), comments: cursor.optional() }),
  /** By the id of a question: the version that an answer to it changes. */
  questionVersions: z.record(questionId, seenVersion),
});

const partnerQuestion = partnerRequest.shape.questions.element;

export const partnerRequestPage = partnerRequest.extend({
  names: z.object({ district: z.string(), partner: z.string() }),
  older: z.object({ questions: cursor.optional() }),
});

const requests = {
  list: route
    .meta({ access: actRoles.read })
    .route({
      method: 'GET',
      path: '/programs/{program}/requests',
      summary: "The district's requests, the newest first",
      tags: ['Requests'],
    })
    .input(z.object({ params: ofProgram, query: listed }))
    .errors(refusable('not-found'))
    .output(pageOf(requestLine)),

  draft: route
    .meta({ access: actRoles.draft, change: true })
    .route({
      method: 'POST',
      path: '/programs/{program}/requests',
      summary: 'Begin a request',
      description:
        'The caller brings the id, so that sending this twice makes one draft. Without content it begins empty, with a reply-by two weeks ahead.',
      tags: ['Requests'],
    })
    .input(z.object({ params: ofProgram, body: z.object({ id: requestId, content: requestInput.optional() }) }))
    .errors(refusable('not-found', 'already-exists', 'changed-meanwhile'))
    .output(changed),

  get: route
    .meta({ access: requestReaders })
    .route({
      method: 'GET',
      path: '/programs/{program}/requests/{request}',
      summary: "A request as the district's own people see it",
      tags: ['Requests'],
    })
    .input(z.object({ params: ofRequest }))
    .errors(refusable('not-found'))
    .output(districtRequestPage),

  edit: route
    .meta({ access: actRoles.edit, change: true })
    .route({
      method: 'PUT',
      path: '/programs/{program}/requests/{request}',
      summary: 'Save a draft',
      description: 'The whole content: a field that is left out is emptied.',
      tags: ['Requests'],
    })
    .input(z.object({ params: ofRequest, body: z.object({ version: seenVersion, content: requestInput }) }))
    .errors(refusable('not-found', 'wrong-state', 'changed-meanwhile'))
    .output(changed),

  send: route
    .meta({ access: actRoles.send, change: true })
    .route({
      method: 'POST',
      path: '/programs/{program}/requests/{request}/send',
      summary: 'Send a draft to its partners',
      description: 'All of them or none: each must be approved in the area, have an account and have room.',
      tags: ['Requests'],
    })
    .input(z.object({ params: ofRequest, body: z.object({ version: seenVersion }) }))
    .errors(refusable('not-found', 'wrong-state', 'changed-meanwhile', 'approval-inactive', 'unclaimed', 'at-capacity'))
    .output(changed),

  amend: route
    .meta({ access: actRoles.amend, change: true })
    .route({
      method: 'POST',
      path: '/programs/{program}/requests/{request}/amendments',
      summary: 'Amend a sent request, for all invited partners alike',
      description: 'A field that is left out stays; `null` takes a figure back.',
      tags: ['Requests'],
    })
    .input(z.object({ params: ofRequest, body: z.object({ version: seenVersion, amendment: amendmentInput }) }))
    .errors(refusable('not-found', 'wrong-state', 'changed-meanwhile', 'at-capacity'))
    .output(changed),

  withdraw: route
    .meta({ access: actRoles.withdraw, change: true })
    .route({
      method: 'POST',
      path: '/programs/{program}/requests/{request}/withdrawal',
      summary: 'Withdraw a draft or a sent request',
      tags: ['Requests'],
    })
    .input(z.object({ params: ofRequest, body: z.object({ version: seenVersion, ...withdrawalInput.shape }) }))
    .errors(refusable('not-found', 'wrong-state', 'changed-meanwhile'))
    .output(changed),

  recordOutcome: route
    .meta({ access: actRoles['record-outcome'], change: true })
    .route({
      method: 'POST',
      path: '/programs/{program}/requests/{request}/outcome',
      summary: 'Record the outcome: awarded, none suitable or cancelled',
      description:
        'An award names the answers it rests on, each by the instant at which it was given; an answer that the partner changed since is not awarded unseen.',
      tags: ['Requests'],
    })
    .input(
      z.object({
        params: ofRequest,
        body: z.object({
          version: seenVersion,
          answers: z
            .array(z.object({ partner: organizationId, at: instant }))
            .max(partnersAtMost)
            .default([]),
          outcome: outcomeInput,
        }),
      }),
    )
    .errors(refusable('not-found', 'wrong-state', 'changed-meanwhile', 'approval-inactive'))
    .output(changed),

  questions: route
    .meta({ access: requestReaders })
    .route({
      method: 'GET',
      path: '/programs/{program}/requests/{request}/questions',
      summary: 'The questions about a request, the newest first',
      tags: ['Requests'],
    })
    .input(z.object({ params: ofRequest, query: paged }))
    .errors(refusable('not-found'))
    .output(pageOf(question.extend({ version: seenVersion }))),

  answerQuestion: route
    .meta({ access: actRoles['answer-question'], change: true })
    .route({
      method: 'PUT',
      path: '/programs/{program}/requests/{request}/questions/{question}/answer',
      summary: 'Answer a question; every invited partner sees it',
      tags: ['Requests'],
    })
    .input(
      z.object({
        params: ofRequest.extend({ question: questionId }),
        body: z.object({ version: seenVersion, ...wordsInput.shape }),
      }),
    )
    .errors(refusable('not-found', 'wrong-state', 'changed-meanwhile'))
    .output(z.object({ question: questionId, version: seenVersion })),

  comments: route
    .meta({ access: requestReaders })
    .route({
      method: 'GET',
      path: '/programs/{program}/requests/{request}/comments',
      summary: "Words among the district's own people, the newest first",
      tags: ['Requests'],
    })
    .input(z.object({ params: ofRequest, query: paged }))
    .errors(refusable('not-found'))
    .output(pageOf(comment).extend({ people: names })),

  comment: route
    .meta({ access: actRoles.comment, change: true })
    .route({
      method: 'POST',
      path: '/programs/{program}/requests/{request}/comments',
      summary: 'Say something to the own people; no partner ever sees it',
      description: 'The caller brings the id, so that sending this twice makes one comment.',
      tags: ['Requests'],
    })
    .input(z.object({ params: ofRequest, body: z.object({ id: commentId, ...wordsInput.shape }) }))
    .errors(refusable('not-found', 'wrong-state', 'already-exists', 'changed-meanwhile'))
    .output(z.object({ comment: commentId })),
};

const invitations = {
  list: route
    .meta({ access: partnerReaders })
    .route({
      method: 'GET',
      path: '/programs/{program}/invitations',
      summary: "The partner's invitations in this program, the newest first",
      tags: ['Invitations'],
    })
    .input(z.object({ params: ofProgram, query: listed }))
    .errors(refusable('not-found'))
    .output(pageOf(invitationLine)),

  get: route
    .meta({ access: partnerReaders })
    .route({
      method: 'GET',
      path: '/programs/{program}/invitations/{request}',
      summary: 'A request as one invited partner sees it',
      tags: ['Invitations'],
    })
    .input(z.object({ params: ofRequest }))
    .errors(refusable('not-found'))
    .output(partnerRequestPage),

  questions: route
    .meta({ access: partnerReaders })
    .route({
      method: 'GET',
      path: '/programs/{program}/invitations/{request}/questions',
      summary: 'The questions of all invited partners without their names, the newest first',
      tags: ['Invitations'],
    })
    .input(z.object({ params: ofRequest, query: paged }))
    .errors(refusable('not-found'))
    .output(pageOf(partnerQuestion)),

  seen: route
    .meta({ access: actRoles['mark-seen'], change: true })
    .route({
      method: 'POST',
      path: '/programs/{program}/invitations/{request}/seen',
      summary: 'Record that the request was opened, with the amendments that the page showed',
      description: 'Sent by the page itself, as often as it is opened. What was recorded before stays.',
      tags: ['Invitations'],
    })
    .input(z.object({ params: ofRequest, body: z.object({ amendments: z.int().min(0).max(amendmentsAtMost) }) }))
    .errors(refusable('not-found', 'changed-meanwhile'))
    .output(z.object({ request: requestId })),

  answer: route
    .meta({ access: actRoles.answer, change: true })
    .route({
      method: 'PUT',
      path: '/programs/{program}/invitations/{request}/answer',
      summary: 'Answer with an indicative price and a start, or decline with a reason',
      description:
        'Can be changed until the reply-by. Every amendment must have been opened. `replaces` is the instant of the answer that the page showed, absent where there was none.',
      tags: ['Invitations'],
    })
    .input(z.object({ params: ofRequest, body: z.object({ replaces: instant.optional(), answer: answerInput }) }))
    .errors(refusable('not-found', 'wrong-state', 'changed-meanwhile'))
    .output(z.object({ request: requestId, at: instant })),

  ask: route
    .meta({ access: actRoles.ask, change: true })
    .route({
      method: 'POST',
      path: '/programs/{program}/invitations/{request}/questions',
      summary: 'Ask the district; every invited partner sees the words, only the district who asked',
      description: 'The caller brings the id, so that sending this twice makes one question.',
      tags: ['Invitations'],
    })
    .input(z.object({ params: ofRequest, body: z.object({ id: questionId, ...wordsInput.shape }) }))
    .errors(refusable('not-found', 'wrong-state', 'already-exists', 'changed-meanwhile'))
    .output(z.object({ question: questionId })),
};

export const engagementsContract = {
  requests,
  invitations,

  engagements: {
    list: route
      .meta({ access: [...actRoles.read, ...partnerReaders, ...agencyReaders] })
      .route({
        method: 'GET',
        path: '/programs/{program}/engagements',
        summary: 'Engagements, the newest first: of the own district or partner; for the agency, all of its program',
        tags: ['Engagements'],
      })
      .input(z.object({ params: ofProgram, query: listed }))
      .errors(refusable('not-found'))
      .output(pageOf(engagementSummary)),
  },

  demand: {
    get: route
      .meta({ access: agencyReaders })
      .route({
        method: 'GET',
        path: '/programs/{program}/demand',
        summary: 'Requests, answer times, declines and outcomes of the last 24 months',
        tags: ['Demand'],
      })
      .input(z.object({ params: ofProgram }))
      .errors(refusable('not-found'))
      .output(z.object({ months: z.array(demandMonth) })),

    unmet: route
      .meta({ access: agencyReaders })
      .route({
        method: 'GET',
        path: '/programs/{program}/demand/unmet',
        summary: 'Requests past their reply-by that led to no work, the newest first',
        tags: ['Demand'],
      })
      .input(z.object({ params: ofProgram, query: listed }))
      .errors(refusable('not-found'))
      .output(pageOf(unmetNeed)),
  },
};
