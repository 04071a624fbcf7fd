import { describe, expect, test } from 'vitest';
import { consumers } from '#shared/contract/consumers.ts';
import { everyEvent } from '#shared/contract/events.ts';
import { instant } from '#shared/kernel/instants.ts';
import { escapeHtml, oneLine, paragraph, render, subjectAtMost } from '#shared/notifications/letter.ts';
import { noticesOf, templateOf, templates, type TemplateName } from '#shared/notifications/registry.ts';
import { sampleEnded, sampleSetting } from '#shared/notifications/sample.ts';

const origin = 'https://partners.test';

function rendered(name: TemplateName) {
  const one = templateOf(name);
  return render(one.letter(one.sample), one.why(one.sample), one.sample.setting, origin);
}

describe('every event', () => {
  test('has a decision about who is told, and no decision is left of an event that is gone', () => {
    expect(Object.keys(noticesOf).toSorted()).toEqual(everyEvent.map((one) => one.name).toSorted());
  });

  test('is told by templates that say they tell of it, and each template tells of one event', () => {
    const told = Object.entries(noticesOf).flatMap(([event, names]) => names.map((name) => ({ name, event })));
    expect(told.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual(
      templates.map(({ name, event }) => ({ name, event })).toSorted((a, b) => a.name.localeCompare(b.name)),
    );
  });

  test('that is told is heard by the notices, and no other', () => {
    const told = Object.entries(noticesOf).flatMap(([event, names]) => (names.length > 0 ? [event] : []));
    expect([...consumers.notices].toSorted()).toEqual(told.toSorted());
  });
});

describe.each(templates.map((one) => one.name))('%s', (name) => {
  const one = templateOf(name);
  const mail = rendered(name);

  test('has a short subject on one line, and says where it is from and why it came', () => {
    expect(Array.from(mail.subject).length).toBeLessThanOrEqual(subjectAtMost);
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.subject).not.toBe('');
    expect(mail.text).toContain('You get this because');
    expect(mail.text).toContain(sampleSetting.program.name);
    expect(mail.text).toContain('invented state');
    expect(mail.html).toContain('invented state');
  });

  test('leaves nothing undefined, and nothing unescaped', () => {
    for (const part of [mail.subject, mail.text, mail.html]) expect(part).not.toMatch(/undefined|null|NaN|\[object/);
    expect(mail.html).not.toMatch(/<middle>|Alder & |Children's/);
    const tags = [...mail.html.matchAll(/<\/?([a-z]+)/g)].map((match) => match[1] ?? '');
    const allowed = ['html', 'head', 'meta', 'title', 'body', 'p', 'ul', 'li', 'strong', 'a', 'hr', 'small'];
    expect(tags.filter((tag) => !allowed.includes(tag))).toEqual([]);
  });

  test('leads to one page of our own', () => {
    expect(mail.address.startsWith(`${origin}/`)).toBe(true);
    const links = [...mail.html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
    expect(links).toEqual([mail.address]);
    expect(mail.text.match(/https?:\/\/\S+/g)).toEqual([mail.address]);
  });

  test('is still true for its own sample, and tells the same in text and HTML', () => {
    expect(one.eligible(one.sample.facts, one.sample.about, one.sample.about.at)).toBeDefined();
    for (const block of one.letter(one.sample).blocks) {
      const pieces =
        block.kind === 'paragraph' ? [block.text] : block.rows.flatMap(({ name: word, value }) => [word, value]);
      for (const piece of pieces) {
        expect(mail.text).toContain(piece);
        expect(mail.html).toContain(escapeHtml(piece));
      }
    }
  });
});

describe('the words', () => {
  test('of a deadline give the instant in the zone of the program', () => {
    expect(rendered('request-sent-to-partner').text).toContain('Answer by: Jan 25, 2027, 11:59 p.m. CT');
  });

  test('to a partner that was not chosen are the same whether another was chosen or nobody', () => {
    const one = templateOf('outcome-recorded-to-partner');
    const [awarded, nobody] = [sampleEnded('awarded'), sampleEnded('none-suitable')];
    const other = {
      ...awarded,
      ended: { how: 'awarded', at: instant.parse('2027-01-11T15:00:00.000Z'), awarded: [] },
    } as const;
    expect(one.letter({ ...one.sample, facts: other })).toEqual(one.letter({ ...one.sample, facts: nobody }));
    expect(one.letter({ ...one.sample, facts: awarded }).subject).toMatch(/^Chosen/);
  });

  test('of people never break a header, a line or the markup', () => {
    expect(oneLine('a\r\nBcc: x@y.invalid\u0000', 40)).toBe('a Bcc: x@y.invalid');
    expect(Array.from(oneLine('😀'.repeat(200), 100))).toHaveLength(100);
    const letter = {
      subject: 'x\ny',
      blocks: [paragraph('<img src=x onerror="alert(1)">')],
      page: '/demo',
      action: '"><b>',
    };
    const mail = render(letter, 'Why.', sampleSetting, origin);
    expect(mail.html).not.toMatch(/<img|<b>/);
    expect(mail.subject).toBe('x y');
  });

  test('of an event that lacks what its letter needs are refused as a defect', () => {
    const one = templateOf('question-asked-to-district');
    const { organization, at } = one.sample.about;
    expect(() => one.letter({ ...one.sample, about: { organization, at } })).toThrow(/partner/);
    expect(() => one.letter({ ...one.sample, facts: templateOf('join-requested-to-owner').sample.facts })).toThrow(
      /another kind/,
    );
  });
});
