import { roomBefore } from '#shared/engagements/capacity.ts';
import { amend, draftRequest } from '#shared/engagements/rules.ts';
import { requestInput } from '#shared/engagements/inputs.ts';
import { authorOf } from '#shared/kernel/actors.ts';
import type { RequestId, TermId } from '#shared/kernel/ids.ts';
import { recordRequest, recordSummaries } from '../../engagements/index.ts';
import { acting } from '../demonstration-person.ts';
import { decided } from './decided.ts';
import type { InventedDistrict } from './districts.ts';
import { madeFor } from './names.ts';
import { askableAreas, type InventedPartner } from './partners.ts';
import { peopleOfDistrict } from './people.ts';
import { Random } from './random.ts';
import {
  answerInvented,
  askInvented,
  commentInvented,
  listInvented,
  requestContentFor,
  seeInvented,
  sendInvented,
  type InventedAnswer,
  type OpenRequest,
  type RequestSetting,
} from './requests.ts';

/** How many further districts have a request open. */
const otherDistricts = 10;

interface OpenPlan {
  readonly slot: string;
  readonly district: InventedDistrict;
  readonly area: TermId;
  readonly asked: readonly InventedPartner[];
  readonly sentDaysAgo: number;
  /** Negative where the time to reply is over. */
  readonly replyInDays: number;
}

/**
 * What is under way now, so that the task lists of the people one can sign in as are full: for the
 * first district a draft, a request that partners are answering and one that waits for its outcome;
 * for the first partners requests that they have not answered.
 * @returns the requests that have not ended.
 */
export function recordOpenWork(
  setting: RequestSetting,
  districts: readonly InventedDistrict[],
  partners: readonly InventedPartner[],
): readonly RequestId[] {
  const { calendar, program } = setting;
  const [home, neighbor, ...others] = districts;
  const [first, second, third] = partners;
  if (home === undefined || first === undefined) return [];
  const area = askableAreas(first, calendar.now).find(
    (one) => second === undefined || askableAreas(second, calendar.now).includes(one),
  );
  if (area === undefined) return [];
  const random = new Random(program.id, 'open-work');
  const able = partners.filter(
    (one) => one.claimed && hasRoom(setting, one) && askableAreas(one, calendar.ago(20)).length > 0,
  );
  const inArea = (wanted: TermId): readonly InventedPartner[] =>
    able.filter((one) => [20, 0].every((days) => askableAreas(one, calendar.ago(days)).includes(wanted)));
  const askedWith = (
    wanted: TermId,
    leading: readonly (InventedPartner | undefined)[],
    count: number,
  ): readonly InventedPartner[] => {
    const fit = inArea(wanted);
    const led = leading.filter((one) => one !== undefined && fit.includes(one)).filter((one) => one !== undefined);
    return [
      ...led,
      ...random.some(
        fit.filter((one) => !led.includes(one)),
        count - led.length,
      ),
    ];
  };

  const answering = sendOpen(setting, {
    slot: 'open/answering',
    district: home,
    area,
    asked: askedWith(area, [second, first], 4),
    sentDaysAgo: 4,
    replyInDays: 3,
  });
  answerAll(setting, answering, [first], ['interested', 'declined', 'none']);
  const asker = answering.plan.asked.find((one) => one !== first);
  if (asker !== undefined) askInvented(setting, answering, asker, calendar.ago(0.9));
  commentInvented(setting, answering, calendar.ago(0.7));

  const waiting = sendOpen(setting, {
    slot: 'open/waiting',
    district: home,
    area,
    asked: askedWith(area, [first, third], 3),
    sentDaysAgo: 18,
    replyInDays: -2,
  });
  answerAll(setting, waiting, [], ['interested', 'interested', 'none']);

  const draft = recordDraft(setting, home, area);
  const opened = [answering, waiting];

  if (neighbor !== undefined) {
    const amended = sendOpen(setting, {
      slot: 'open/amended',
      district: neighbor,
      area,
      asked: askedWith(area, [first, second, third], 3),
      sentDaysAgo: 6,
      replyInDays: 6,
    });
    for (const partner of amended.plan.asked.slice(0, 1)) seeInvented(setting, amended, partner, calendar.ago(4));
    amendInvented(setting, amended);
    opened.push(amended);
  }
  for (const [place, district] of others.slice(0, otherDistricts).entries()) {
    const lead = [first, second, third][place % 3] ?? first;
    const wanted = random.pick([
      area,
      ...askableAreas(lead, calendar.ago(20)).filter((one) => inArea(one).includes(lead)),
    ]);
    const open = sendOpen(setting, {
      slot: `open/${place}`,
      district,
      area: wanted,
      asked: askedWith(wanted, [lead], random.whole(1, 5)),
      sentDaysAgo: random.whole(2, 8),
      replyInDays: random.whole(1, 12),
    });
    answerAll(setting, open, [lead], ['none', 'interested', 'declined', 'none']);
    opened.push(open);
  }
  for (const open of opened) listInvented(setting, open);
  return [draft, ...opened.map((open) => open.request.id)];
}

/** Room in the whole span in which an open request can want its start. */
function hasRoom({ calendar }: RequestSetting, partner: InventedPartner): boolean {
  const capacity = { stated: partner.content.capacity, engagements: [] };
  return [5, 30, 62].every((days) => roomBefore(capacity, calendar.dayOf(calendar.ago(-days))).has);
}

function sendOpen(setting: RequestSetting, plan: OpenPlan): OpenRequest {
  const { calendar, program } = setting;
  const { slot, district, area, asked, sentDaysAgo, replyInDays } = plan;
  return sendInvented(setting, {
    slot,
    random: new Random(program.id, slot),
    district,
    area,
    asked,
    sentAt: calendar.ago(sentDaysAgo + 0.1),
    replyBy: calendar.endOf(calendar.dayOf(calendar.ago(-replyInDays))),
    present: true,
  });
}

/** Everybody but the `silent` answers in turn as given. */
function answerAll(
  setting: RequestSetting,
  open: OpenRequest,
  silent: readonly InventedPartner[],
  answers: readonly InventedAnswer[],
): void {
  const speaking = open.plan.asked.filter((one) => !silent.includes(one));
  const sent = (Date.parse(setting.calendar.now) - Date.parse(open.plan.sentAt)) / 86_400_000;
  const last = Math.max(0.4, (Date.parse(setting.calendar.now) - Date.parse(open.plan.replyBy)) / 86_400_000 + 0.5);
  for (const [place, partner] of speaking.entries()) {
    const at = setting.calendar.ago(last + (sent - last) * 0.7 * open.plan.random.share());
    answerInvented(setting, open, partner, answers[place % answers.length] ?? 'none', at);
  }
}

function recordDraft(setting: RequestSetting, district: InventedDistrict, area: TermId): RequestId {
  const { history, program, calendar } = setting;
  const slot = 'open/draft';
  const random = new Random(program.id, slot);
  const lead = acting(peopleOfDistrict(program, district.index).lead, district.district.id);
  const at = calendar.ago(1.6);
  const whole = requestContentFor(setting, {
    slot,
    random,
    district,
    area,
    asked: [],
    sentAt: at,
    replyBy: calendar.endOf(calendar.dayOf(calendar.ago(-13))),
    present: true,
  });
  // Begun and left: no start yet, and nobody chosen.
  const { wantedStart: _wantedStart, ...begun } = whole;
  const draft = decided(draftRequest(lead, at, madeFor.request(program.id, slot), requestInput.parse(begun), program));
  recordRequest(history, draft, at, authorOf(lead));
  recordSummaries(history, draft.next, [], [], { district: district.district.name, partner: (id) => id });
  return draft.next.id;
}

function amendInvented({ history, program, calendar }: RequestSetting, open: OpenRequest): void {
  const at = calendar.ago(1.2);
  const input = {
    words: 'One more school joins, and there are two more days to reply.',
    students: (open.request.content.students ?? 200) + 140,
    replyBy: calendar.endOf(calendar.dayOf(calendar.ago(-8))),
  };
  const amended = decided(amend(open.request, open.lead, at, input, [], program));
  recordRequest(history, amended, at, authorOf(open.lead));
  open.request = amended.next;
}
