import { joinDecided, joinRequested } from '#shared/accounts/events.ts';
import {
  approvalConditionSet,
  approvalEnded,
  approvalGranted,
  approvalPutOnProbation,
  approvalRenewed,
  approvalSuspended,
  approvalSuspensionLifted,
} from '#shared/catalogue/events.ts';
import {
  invitationAnswered,
  invitationSent,
  outcomeRecorded,
  questionAnswered,
  questionAsked,
  requestAmended,
  requestSent,
  requestWithdrawn,
} from '#shared/engagements/events.ts';
import type { RecordedEvent } from '#shared/kernel/events.ts';
import type { OrganizationId, ProgramId, RequestId, TermId } from '#shared/kernel/ids.ts';
import type { Program } from '#shared/programs/program.ts';
import type { About, Subject } from '#shared/notifications/facts.ts';
import type { Side } from '#shared/notifications/template.ts';

/** What an event means here: its subject, whom it concerns on each side, and what letters need of it. */
export interface Heard {
  readonly subject: Subject;
  readonly sides: Readonly<Partial<Record<Side, readonly OrganizationId[]>>>;
  readonly about: Omit<About, 'organization'>;
}

export type Programs = ReadonlyMap<string, Program>;

export function programIn(programs: Programs, id: ProgramId): Program {
  const found = programs.get(id);
  if (found === undefined) throw new Error(`There is no program ${id}.`);
  return found;
}

type Sides = Heard['sides'];

function ofRequest(event: RecordedEvent, request: RequestId, sides: Sides, about: Partial<About> = {}): Heard {
  return { subject: { kind: 'request', program: event.program, request }, sides, about: { at: event.at, ...about } };
}

function ofApproval(
  event: RecordedEvent,
  data: { readonly partner: OrganizationId; readonly area?: TermId | undefined },
  about: Partial<About> = {},
): Heard {
  const { partner, area } = data;
  return {
    subject: { kind: 'approval', program: event.program, partner, ...(area === undefined ? {} : { area }) },
    sides: { partners: [partner] },
    about: { at: event.at, partner, ...about },
  };
}

/** Reads an event that the notices or the tasks hear; another, or one that cannot be read, throws. */
export function heard(event: RecordedEvent, programs: Programs): Heard {
  switch (event.type) {
    case invitationSent.name: {
      const { request, partner } = invitationSent.data.parse(event.data);
      return ofRequest(event, request, { partners: [partner] }, { partner });
    }
    case requestSent.name: {
      const { request, partners } = requestSent.data.parse(event.data);
      return ofRequest(event, request, { partners });
    }
    case requestAmended.name: {
      const { request, partners, number } = requestAmended.data.parse(event.data);
      return ofRequest(event, request, { partners }, { amendment: number });
    }
    case requestWithdrawn.name: {
      const { request, partners } = requestWithdrawn.data.parse(event.data);
      return ofRequest(event, request, { partners });
    }
    case outcomeRecorded.name: {
      const { request, partners, kind } = outcomeRecorded.data.parse(event.data);
      const state = kind === 'none-suitable' ? [programIn(programs, event.program).agency.id] : [];
      return ofRequest(event, request, { partners, state });
    }
    case invitationAnswered.name: {
      const { request, district, partner } = invitationAnswered.data.parse(event.data);
      return ofRequest(event, request, { district: [district] }, { partner });
    }
    case questionAsked.name: {
      const { request, district, partner, question } = questionAsked.data.parse(event.data);
      return ofRequest(event, request, { district: [district] }, { partner, question });
    }
    case questionAnswered.name: {
      const { request, partners, question } = questionAnswered.data.parse(event.data);
      return ofRequest(event, request, { partners }, { question });
    }
    case approvalGranted.name:
      return ofApproval(event, approvalGranted.data.parse(event.data));
    case approvalRenewed.name: {
      const data = approvalRenewed.data.parse(event.data);
      return ofApproval(event, data, { ends: data.ends });
    }
    case approvalConditionSet.name: {
      const data = approvalConditionSet.data.parse(event.data);
      return ofApproval(event, data, { condition: data.condition });
    }
    case approvalPutOnProbation.name:
      return ofApproval(event, approvalPutOnProbation.data.parse(event.data));
    case approvalSuspended.name: {
      const data = approvalSuspended.data.parse(event.data);
      return ofApproval(event, data, { reason: data.reason });
    }
    case approvalSuspensionLifted.name:
      return ofApproval(event, approvalSuspensionLifted.data.parse(event.data));
    case approvalEnded.name: {
      const data = approvalEnded.data.parse(event.data);
      return ofApproval(event, data, { reason: data.reason });
    }
    case joinRequested.name: {
      const { organization, person } = joinRequested.data.parse(event.data);
      const subject = { kind: 'join', organization, person } as const;
      return { subject, sides: { organization: [organization] }, about: { at: event.at, person } };
    }
    case joinDecided.name: {
      const { organization, person, decision } = joinDecided.data.parse(event.data);
      const subject = { kind: 'join', organization, person } as const;
      return { subject, sides: { organization: [organization] }, about: { at: event.at, person, decision } };
    }
    default:
      throw new Error(`Nobody here hears ${event.type}.`);
  }
}
