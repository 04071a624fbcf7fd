import { whyNot, whyNotWithoutArea, type ApprovalAct } from '#shared/catalogue/acts.ts';
import type { Approval, ApprovalStatus } from '#shared/catalogue/model.ts';
import { unknownArea } from '#shared/programs/unknown-area.ts';
import { isRecord } from '#lib/is-record.ts';
import { withValueAt } from './editing/content-path.ts';
import { readEntry, type EntryField } from './editing/entry-field.ts';
import type { ProgramFacts } from '#lib/api.ts';
import type { TypedValues } from '#lib/forms/typed-values.ts';

interface ActWords {
  /** On the button. */
  readonly label: string;
  /** What happens, in one sentence. */
  readonly effect: string;
}

/** Every act of the state on an approval, in the order in which a page offers them. */
export const actWords: Readonly<Record<ApprovalAct, ActWords>> = {
  grant: {
    label: 'Grant',
    effect: 'The partner is approved in this area from the first day to the end of the last day.',
  },
  renew: { label: 'Renew', effect: 'The approval ends later. Conditions and probation stay.' },
  'set-condition': {
    label: 'Set a condition',
    effect: 'The condition binds until it is marked as met, also past its due date. It ends no approval by itself.',
  },
  'meet-condition': { label: 'Mark a condition as met', effect: 'The condition no longer binds.' },
  'put-on-probation': {
    label: 'Put on probation',
    effect: 'No new work can be asked for until the probation ends. Work that was agreed goes on.',
  },
  'end-probation': { label: 'End the probation', effect: 'The approval holds again as before the probation.' },
  suspend: { label: 'Suspend', effect: 'The partner leaves the default list, and no new work can be asked for.' },
  'lift-suspension': { label: 'Lift the suspension', effect: 'The approval holds again as before the suspension.' },
  end: { label: 'End the approval', effect: 'The approval is taken away now. The page and the change log say why.' },
};

export function isApprovalAct(word: string): word is ApprovalAct {
  return Object.hasOwn(actWords, word);
}

/** Why an act cannot be done in this area now; undefined when it can. */
export function whyNotIn(area: string, act: ApprovalAct, status: ApprovalStatus | undefined): string | undefined {
  return area === unknownArea ? whyNotWithoutArea(act, status) : whyNot(act, status);
}

const publicWords: EntryField = {
  name: 'words',
  label: 'In your own words',
  kind: 'paragraph',
  longest: 2000,
  needed: 'no',
  hint: 'Public: these words stand in the change log for everybody to read.',
};

function lastDay(label: string, needed: 'always' | 'no', hint: string): EntryField {
  return { name: 'until', label, kind: 'day', needed, hint };
}

/** The fields of an act's form. Days are those of the program's zone; an end day counts whole. */
export function actFields(
  act: ApprovalAct,
  program: ProgramFacts,
  approval: Approval | undefined,
): readonly EntryField[] {
  const reasons = program.reasons.approval.map(({ id, name }) => ({ value: id, label: name }));
  const reason: EntryField = {
    name: 'reason',
    label: 'Reason',
    kind: 'choice',
    stored: 'text',
    options: reasons,
    needed: 'always',
    hint: 'Public.',
  };
  switch (act) {
    case 'grant':
      return [
        { name: 'granted', label: 'First day', kind: 'day', needed: 'always' },
        { name: 'ends', label: 'Last day', kind: 'day', needed: 'always', hint: 'It counts to the end of that day.' },
      ];
    case 'renew':
      return [
        {
          name: 'ends',
          label: 'New last day',
          kind: 'day',
          needed: 'always',
          hint: 'It counts to the end of that day.',
        },
      ];
    case 'set-condition':
      return [
        {
          name: 'text',
          label: 'Condition',
          kind: 'paragraph',
          longest: 2000,
          needed: 'always',
          hint: 'Public: everybody can read it on the partner’s page.',
        },
        { name: 'due', label: 'Due day', kind: 'day', needed: 'no' },
      ];
    case 'meet-condition': {
      const open = (approval?.conditions ?? []).flatMap(({ text, metAt }, index) =>
        metAt === undefined ? [{ value: String(index), label: text }] : [],
      );
      return [
        {
          name: 'condition',
          label: 'Which condition was met',
          kind: 'choice',
          stored: 'number',
          options: open,
          needed: 'always',
        },
      ];
    }
    case 'put-on-probation':
      return [
        lastDay('Last day of the probation', 'no', 'Without it the probation lasts until it is ended.'),
        publicWords,
      ];
    case 'suspend':
      return [
        reason,
        lastDay('Last day of the suspension', 'no', 'Without it the suspension lasts until it is lifted.'),
        publicWords,
      ];
    case 'end':
      return [reason, publicWords];
    case 'end-probation':
    case 'lift-suspension':
      return [];
  }
}

/** What was typed, as the API takes it, with a sentence for each field that cannot be read. */
export function readAct(act: ApprovalAct, fields: readonly EntryField[], typed: TypedValues) {
  const { entry, problems } = readEntry(fields, typed, {});
  return { decision: withValueAt(isRecord(entry) ? entry : {}, ['act'], act), problems };
}
