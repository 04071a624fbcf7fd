import { showInstant } from '../../kernel/show-instant.ts';
import { approvalLetter, approvalSample, approvalStaff, toThePartner } from '../approval-letter.ts';
import { given } from '../facts.ts';
import { list, paragraph } from '../letter.ts';
import { sampleApproval } from '../sample.ts';
import { template } from '../template.ts';

export const approvalGrantedToPartner = template({
  ...toThePartner,
  name: 'approval-granted-to-partner',
  event: 'catalogue.approval-granted',
  due: {
    roles: approvalStaff,
    stillTrue: (facts, _, at) => facts.removedAt === undefined && (facts.ends === undefined || at <= facts.ends),
  },
  letter: (record) =>
    approvalLetter(
      record,
      'Approved',
      'has approved you.',
      list(['Until', showInstant(given(record.facts.ends, 'end'), record.setting.program.zone)]),
      paragraph('Being listed is not a contract and guarantees no work.'),
    ),
  sample: approvalSample(sampleApproval),
});
