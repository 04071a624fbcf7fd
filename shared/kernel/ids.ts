import * as z from 'zod';

/**
 * An id is lower case letters, digits, `-` and `_`: it reads the same in a path, a key and a file
 * name, so no router needs to decode it.
 */
const idPattern = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const idSentence = 'An id is 1 to 64 lower case letters, digits, hyphens or underscores.';

function slugSchema<Brand extends string>() {
  return z.string().regex(idPattern, idSentence).brand<Brand>();
}

function madeIdSchema<Brand extends string>(prefix: string) {
  return z
    .string()
    .regex(
      new RegExp(`^${prefix}_[0-9a-z]{16,26}$`),
      `This id starts with ${prefix}_ and has 16 to 26 letters or digits after it.`,
    )
    .brand<Brand>();
}

/** A state's program: `ma`, `demo`. Also the first word of every address of that program. */
export const programId = slugSchema<'program'>();
export type ProgramId = z.infer<typeof programId>;

/** An agency, a district or a partner. Readable, because it stands in public addresses. */
export const organizationId = slugSchema<'organization'>();
export type OrganizationId = z.infer<typeof organizationId>;

export const personId = madeIdSchema<'person'>('per');
export type PersonId = z.infer<typeof personId>;

export const invitationLinkId = madeIdSchema<'invitation-link'>('inv');
export type InvitationLinkId = z.infer<typeof invitationLinkId>;

export const requestId = madeIdSchema<'request'>('req');
export type RequestId = z.infer<typeof requestId>;

export const questionId = madeIdSchema<'question'>('que');
export type QuestionId = z.infer<typeof questionId>;

export const commentId = madeIdSchema<'comment'>('com');
export type CommentId = z.infer<typeof commentId>;

export const engagementId = madeIdSchema<'engagement'>('eng');
export type EngagementId = z.infer<typeof engagementId>;

/** The prefixes that `functions/platform/ids.ts` can make new ids for, with their schemas. */
export const madeIds = {
  per: personId,
  inv: invitationLinkId,
  req: requestId,
  que: questionId,
  com: commentId,
  eng: engagementId,
} as const;

/** An entry of a program's own vocabulary: an area, a condition, a service type, a funding source. */
export const termId = slugSchema<'term'>();
export type TermId = z.infer<typeof termId>;
