import { given } from '../facts.ts';
import { paragraph } from '../letter.ts';
import { pages } from '../pages.ts';
import { aboutPerson, sampleJoin, sampleSetting } from '../sample.ts';
import { template } from '../template.ts';
import { nameOf } from '../words.ts';

export const joinDecidedToPerson = template({
  name: 'join-decided-to-person',
  event: 'accounts.join-decided',
  subject: 'join',
  side: 'organization',
  due: {
    person: true,
    stillTrue: (facts, about) => facts.decision !== undefined && facts.decision === about.decision,
  },
  letter: ({ about, setting }) => {
    const organization = nameOf(setting, about.organization);
    return given(about.decision, 'decision') === 'approved'
      ? {
          subject: `You can now act for ${organization}`,
          blocks: [paragraph(`Your request to join ${organization} was approved.`)],
          page: pages.account(),
          action: 'Go to your page',
        }
      : {
          subject: `Your request to join ${organization} was declined`,
          blocks: [
            paragraph(`${organization} has declined your request to join it. If you think that is wrong, ask them.`),
          ],
          page: pages.account(),
          action: 'Go to your page',
        };
  },
  why: ({ about, setting }) => `You get this because you asked to join ${nameOf(setting, about.organization)}.`,
  sample: {
    facts: { ...sampleJoin, decision: 'approved' },
    about: { ...aboutPerson, decision: 'approved' },
    setting: sampleSetting,
  },
});
