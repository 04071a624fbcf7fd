import { approvalLetter, approvalSample, approvalStaff, holds, toThePartner } from '../approval-letter.ts';
import { paragraph } from '../letter.ts';
import { sampleAt } from '../sample.ts';
import { template } from '../template.ts';

export const approvalPutOnProbationToPartner = template({
  ...toThePartner,
  name: 'approval-put-on-probation-to-partner',
  event: 'catalogue.approval-put-on-probation',
  due: {
    roles: approvalStaff,
    stillTrue: (facts, _, at) =>
      facts.removedAt === undefined && facts.probation !== undefined && holds(facts.probation, at),
  },
  letter: (record) =>
    approvalLetter(
      record,
      'Approval on probation',
      'has put your approval on probation.',
      paragraph('Until the probation ends, districts cannot send you requests in this area or award them to you.'),
    ),
  sample: approvalSample({ probation: { from: sampleAt } }),
});
