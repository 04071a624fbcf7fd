import { showInstant } from '../../kernel/show-instant.ts';
import { given } from '../facts.ts';
import { list, paragraph } from '../letter.ts';
import { pages } from '../pages.ts';
import { sampleRequest, sampleSetting, toPartner } from '../sample.ts';
import { template } from '../template.ts';
import { because, nameOf, partnerStaff } from '../words.ts';

export const requestAmendedToPartner = template({
  name: 'request-amended-to-partner',
  event: 'engagements.request-amended',
  subject: 'request',
  side: 'partners',
  due: {
    roles: partnerStaff,
    // a later amendment has a notice of its own, and one that declined has finished
    stillTrue: (facts, about, at) =>
      facts.ended === undefined &&
      at <= facts.replyBy &&
      about.amendment === facts.amendments &&
      facts.partners.some((one) => one.partner === about.organization && one.answer?.kind !== 'declined'),
  },
  letter: ({ facts, about, setting }) => ({
    subject: `Changed (no. ${given(about.amendment, 'number')}): ${facts.title}`,
    blocks: [
      paragraph(`${nameOf(setting, facts.district)} has changed its request.`),
      list(['Need', facts.title], ['Answer by', showInstant(facts.replyBy, setting.program.zone)]),
      paragraph('Read what changed before you answer. If you have answered, see whether your answer still holds.'),
    ],
    page: pages.partnerRequest(facts.program, facts.request),
    action: 'Read what changed',
  }),
  why: ({ about, setting }) => because('an owner or editor', nameOf(setting, about.organization)),
  sample: { facts: { ...sampleRequest, amendments: 1 }, about: { ...toPartner, amendment: 1 }, setting: sampleSetting },
});
