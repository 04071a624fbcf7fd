import { error } from '@sveltejs/kit';
import type { OrganizationKind } from '#shared/kernel/actors.ts';
import type { Api } from '#lib/api.ts';
import { sentenceForStatus } from '#lib/status-sentence.ts';
import { worksIn } from './works-in.ts';

export type Session = Awaited<ReturnType<Api['accounts']['session']['get']>>;
export type Belonging = NonNullable<Session['acting']>;

/** Who is signed in; everybody else gets the page that asks for it. */
export function signedInPerson(session: Session | undefined): NonNullable<Session['person']> {
  if (session?.person === undefined) error(401, sentenceForStatus(401));
  return session.person;
}

const whose: Readonly<Record<OrganizationKind, string>> = {
  district: 'a district',
  partner: 'a partner',
  agency: 'the state’s agency',
};

/**
 * The organization that the visitor acts for, if it is of one of these kinds and belongs to the
 * program; a partner belongs to every one. Other visitors get the page that says why not. It says
 * what a page offers; the API decides.
 */
export function actingAs(
  session: Session | undefined,
  program: string,
  ...kinds: readonly OrganizationKind[]
): Belonging {
  signedInPerson(session);
  const acting = session?.acting;
  if (acting !== undefined && kinds.includes(acting.kind) && worksIn(acting, program)) return acting;
  const list = new Intl.ListFormat('en-US', { type: 'disjunction' }).format(kinds.map((kind) => whose[kind]));
  const now = acting === undefined ? 'You act for no organization now.' : `You act for ${acting.name} now.`;
  error(403, `This page is for people of ${list} in this program. ${now}`);
}
