import * as z from 'zod';
import { route } from '../contract/route.ts';
import { organizationId, programId, termId } from '../kernel/ids.ts';
import { day, instant } from '../kernel/instants.ts';
import { cursor, pageOf } from '../kernel/pages.ts';
import { once } from '../kernel/query-words.ts';
import { refusable } from '../kernel/refusable.ts';
import { program } from '../programs/program.ts';
import { unknownArea } from '../programs/unknown-area.ts';
import { approvalRoles, listingRoles } from './acts.ts';
import { changeLine, latestShown } from './change-line.ts';
import { changeLogEntry } from './change-log.ts';
import { approval, approvalStatus, draft, listing, listingContent, record } from './model.ts';

/** What a list of programs shows of one. */
const { id, name, state, invented, notice } = program.shape;
export const programSummary = z.object({ id, name, state, invented, notice });

const ofProgram = z.object({ program: programId });
const ofPartner = ofProgram.extend({ partner: organizationId });
const ofApproval = ofPartner.extend({ area: termId });

/** The version that the person saw; a change of another version is refused. 0: there was none. */
const seenVersion = z.int().min(0);

/** Everything public about one partner, with what its dates say at `at`. */
export const partnerPage = z.object({
  at: instant,
  listing,
  approvals: z.array(
    z.object({ approval, status: approvalStatus, version: seenVersion, changesAt: instant.optional() }),
  ),
  record,
  /** Engagements of this school year that were awarded here. */
  workload: z.int().min(0),
  /** The latest changes in brief, the newest first, where they were asked for. */
  changes: z.array(changeLine).max(latestShown).optional(),
});
export type PartnerPage = z.infer<typeof partnerPage>;

const words = z.string().trim().min(1).max(2000).optional();

/** What the state can do to an approval. Days are those of the program's zone; an end day counts whole, to its last millisecond. */
export const approvalAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('grant'), granted: day, ends: day }),
  z.object({ act: z.literal('set-condition'), text: z.string().trim().min(1).max(2000), due: day.optional() }),
  z.object({ act: z.literal('meet-condition'), condition: z.int().min(0).max(19) }),
  z.object({ act: z.literal('put-on-probation'), until: day.optional(), words }),
  z.object({ act: z.literal('end-probation') }),
  z.object({ act: z.literal('suspend'), reason: termId, words, until: day.optional() }),
  z.object({ act: z.literal('lift-suspension') }),
  z.object({ act: z.literal('end'), reason: termId, words }),
  z.object({ act: z.literal('renew'), ends: day }),
]);
export type ApprovalActInput = z.infer<typeof approvalAct>;

/** A partner's draft beside what is published: what an editor needs to go on, or to merge. */
export const editing = z.object({
  listing,
  listingVersion: seenVersion,
  draft: draft.optional(),
  draftVersion: seenVersion,
});

export const catalogueContract = {
  programs: {
    list: route
      .meta({ access: 'public' })
      .route({ method: 'GET', path: '/programs', summary: 'The programs on this site', tags: ['Programs'] })
      .output(z.object({ programs: z.array(programSummary) })),

    get: route
      .meta({ access: 'public' })
      .route({
        method: 'GET',
        path: '/programs/{program}',
        summary: 'A program with its whole vocabulary',
        tags: ['Programs'],
      })
      .input(z.object({ params: ofProgram }))
      .errors(refusable('not-found'))
      .output(program),
  },

  partners: {
    get: route
      .meta({ access: 'public' })
      .route({
        method: 'GET',
        path: '/programs/{program}/partners/{partner}',
        summary: 'One partner: offerings, prices, findings, approvals, track record',
        description: '`changes=latest` adds the latest three changes in brief.',
        tags: ['Partners'],
      })
      .input(z.object({ params: ofPartner, query: z.object({ changes: once(z.literal('latest')) }) }))
      .errors(refusable('not-found'))
      .output(partnerPage),

    changes: route
      .meta({ access: 'public' })
      .route({
        method: 'GET',
        path: '/programs/{program}/partners/{partner}/changes',
        summary: 'What changed on one listing, newest first',
        tags: ['Partners'],
      })
      .input(z.object({ params: ofPartner, query: z.object({ after: once(cursor) }) }))
      .errors(refusable('not-found'))
      .output(pageOf(changeLogEntry)),
  },

  changes: route
    .meta({ access: 'public' })
    .route({
      method: 'GET',
      path: '/programs/{program}/changes',
      summary: 'What changed on the list, newest first',
      description: 'A line for each change. What was there before and after stands in the log of the partner.',
      tags: ['Partners'],
    })
    .input(z.object({ params: ofProgram, query: z.object({ after: once(cursor) }) }))
    .errors(refusable('not-found'))
    .output(pageOf(changeLine)),

  listing: {
    edit: route
      .meta({ access: [...listingRoles['save-draft'], 'partner:reporter', 'partner:viewer'] })
      .route({
        method: 'GET',
        path: '/programs/{program}/partners/{partner}/draft',
        summary: 'The draft of your own listing beside what is published',
        tags: ['Listing'],
      })
      .input(z.object({ params: ofPartner }))
      .errors(refusable('not-found'))
      .output(editing),

    save: route
      .meta({ access: listingRoles['save-draft'], change: true })
      .route({
        method: 'PUT',
        path: '/programs/{program}/partners/{partner}/draft',
        summary: 'Save the draft of your own listing',
        tags: ['Listing'],
      })
      .input(
        z.object({
          params: ofPartner,
          body: z.object({ content: listingContent, version: seenVersion, basedOn: seenVersion.optional() }),
        }),
      )
      .errors(refusable('not-found', 'changed-meanwhile'))
      .output(editing),

    publish: route
      .meta({ access: listingRoles['publish-draft'], change: true })
      .route({
        method: 'POST',
        path: '/programs/{program}/partners/{partner}/draft/publish',
        summary: 'Make the draft the public listing',
        tags: ['Listing'],
      })
      .input(z.object({ params: ofPartner, body: z.object({ version: seenVersion }) }))
      .errors(refusable('not-found', 'changed-meanwhile', 'wrong-state'))
      .output(editing),

    discard: route
      .meta({ access: listingRoles['discard-draft'], change: true })
      .route({
        method: 'POST',
        path: '/programs/{program}/partners/{partner}/draft/discard',
        summary: 'Drop the draft and go back to what is published',
        tags: ['Listing'],
      })
      .input(z.object({ params: ofPartner, body: z.object({ version: seenVersion }) }))
      .errors(refusable('not-found', 'changed-meanwhile', 'wrong-state'))
      .output(editing),
  },

  approve: route
    .meta({ access: approvalRoles, change: true })
    .route({
      method: 'POST',
      path: '/programs/{program}/partners/{partner}/approvals/{area}',
      summary: 'Grant, condition, suspend, renew or end an approval',
      description: `The area of an approval whose published list does not show one is \`${unknownArea}\`.`,
      tags: ['Approvals'],
    })
    .input(z.object({ params: ofApproval, body: z.object({ version: seenVersion, decision: approvalAct }) }))
    .errors(refusable('not-found', 'changed-meanwhile', 'wrong-state'))
    .output(z.object({ approval, status: approvalStatus, version: seenVersion })),
};
