import { approvalLetter, approvalSample, approvalStaff, holds, toThePartner } from '../approval-letter.ts';
import { given } from '../facts.ts';
import { list, paragraph } from '../letter.ts';
import { sampleAt, sampleReason } from '../sample.ts';
import { template } from '../template.ts';
import { approvalReason } from '../words.ts';

export const approvalSuspendedToPartner = template({
  ...toThePartner,
  name: 'approval-suspended-to-partner',
  event: 'catalogue.approval-suspended',
  due: {
    roles: approvalStaff,
    stillTrue: (facts, _, at) => facts.removedAt === undefined && facts.suspensions.some((one) => holds(one, at)),
  },
  letter: (record) =>
    approvalLetter(
      record,
      'Approval suspended',
      'has suspended your approval.',
      list(['Reason', approvalReason(record.setting, given(record.about.reason, 'reason'))]),
      paragraph('Until the suspension ends, districts cannot send you requests in this area or award them to you.'),
    ),
  sample: approvalSample({ suspensions: [{ from: sampleAt }] }, { reason: sampleReason }),
});
