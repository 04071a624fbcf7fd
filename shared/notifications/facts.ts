import * as z from 'zod';
import { organizationId, personId, programId, requestId, termId } from '../kernel/ids.ts';
import type { OrganizationId, PersonId, ProgramId, QuestionId, RequestId, TermId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instants.ts';
import type { Program } from '../programs/program.ts';

/** What a notice or a task is about. Its facts are read anew each time it matters. */
export const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), program: programId, request: requestId }),
  z.object({ kind: z.literal('approval'), program: programId, partner: organizationId, area: termId.optional() }),
  z.object({ kind: z.literal('join'), organization: organizationId, person: personId }),
]);
export type Subject = z.infer<typeof subject>;
export type SubjectKind = Subject['kind'];

/** A sent request with everything that decides who still has something to do about it. */
export interface RequestFacts {
  readonly kind: 'request';
  readonly program: ProgramId;
  readonly request: RequestId;
  readonly district: OrganizationId;
  /** The program's agency. */
  readonly agency: OrganizationId;
  readonly title: string;
  readonly area: TermId;
  readonly sentAt: Instant;
  readonly replyBy: Instant;
  /** The number of the last amendment; 0 before any. */
  readonly amendments: number;
  /** Every invited partner with its present answer. */
  readonly partners: readonly {
    readonly partner: OrganizationId;
    readonly answer?: { readonly kind: 'interested' | 'declined'; readonly at: Instant };
  }[];
  readonly questions: readonly {
    readonly question: QuestionId;
    readonly askedAt: Instant;
    readonly answeredAt?: Instant;
  }[];
  readonly ended?: {
    readonly how: 'withdrawn' | 'awarded' | 'none-suitable' | 'cancelled';
    readonly at: Instant;
    /** The partners that the work was awarded to. */
    readonly awarded: readonly OrganizationId[];
  };
}

interface Span {
  readonly from: Instant;
  /** The first instant that no longer counts. */
  readonly until?: Instant | undefined;
}

/** An approval by its dates; what they mean at an instant is computed, never stored. */
export interface ApprovalFacts {
  readonly kind: 'approval';
  readonly program: ProgramId;
  readonly partner: OrganizationId;
  readonly area?: TermId | undefined;
  /** The last instant that counts. */
  readonly ends?: Instant | undefined;
  readonly conditions: readonly { readonly metAt?: Instant | undefined }[];
  readonly probation?: Span | undefined;
  readonly suspensions: readonly Span[];
  readonly removedAt?: Instant | undefined;
}

export interface JoinFacts {
  readonly kind: 'join';
  readonly organization: OrganizationId;
  readonly organizationKind: 'district' | 'partner' | 'agency';
  /** The organization's program; for a partner the one that brought it in. */
  readonly program: ProgramId;
  readonly person: PersonId;
  readonly askedAt: Instant;
  readonly decision?: 'approved' | 'declined' | undefined;
}

export type Facts = RequestFacts | ApprovalFacts | JoinFacts;

interface FactsByKind {
  readonly request: RequestFacts;
  readonly approval: ApprovalFacts;
  readonly join: JoinFacts;
}
export type FactsOf<K extends SubjectKind> = FactsByKind[K];

/** What the event itself says, beside the facts of its subject. */
export interface About {
  /** The organization that this notice is for. */
  readonly organization: OrganizationId;
  readonly at: Instant;
  readonly partner?: OrganizationId;
  readonly person?: PersonId;
  readonly question?: QuestionId;
  /** The number of the amendment. */
  readonly amendment?: number;
  /** The position of the condition among the approval's. */
  readonly condition?: number;
  /** The end that was granted. */
  readonly ends?: Instant;
  readonly reason?: TermId;
  readonly decision?: 'approved' | 'declined';
}

/** What words are made with: the program's own, and the names of the organizations concerned. */
export interface Setting {
  readonly program: Pick<
    Program,
    'id' | 'name' | 'zone' | 'invented' | 'notice' | 'agency' | 'areaSchemes' | 'reasons'
  >;
  readonly names: Readonly<Record<string, string>>;
}

/** Gives a part that the event of this template always has; without it the event is unreadable. */
export function given<T>(part: T | undefined, name: string): T {
  if (part === undefined) throw new Error(`The event of this notice says nothing of its ${name}.`);
  return part;
}
