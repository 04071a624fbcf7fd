import { error } from '@sveltejs/kit';
import { whyRoleNot, whyStatusNot, type ActOnRequest } from '#shared/engagements/permitted-acts.ts';
import { apiFor, type Api } from '#lib/api.ts';
import { actingAs, type Belonging, type Session } from '#lib/accounts/session.ts';
import { forPage } from '#lib/failure.ts';
import { schoolsOf } from './districts.ts';

export type RequestPage = Awaited<ReturnType<Api['engagements']['requests']['get']>>;

/** A request on the desk of the visitor's own district; an auditor of the agency reads it too. */
export interface RequestDesk {
  readonly acting: Belonging;
  readonly shown: RequestPage;
  readonly schools: readonly { readonly id: string; readonly name: string }[];
}

type Fetch = typeof globalThis.fetch;

export async function openRequest(
  fetch: Fetch,
  session: Session | undefined,
  params: { readonly program: string; readonly request: string },
): Promise<RequestDesk> {
  const acting = actingAs(session, params.program, 'district', 'agency');
  const shown = await forPage(apiFor(fetch).engagements.requests.get({ params }));
  return { acting, shown, schools: await schoolsOf(fetch, params.program, shown.request.district) };
}

/** Opens the page of one act, or the page that says why the act is not possible. */
export async function openForAct(
  fetch: Fetch,
  session: Session | undefined,
  params: { readonly program: string; readonly request: string },
  act: ActOnRequest,
): Promise<RequestDesk> {
  const desk = await openRequest(fetch, session, params);
  const whyNobody = whyRoleNot(act, desk.acting.roles);
  if (whyNobody !== undefined) error(403, whyNobody);
  const whyNotNow = whyStatusNot(act, desk.shown.status);
  if (whyNotNow !== undefined) {
    const back = { href: `/${params.program}/requests/${params.request}`, label: 'Go to the request' };
    error(409, { message: whyNotNow, back });
  }
  return desk;
}
