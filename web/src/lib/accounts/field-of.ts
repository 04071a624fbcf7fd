/** The name of a field of one person's form, where a page has such a form for each of several. */
export function fieldOf(name: string, person: string): string {
  return `${name}-${person}`;
}

/** What the forms about a person are called in a refusal. */
export function formOfMember(person: string): string {
  return `member-${person}`;
}

export function formOfJoining(person: string): string {
  return `join-${person}`;
}
