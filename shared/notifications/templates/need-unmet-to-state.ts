import { list, paragraph } from '../letter.ts';
import { pages } from '../pages.ts';
import { sampleEnded, sampleSetting, toState } from '../sample.ts';
import { template } from '../template.ts';
import { areaName, because, nameOf } from '../words.ts';

export const needUnmetToState = template({
  name: 'need-unmet-to-state',
  event: 'engagements.request-outcome-recorded',
  subject: 'request',
  side: 'state',
  due: { todo: ['look-at-unmet-need'] },
  letter: ({ facts, setting }) => ({
    subject: `No partner suits ${nameOf(setting, facts.district)}: ${facts.title}`,
    blocks: [
      paragraph(`${nameOf(setting, facts.district)} has recorded that no partner suits its need.`),
      list(
        ['Need', facts.title],
        ['Priority area', areaName(setting, facts.area)],
        ['Partners asked', String(facts.partners.length)],
      ),
    ],
    page: pages.demand(facts.program),
    action: 'See what districts ask for',
  }),
  why: ({ about, setting }) => because('a program lead or liaison', nameOf(setting, about.organization)),
  sample: { facts: sampleEnded('none-suitable'), about: toState, setting: sampleSetting },
});
