import * as z from 'zod';
import { route } from '../contract/route.ts';
import { invitationLinkId, organizationId, personId, programId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';
import { cursor, pageOf } from '../kernel/pages.ts';
import { once } from '../kernel/query-words.ts';
import { refusable } from '../kernel/refusable.ts';
import { roles } from './model.ts';
import { headRoles } from './roles.ts';
import { signInReturnRoute } from './sign-in-return.ts';
import {
  districtPage,
  districtView,
  invitationView,
  joinRequestView,
  memberView,
  organizationSummary,
  organizationView,
  sessionView,
} from './views.ts';

const ofOrganization = z.object({ organization: organizationId });
const ofMember = ofOrganization.extend({ person: personId });
const ofProgram = z.object({ program: programId });
/** Where a list goes on; what an earlier page gave as `next`. */
const paged = z.object({ after: once(cursor) });

const setCookies = z.array(z.string()).optional();
const redirection = z.object({
  status: z.literal(302),
  headers: z.object({ location: z.string(), 'set-cookie': setCookies }),
});

/** Whatever a provider or a visitor puts there: judged by the sign-in, never by the shape. */
const providerWord = once(z.string().max(4_000));

const token = z.string().regex(/^[a-z0-9]{32}$/, 'This is not the end of one of our links.');

const signIn = {
  begin: route
    .meta({ access: 'public', signIn: true })
    .route({
      method: 'GET',
      path: '/sign-in',
      summary: 'Leave for the identity provider',
      description: '`return` is the path of this site to come back to; any other address counts as the first page.',
      tags: ['Sign-in'],
      outputStructure: 'detailed',
      successStatus: 302,
    })
    .input(z.object({ query: z.object({ return: once(z.string().max(4_000)) }) }))
    .errors(refusable('unavailable'))
    .output(redirection),

  callback: route
    .meta({ access: 'public', signIn: true })
    .route({
      method: 'GET',
      path: signInReturnRoute,
      summary: 'Come back from the identity provider',
      description:
        'A sign-in that did not succeed goes to `/sign-in/failed?reason=…`: `cancelled`, `expired`, `refused` or `no-name`.',
      tags: ['Sign-in'],
      outputStructure: 'detailed',
      successStatus: 302,
    })
    .input(
      z.object({
        // A provider may add words of its own, which are to be ignored (RFC 6749, 4.1.2).
        query: z.looseObject({
          code: providerWord,
          state: providerWord,
          iss: providerWord,
          error: providerWord,
          error_description: providerWord,
        }),
      }),
    )
    .errors(refusable('unavailable'))
    .output(redirection),

  signOut: route
    .meta({ access: 'public', change: true })
    .route({
      method: 'POST',
      path: '/sign-out',
      summary: 'End the session',
      description: '`next` is the address at which the identity provider ends its own session.',
      tags: ['Sign-in'],
      outputStructure: 'detailed',
    })
    .output(
      z.object({
        headers: z.object({ 'set-cookie': setCookies }),
        body: z.object({ next: z.string() }),
      }),
    ),
};

const session = {
  get: route
    .meta({ access: 'public' })
    .route({
      method: 'GET',
      path: '/session',
      summary: 'Who is signed in, for whom they act and could act',
      tags: ['Sign-in'],
    })
    .output(sessionView),

  act: route
    .meta({ access: 'signed-in', change: true })
    .route({
      method: 'PUT',
      path: '/session/acting',
      summary: 'Act for another organization of yours',
      tags: ['Sign-in'],
    })
    .input(z.object({ body: z.object({ organization: organizationId }) }))
    .errors(refusable('not-found', 'changed-meanwhile'))
    .output(sessionView.shape.acting.unwrap()),
};

const members = {
  list: route
    .route({
      method: 'GET',
      path: '/organizations/{organization}/members',
      summary: 'Its members',
      tags: ['Organizations'],
    })
    .input(z.object({ params: ofOrganization, query: paged }))
    .errors(refusable('not-found'))
    .output(pageOf(memberView)),

  change: route
    .meta({ access: headRoles, change: true })
    .route({
      method: 'PUT',
      path: '/organizations/{organization}/members/{person}',
      summary: "Change a member's roles",
      tags: ['Organizations'],
    })
    .input(z.object({ params: ofMember, body: z.object({ roles, version: z.int().min(1) }) }))
    .errors(refusable('not-found', 'wrong-state', 'changed-meanwhile'))
    .output(memberView.omit({ name: true })),

  remove: route
    .meta({ access: 'signed-in', change: true })
    .route({
      method: 'DELETE',
      path: '/organizations/{organization}/members/{person}',
      summary: 'Remove a member, or leave',
      tags: ['Organizations'],
    })
    .input(z.object({ params: ofMember }))
    .errors(refusable('not-found', 'wrong-state', 'changed-meanwhile'))
    .output(z.object({ person: personId, ended: instant })),
};

const invitations = {
  list: route
    .meta({ access: headRoles })
    .route({
      method: 'GET',
      path: '/organizations/{organization}/invitations',
      summary: 'Invitations that nobody has used yet',
      tags: ['Organizations'],
    })
    .input(z.object({ params: ofOrganization, query: paged }))
    .errors(refusable('not-found'))
    .output(pageOf(invitationView)),

  make: route
    .meta({ access: headRoles, change: true })
    .route({
      method: 'POST',
      path: '/organizations/{organization}/invitations',
      summary: 'Invite somebody by a one-time link',
      description:
        'The caller brings the id, so that sending it twice makes one invitation. Only the first answer has the token of the link; it is kept nowhere.',
      tags: ['Organizations'],
    })
    .input(
      z.object({
        params: ofOrganization,
        body: z.object({
          id: invitationLinkId,
          roles,
          email: z.email('This is not an e-mail address.').max(254).optional(),
        }),
      }),
    )
    .errors(refusable('not-found', 'already-exists', 'changed-meanwhile'))
    .output(z.object({ invitation: invitationLinkId, until: instant, token: token.optional() })),

  withdraw: route
    .meta({ access: headRoles, change: true })
    .route({
      method: 'DELETE',
      path: '/organizations/{organization}/invitations/{invitation}',
      summary: 'Withdraw an invitation',
      tags: ['Organizations'],
    })
    .input(z.object({ params: ofOrganization.extend({ invitation: invitationLinkId }) }))
    .errors(refusable('not-found', 'wrong-state', 'changed-meanwhile'))
    .output(z.object({ invitation: invitationLinkId, withdrawnAt: instant })),

  // The token stands in the body, for addresses are logged.
  look: route
    .meta({ access: 'public' })
    .route({
      method: 'POST',
      path: '/invitation-links/look',
      summary: 'What a one-time link offers',
      tags: ['Organizations'],
    })
    .input(z.object({ body: z.object({ token }) }))
    .errors(refusable('link-used'))
    .output(organizationSummary.extend({ roles, until: instant })),

  use: route
    .meta({ access: 'signed-in', change: true })
    .route({
      method: 'POST',
      path: '/invitation-links/use',
      summary: 'Join by a one-time link',
      tags: ['Organizations'],
    })
    .input(z.object({ body: z.object({ token }) }))
    .errors(refusable('link-used', 'already-exists', 'changed-meanwhile'))
    .output(organizationSummary.extend({ roles })),
};

const joinRequests = {
  list: route
    .meta({ access: headRoles })
    .route({
      method: 'GET',
      path: '/organizations/{organization}/join-requests',
      summary: 'Who asks to join',
      tags: ['Organizations'],
    })
    .input(z.object({ params: ofOrganization, query: paged }))
    .errors(refusable('not-found'))
    .output(pageOf(joinRequestView)),

  ask: route
    .meta({ access: 'signed-in', change: true })
    .route({
      method: 'POST',
      path: '/organizations/{organization}/join-requests',
      summary: 'Ask to join',
      tags: ['Organizations'],
    })
    .input(z.object({ params: ofOrganization, body: z.object({ note: z.string().max(1_000).optional() }) }))
    .errors(refusable('not-found', 'already-exists', 'unclaimed', 'changed-meanwhile'))
    .output(z.object({ organization: organizationId, askedAt: instant })),

  decide: route
    .meta({ access: headRoles, change: true })
    .route({
      method: 'PUT',
      path: '/organizations/{organization}/join-requests/{person}',
      summary: 'Approve or decline a request to join',
      tags: ['Organizations'],
    })
    .input(
      z.object({
        params: ofMember,
        body: z.discriminatedUnion('decision', [
          z.object({ decision: z.literal('approved'), roles }),
          z.object({ decision: z.literal('declined'), reason: z.string().min(1).max(500).optional() }),
        ]),
      }),
    )
    .errors(refusable('not-found', 'wrong-state', 'already-exists', 'changed-meanwhile'))
    .output(z.object({ person: personId, decision: z.enum(['approved', 'declined']) })),
};

const districts = {
  list: route
    .meta({ access: 'public' })
    .route({
      method: 'GET',
      path: '/programs/{program}/districts',
      summary: "A program's districts by name",
      description: '`q` is how the name begins; case does not matter.',
      tags: ['Districts'],
    })
    .input(z.object({ params: ofProgram, query: paged.extend({ q: once(z.string().max(100)) }) }))
    .errors(refusable('not-found'))
    .output(pageOf(districtView)),

  get: route
    .meta({ access: 'public' })
    .route({
      method: 'GET',
      path: '/programs/{program}/districts/{district}',
      summary: 'A district with its schools',
      tags: ['Districts'],
    })
    .input(z.object({ params: ofProgram.extend({ district: organizationId }), query: paged }))
    .errors(refusable('not-found'))
    .output(districtPage),
};

export const accountsContract = {
  signIn,
  session,
  organizations: {
    get: route
      .route({
        method: 'GET',
        path: '/organizations/{organization}',
        summary: 'An organization you act for',
        tags: ['Organizations'],
      })
      .input(z.object({ params: ofOrganization }))
      .errors(refusable('not-found'))
      .output(organizationView),
  },
  members,
  invitations,
  joinRequests,
  districts,
};
