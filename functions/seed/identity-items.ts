import { sha256 } from '#platform/hash.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import type { Item } from '#platform/table.ts';
import { importPeople, type ImportedPerson } from '../accounts/index.ts';
import type { DemonstrationPerson } from './demonstration-person.ts';

/** The person as accounts imports one, without memberships. */
export function importedPerson({ id, sub, name, email }: DemonstrationPerson, issuer: string): ImportedPerson {
  // Nobody is behind these people, so the salt may be repeatable.
  return { id, issuer, subject: sub, name, email, salt: sha256(`demonstration|${sub}`), memberships: [] };
}

/** The look-ups by which a provider's subjects are these people; the people themselves are in the store. */
export function identityItems(people: readonly DemonstrationPerson[], issuer: string, at: Instant): readonly Item[] {
  const { items } = importPeople(
    people.map((one) => importedPerson(one, issuer)),
    at,
  );
  return items.filter((item) => item.pk.startsWith('SUBJECT#'));
}
