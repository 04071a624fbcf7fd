import { showInstant } from '../../kernel/show-instant.ts';
import { given } from '../facts.ts';
import { list, paragraph } from '../letter.ts';
import { pages } from '../pages.ts';
import { sampleAnswered, sampleSetting, toDistrict } from '../sample.ts';
import { template } from '../template.ts';
import { because, nameOf } from '../words.ts';

const said = { interested: 'is interested', declined: 'has declined' } as const;

export const invitationAnsweredToDistrict = template({
  name: 'invitation-answered-to-district',
  event: 'engagements.invitation-answered',
  subject: 'request',
  side: 'district',
  due: {
    todo: ['look-at-answers', 'record-outcome'],
    // an answer that was changed meanwhile has a notice of its own
    stillTrue: (facts, { partner, at }) =>
      facts.partners.some((one) => one.partner === partner && one.answer?.at === at),
  },
  letter: ({ facts, about, setting }) => {
    const partner = given(about.partner, 'partner');
    const answer = given(facts.partners.find((one) => one.partner === partner)?.answer, 'answer');
    const answers = facts.partners.filter((one) => one.answer !== undefined).length;
    return {
      subject: `${nameOf(setting, partner)} ${said[answer.kind]}: ${facts.title}`,
      blocks: [
        paragraph(`${nameOf(setting, partner)} ${said[answer.kind]}.`),
        list(
          ['Request', facts.title],
          ['Answers so far', `${answers} of ${facts.partners.length}`],
          ['Partners can answer until', showInstant(facts.replyBy, setting.program.zone)],
        ),
      ],
      page: pages.districtRequest(facts.program, facts.request),
      action: 'Look at the answers',
    };
  },
  why: ({ about, setting }) => because('the superintendent or a lead', nameOf(setting, about.organization)),
  sample: { facts: sampleAnswered, about: toDistrict, setting: sampleSetting },
});
