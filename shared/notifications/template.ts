import type { Role } from '../kernel/actors.ts';
import type { PersonId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instants.ts';
import type { About, Facts, FactsOf, Setting, SubjectKind } from './facts.ts';
import type { Letter } from './letter.ts';
import { isOpen, taskRoles, tasksOf, type Task, type TaskKind } from './tasks.ts';

/** Which of the organizations that an event concerns a template is written for. */
export type Side = 'partners' | 'district' | 'state' | 'organization';

/** Everything that a letter is written from. */
export interface LetterRecord<K extends SubjectKind = SubjectKind> {
  readonly facts: FactsOf<K>;
  readonly about: About;
  readonly setting: Setting;
}

type Condition<K extends SubjectKind> = (facts: FactsOf<K>, about: About, at: Instant) => boolean;

/**
 * To whom a letter is still due: whoever has an open task of these kinds, or the holders of some
 * roles, or the one person it is about.
 */
type Due<K extends SubjectKind> =
  | { readonly todo: readonly TaskKind[]; readonly stillTrue?: Condition<K> }
  | { readonly roles: readonly Role[]; readonly stillTrue: Condition<K> }
  | { readonly person: true; readonly stillTrue: Condition<K> };

interface Definition<N extends string, K extends SubjectKind> {
  readonly name: N;
  /** The name of the event type that it tells of. */
  readonly event: string;
  readonly subject: K;
  readonly side: Side;
  readonly due: Due<K>;
  readonly letter: (record: LetterRecord<K>) => Letter;
  /** Why it came to the reader, as a sentence. */
  readonly why: (record: LetterRecord<K>) => string;
  readonly sample: LetterRecord<K>;
}

/** Whoever a notice is still for at an instant. */
export type Eligible = { readonly roles: readonly Role[] } | { readonly person: PersonId };

/** One event told to one audience. */
export interface Template<N extends string = string> {
  readonly name: N;
  readonly event: string;
  readonly side: Side;
  /** Every role that it can come to; none for a letter to one person. */
  readonly roles: readonly Role[];
  /** The tasks it asks the reader to do; none for a letter that only tells. */
  readonly todo: readonly TaskKind[];
  readonly sample: LetterRecord;
  /** Asked when the mail leaves: undefined when it has stopped being true, or of use, for everybody. */
  eligible(facts: Facts, about: About, at: Instant): Eligible | undefined;
  letter(record: LetterRecord): Letter;
  why(record: LetterRecord): string;
}

function isAbout<K extends SubjectKind>(kind: K, facts: Facts): facts is FactsOf<K> {
  return facts.kind === kind;
}

function rolesOfOpen(tasks: readonly Task[], kinds: readonly TaskKind[], about: About, at: Instant): readonly Role[] {
  const open = tasks.filter(
    (task) => kinds.includes(task.what.kind) && task.organization === about.organization && isOpen(task, at),
  );
  return [...new Set(open.flatMap((task) => task.roles))];
}

export function template<const N extends string, K extends SubjectKind>(definition: Definition<N, K>): Template<N> {
  const { name, event, side, due, subject } = definition;

  const facts = (all: Facts): FactsOf<K> => {
    if (!isAbout(subject, all)) throw new Error(`The notice ${name} was given the facts of another kind of subject.`);
    return all;
  };
  const record = ({ facts: all, about, setting }: LetterRecord): LetterRecord<K> => ({
    facts: facts(all),
    about,
    setting,
  });

  return {
    name,
    event,
    side,
    roles:
      'todo' in due ? [...new Set<Role>(due.todo.flatMap((kind) => taskRoles[kind]))] : 'roles' in due ? due.roles : [],
    todo: 'todo' in due ? due.todo : [],
    sample: definition.sample,
    eligible(all, about, at) {
      const own = facts(all);
      if (due.stillTrue?.(own, about, at) === false) return undefined;
      if ('person' in due) return about.person === undefined ? undefined : { person: about.person };
      const roles = 'todo' in due ? rolesOfOpen(tasksOf(own), due.todo, about, at) : due.roles;
      return roles.length === 0 ? undefined : { roles };
    },
    letter: (given) => definition.letter(record(given)),
    why: (given) => definition.why(record(given)),
  };
}
