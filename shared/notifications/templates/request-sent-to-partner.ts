import { showInstant } from '../../kernel/show-instant.ts';
import { list, paragraph } from '../letter.ts';
import { pages } from '../pages.ts';
import { sampleRequest, sampleSetting, toPartner } from '../sample.ts';
import { template } from '../template.ts';
import { areaName, because, nameOf } from '../words.ts';

export const requestSentToPartner = template({
  name: 'request-sent-to-partner',
  event: 'engagements.invitation-sent',
  subject: 'request',
  side: 'partners',
  due: { todo: ['answer-request'] },
  letter: ({ facts, setting }) => ({
    subject: `Answer by ${showInstant(facts.replyBy, setting.program.zone)}: ${facts.title}`,
    blocks: [
      paragraph(`${nameOf(setting, facts.district)} asks whether you can help.`),
      list(
        ['Need', facts.title],
        ['Priority area', areaName(setting, facts.area)],
        ['Answer by', showInstant(facts.replyBy, setting.program.zone)],
      ),
      paragraph(
        'Say that you are interested, with a price and a start, or decline with a reason. You can ask questions first.',
      ),
    ],
    page: pages.partnerRequest(facts.program, facts.request),
    action: 'Read and answer the request',
  }),
  why: ({ about, setting }) => because('an owner or editor', nameOf(setting, about.organization)),
  sample: { facts: sampleRequest, about: toPartner, setting: sampleSetting },
});
