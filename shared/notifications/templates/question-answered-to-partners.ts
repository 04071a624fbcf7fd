import { showInstant } from '../../kernel/show-instant.ts';
import { list, paragraph } from '../letter.ts';
import { pages } from '../pages.ts';
import { sampleAt, sampleQuestion, sampleRequest, sampleSetting, toPartner } from '../sample.ts';
import { template } from '../template.ts';
import { because, nameOf, partnerStaff } from '../words.ts';

export const questionAnsweredToPartners = template({
  name: 'question-answered-to-partners',
  event: 'engagements.question-answered',
  subject: 'request',
  side: 'partners',
  due: {
    roles: partnerStaff,
    stillTrue: (facts, about, at) =>
      facts.ended === undefined &&
      at <= facts.replyBy &&
      facts.partners.some((one) => one.partner === about.organization && one.answer?.kind !== 'declined'),
  },
  letter: ({ facts, setting }) => ({
    subject: `A question was answered: ${facts.title}`,
    blocks: [
      paragraph(
        `${nameOf(setting, facts.district)} has answered a question about its request. Every invited partner sees the same answer.`,
      ),
      list(['Need', facts.title], ['Answer by', showInstant(facts.replyBy, setting.program.zone)]),
    ],
    page: pages.partnerRequest(facts.program, facts.request),
    action: 'Read the answer',
  }),
  why: ({ about, setting }) => because('an owner or editor', nameOf(setting, about.organization)),
  sample: {
    facts: { ...sampleRequest, questions: [{ question: sampleQuestion, askedAt: sampleAt, answeredAt: sampleAt }] },
    about: { ...toPartner, question: sampleQuestion },
    setting: sampleSetting,
  },
});
