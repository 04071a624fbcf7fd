import type { Engagement } from '#shared/engagements/model.ts';
import type { Results } from '#shared/impact/model.ts';
import { confirmResult } from '#shared/impact/rules.ts';
import { authorOf, type Person, type Role } from '#shared/kernel/actors.ts';
import { termId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { recordResult } from '../../impact/index.ts';
import { decided } from './decided.ts';
import type { InventedPartner } from './partners.ts';
import { goalWords } from './request-words.ts';
import { gradeWords, type OpenRequest, type RequestSetting } from './requests.ts';

/** Both sides confirm each agreed goal of an engagement: the partner first, the district some days later. */
export function confirmInvented(
  { history, calendar }: RequestSetting,
  open: OpenRequest,
  engagement: Engagement,
  partner: InventedPartner,
  met: readonly boolean[],
  from: Instant,
): void {
  const { random } = open.plan;
  const grades = gradeWords(open.request.content.grades);
  let results: Results | undefined;
  let reportedAt = from;
  for (const [place, isMet] of met.entries()) {
    const confirmedAt = calendar.after(random, reportedAt, 4, 8);
    const { id, program, district } = engagement;
    const decision = decided(
      confirmResult(
        results,
        {
          engagement: id,
          program,
          partner: partner.id,
          district,
          goal: { id: termId.parse(`goal-${place + 1}`), words: goalWords(random, grades) },
          met: isMet,
          confirmedBy: {
            partner: confirmation(partner.owner, 'partner:owner', reportedAt),
            district: confirmation(open.lead, 'district:lead', confirmedAt),
          },
        },
        confirmedAt,
      ),
    );
    results = recordResult(history, decision, confirmedAt, authorOf(open.lead));
    reportedAt = confirmedAt;
  }
}

function confirmation(actor: Person, role: Role, at: Instant) {
  if (actor.acting === undefined) throw new Error(`${actor.person} acts for nobody.`);
  return { person: actor.person, organization: actor.acting.organization, role, at };
}
