import type { About, ApprovalFacts } from './facts.ts';
import { list, paragraph, type Block, type Letter } from './letter.ts';
import { pages } from './pages.ts';
import { sampleApproval, sampleSetting, toPartner } from './sample.ts';
import type { LetterRecord } from './template.ts';
import { areaName, because, nameOf, partnerStaff } from './words.ts';

/** What all letters to a partner about its approval share. */
export const toThePartner = {
  subject: 'approval',
  side: 'partners',
  why: ({ about, setting }: LetterRecord<'approval'>): string =>
    because('an owner or editor', nameOf(setting, about.organization)),
} as const;

export const approvalStaff = partnerStaff;

/** @param sentence what the agency did, after its name: `has suspended …`. */
export function approvalLetter(
  { facts, setting }: LetterRecord<'approval'>,
  subject: string,
  sentence: string,
  ...more: readonly Block[]
): Letter {
  return {
    subject: `${subject}: ${areaName(setting, facts.area)}`,
    blocks: [
      paragraph(`${setting.program.agency.name} ${sentence}`),
      list(['Partner', nameOf(setting, facts.partner)], ['Priority area', areaName(setting, facts.area)]),
      ...more,
    ],
    page: pages.partner(facts.program, facts.partner),
    action: 'See your page',
  };
}

export function approvalSample(facts: Partial<ApprovalFacts>, about: Partial<About> = {}): LetterRecord<'approval'> {
  return { facts: { ...sampleApproval, ...facts }, about: { ...toPartner, ...about }, setting: sampleSetting };
}

/** Whether a span of an approval holds at an instant. */
export function holds(span: NonNullable<ApprovalFacts['probation']>, at: string): boolean {
  return span.from <= at && (span.until === undefined || at < span.until);
}
