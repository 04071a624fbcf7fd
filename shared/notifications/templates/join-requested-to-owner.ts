import { paragraph } from '../letter.ts';
import { pages } from '../pages.ts';
import { aboutPerson, sampleJoin, sampleSetting } from '../sample.ts';
import { template } from '../template.ts';
import { because, nameOf } from '../words.ts';

export const joinRequestedToOwner = template({
  name: 'join-requested-to-owner',
  event: 'accounts.join-requested',
  subject: 'join',
  side: 'organization',
  due: {
    todo: ['decide-join-request'],
    // asking again after a refusal is another event
    stillTrue: (facts, about) => facts.askedAt === about.at,
  },
  letter: ({ facts, setting }) => ({
    subject: `Somebody asks to join ${nameOf(setting, facts.organization)}`,
    // who it is stands on the page only: a mail box is no place for somebody else's name and address
    blocks: [paragraph(`Somebody asks to act for ${nameOf(setting, facts.organization)} here. The page says who.`)],
    page: pages.people(facts.organization),
    action: 'Approve or decline',
  }),
  why: ({ about, setting }) => because('in charge', nameOf(setting, about.organization)),
  sample: { facts: sampleJoin, about: aboutPerson, setting: sampleSetting },
});
