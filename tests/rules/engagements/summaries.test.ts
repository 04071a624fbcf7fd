import fc from 'fast-check';
import { expect, test } from 'vitest';
import { request } from '#shared/engagements/model.ts';
import {
  invitationPart,
  invitationPartOfRequest,
  invitationSummary,
  invitationSummaryStatus,
  requestPart,
  requestSummary,
  summaryPhase,
  summaryStatus,
} from '#shared/engagements/summaries.ts';
import { invitationStatus, partnerPhase, requestStatus } from '#shared/engagements/status.ts';
import {
  aDraft,
  afterReplyBy,
  anInvitation,
  aSentRequest,
  awardedTo,
  birch,
  cancellation,
  cedar,
  draftedAt,
  interest,
  maple,
  midway,
  noneSuitable,
  refusal,
  replyBy,
  withdrawal,
} from './builders.ts';

const at = fc.constantFrom(draftedAt, midway, replyBy, afterReplyBy);
const ending = fc.constantFrom(
  {},
  { withdrawn: withdrawal },
  { outcome: noneSuitable },
  { outcome: cancellation },
  { outcome: awardedTo(birch) },
  { outcome: awardedTo(birch, cedar) },
  { withdrawn: { ...withdrawal, at: afterReplyBy } },
  { outcome: { ...noneSuitable, at: afterReplyBy } },
);
const side = fc.record({
  partner: fc.constantFrom(birch, cedar, maple),
  own: fc.constantFrom({}, { seenAt: midway }, { answer: interest }, { seenAt: midway, answer: refusal }),
});

test('a line in a list says what the whole request and invitation say, at every instant', () => {
  fc.assert(
    fc.property(ending, side, at, (end, { partner, own }, when) => {
      const sent = aSentRequest(end);
      const invitation = anInvitation(partner, own);
      expect(summaryStatus(requestSummary.parse(requestPart(sent)), when)).toBe(requestStatus(sent, when));
      const line = invitationSummary.parse({
        ...invitationPart(invitation),
        ...invitationPartOfRequest(sent, partner),
        names: { district: 'Fernhill', partner },
      });
      expect(summaryPhase(line, when)).toBe(partnerPhase(sent, when));
      expect(invitationSummaryStatus(line, when)).toBe(invitationStatus(invitation, sent, when));
    }),
    { numRuns: 500 },
  );
});

test.each([{}, { withdrawn: withdrawal }])('a draft with %j is the same in the list', (given) => {
  const draft = request.parse({ ...aDraft(), ...given });
  const line = requestSummary.parse(requestPart(draft));
  expect(summaryStatus(line, afterReplyBy)).toBe(requestStatus(draft, afterReplyBy));
  expect(line).toMatchObject({ title: draft.content.need.title, asked: 3, interested: 0, declined: 0 });
});
