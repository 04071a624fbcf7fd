import type { OrganizationId } from '../../kernel/ids.ts';
import { given, type RequestFacts } from '../facts.ts';
import { list, paragraph } from '../letter.ts';
import { pages } from '../pages.ts';
import { concerns } from '../request-end.ts';
import { sampleEnded, sampleSetting, toPartner } from '../sample.ts';
import { template } from '../template.ts';
import { because, nameOf, partnerStaff } from '../words.ts';

/** How it ended for this partner. Whether another was chosen, or nobody, is not told. */
function endFor(facts: RequestFacts, partner: OrganizationId): 'awarded' | 'not-awarded' | 'cancelled' {
  const { how, awarded } = given(facts.ended, 'end');
  if (how === 'cancelled' || how === 'withdrawn') return 'cancelled';
  return awarded.includes(partner) ? 'awarded' : 'not-awarded';
}

const words = {
  awarded: { subject: 'Chosen', text: (district: string) => `${district} has chosen you. The engagement can begin.` },
  'not-awarded': {
    subject: 'Not chosen',
    text: (district: string) => `${district} has ended its request without choosing you. There is nothing more to do.`,
  },
  cancelled: {
    subject: 'Cancelled',
    text: (district: string) => `${district} has cancelled its request. There is nothing more to do.`,
  },
} as const;

export const outcomeRecordedToPartner = template({
  name: 'outcome-recorded-to-partner',
  event: 'engagements.request-outcome-recorded',
  subject: 'request',
  side: 'partners',
  due: {
    roles: partnerStaff,
    stillTrue: (facts, about) => concerns(facts, about.organization) && facts.ended?.how !== 'withdrawn',
  },
  letter: ({ facts, about, setting }) => {
    const { subject, text } = words[endFor(facts, about.organization)];
    return {
      subject: `${subject}: ${facts.title}`,
      blocks: [paragraph(text(nameOf(setting, facts.district))), list(['Request', facts.title])],
      page: pages.partnerRequest(facts.program, facts.request),
      action: 'See the request',
    };
  },
  why: ({ about, setting }) => because('an owner or editor', nameOf(setting, about.organization)),
  sample: { facts: sampleEnded('awarded'), about: toPartner, setting: sampleSetting },
});
