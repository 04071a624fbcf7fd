import { showInstant } from '../../kernel/show-instant.ts';
import { approvalLetter, approvalSample, approvalStaff, toThePartner } from '../approval-letter.ts';
import { given } from '../facts.ts';
import { list } from '../letter.ts';
import { sampleApproval } from '../sample.ts';
import { template } from '../template.ts';

export const approvalRenewedToPartner = template({
  ...toThePartner,
  name: 'approval-renewed-to-partner',
  event: 'catalogue.approval-renewed',
  due: {
    roles: approvalStaff,
    stillTrue: (facts, about, at) =>
      facts.removedAt === undefined && facts.ends !== undefined && facts.ends === about.ends && at <= facts.ends,
  },
  letter: (record) =>
    approvalLetter(
      record,
      'Approval renewed',
      'has renewed your approval.',
      list(['Until', showInstant(given(record.facts.ends, 'end'), record.setting.program.zone)]),
    ),
  sample: approvalSample(sampleApproval, sampleApproval.ends === undefined ? {} : { ends: sampleApproval.ends }),
});
