import { approvalLetter, approvalSample, approvalStaff, toThePartner } from '../approval-letter.ts';
import { paragraph } from '../letter.ts';
import { template } from '../template.ts';

export const approvalConditionSetToPartner = template({
  ...toThePartner,
  name: 'approval-condition-set-to-partner',
  event: 'catalogue.approval-condition-set',
  due: {
    roles: approvalStaff,
    stillTrue: (facts, about) => {
      const condition = facts.conditions[about.condition ?? -1];
      return facts.removedAt === undefined && condition !== undefined && condition.metAt === undefined;
    },
  },
  letter: (record) =>
    approvalLetter(
      record,
      'A condition on your approval',
      'has set a condition on your approval.',
      paragraph('Your approval stays in force. The condition, with its date if it has one, stands on your page.'),
    ),
  sample: approvalSample({}, { condition: 0 }),
});
