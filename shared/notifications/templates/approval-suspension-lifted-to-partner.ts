import { approvalLetter, approvalSample, approvalStaff, holds, toThePartner } from '../approval-letter.ts';
import { template } from '../template.ts';

export const approvalSuspensionLiftedToPartner = template({
  ...toThePartner,
  name: 'approval-suspension-lifted-to-partner',
  event: 'catalogue.approval-suspension-lifted',
  due: {
    roles: approvalStaff,
    stillTrue: (facts, _, at) => facts.removedAt === undefined && !facts.suspensions.some((one) => holds(one, at)),
  },
  letter: (record) => approvalLetter(record, 'Suspension lifted', 'has lifted the suspension of your approval.'),
  sample: approvalSample({}),
});
