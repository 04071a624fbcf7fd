import { approvalLetter, approvalSample, approvalStaff, toThePartner } from '../approval-letter.ts';
import { given } from '../facts.ts';
import { list, paragraph } from '../letter.ts';
import { sampleAt, sampleReason } from '../sample.ts';
import { template } from '../template.ts';
import { approvalReason } from '../words.ts';

export const approvalEndedToPartner = template({
  ...toThePartner,
  name: 'approval-ended-to-partner',
  event: 'catalogue.approval-ended',
  due: { roles: approvalStaff, stillTrue: (facts, _, at) => facts.removedAt !== undefined && facts.removedAt <= at },
  letter: (record) =>
    approvalLetter(
      record,
      'Approval ended',
      'has ended your approval.',
      list(['Reason', approvalReason(record.setting, given(record.about.reason, 'reason'))]),
      paragraph('Districts can no longer send you requests in this area. Work that has begun is not touched by this.'),
    ),
  sample: approvalSample({ removedAt: sampleAt }, { reason: sampleReason }),
});
