import { given } from '../facts.ts';
import { list, paragraph } from '../letter.ts';
import { pages } from '../pages.ts';
import { sampleAt, sampleQuestion, sampleRequest, sampleSetting, toDistrict } from '../sample.ts';
import { template } from '../template.ts';
import { because, nameOf } from '../words.ts';

export const questionAskedToDistrict = template({
  name: 'question-asked-to-district',
  event: 'engagements.question-asked',
  subject: 'request',
  side: 'district',
  due: {
    todo: ['answer-questions'],
    stillTrue: (facts, about) =>
      facts.questions.some((one) => one.question === about.question && one.answeredAt === undefined),
  },
  letter: ({ facts, about, setting }) => ({
    subject: `A question about ${facts.title}`,
    blocks: [
      paragraph(`${nameOf(setting, given(about.partner, 'partner'))} has asked a question.`),
      list(['Request', facts.title]),
      paragraph('Every invited partner will see the question and your answer; none of them sees who asked.'),
    ],
    page: pages.districtRequest(facts.program, facts.request),
    action: 'Read and answer the question',
  }),
  why: ({ about, setting }) => because('the superintendent or a lead', nameOf(setting, about.organization)),
  sample: {
    facts: { ...sampleRequest, questions: [{ question: sampleQuestion, askedAt: sampleAt }] },
    about: { ...toDistrict, question: sampleQuestion },
    setting: sampleSetting,
  },
});
