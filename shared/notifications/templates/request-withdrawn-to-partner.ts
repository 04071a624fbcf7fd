import { list, paragraph } from '../letter.ts';
import { pages } from '../pages.ts';
import { concerns } from '../request-end.ts';
import { sampleEnded, sampleSetting, toPartner } from '../sample.ts';
import { template } from '../template.ts';
import { because, nameOf, partnerStaff } from '../words.ts';

export const requestWithdrawnToPartner = template({
  name: 'request-withdrawn-to-partner',
  event: 'engagements.request-withdrawn',
  subject: 'request',
  side: 'partners',
  due: {
    roles: partnerStaff,
    stillTrue: (facts, about) => facts.ended?.how === 'withdrawn' && concerns(facts, about.organization),
  },
  letter: ({ facts, setting }) => ({
    subject: `Withdrawn: ${facts.title}`,
    blocks: [
      paragraph(`${nameOf(setting, facts.district)} has withdrawn its request. There is nothing more to do.`),
      list(['Need', facts.title]),
    ],
    page: pages.partnerRequest(facts.program, facts.request),
    action: 'See the request and the reason',
  }),
  why: ({ about, setting }) => because('an owner or editor', nameOf(setting, about.organization)),
  sample: { facts: sampleEnded('withdrawn'), about: toPartner, setting: sampleSetting },
});
