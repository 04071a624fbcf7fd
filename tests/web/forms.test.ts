import { describe, expect, test } from 'vitest';
import { fieldId } from '#lib/forms/field-id.ts';
import { fieldValues } from '#lib/forms/field-values.ts';
import { lostSentence } from '#lib/forms/lost-sentence.ts';
import { formOf, refusedForm } from '#lib/forms/refused-form.ts';
import { seenIn } from '#lib/forms/seen-in.ts';
import { ApiRefusal, readRefusal, refusalOf } from '#lib/refusal.ts';

function typed(...pairs: readonly (readonly [string, string])[]): FormData {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  return data;
}

describe('a refused form', () => {
  const data = typed(['title', 'Math'], ['grades', 'K'], ['grades', '1'], ['budget.high', 'lots']);

  test('keeps what was typed and names each field', () => {
    const failure = refusedForm(
      new ApiRefusal({ code: 'invalid', message: 'Look again.', fields: { 'budget.high': 'A whole number.' } }, 400),
      data,
      { name: 'request' },
    );
    expect(failure.status).toBe(400);
    expect(failure.data.refused).toEqual({
      name: 'request',
      code: 'invalid',
      message: 'Look again.',
      problems: { 'budget.high': 'A whole number.' },
      values: { title: ['Math'], grades: ['K', '1'], 'budget.high': ['lots'] },
    });
  });

  test('without a sentence of its own says that of its code', () => {
    expect(formOf({ code: 'at-capacity' }, data)).toMatchObject({
      message: 'The partner has no room before the start you want.',
      problems: {},
    });
  });

  test('calls the fields of the request as the form does', () => {
    const refusal = new ApiRefusal({ code: 'invalid', fields: { words: 'Too long.' } });
    const { data: answer } = refusedForm(refusal, data, {
      atFields: (problems) => Object.fromEntries(Object.entries(problems).map(([name, words]) => [`${name}-1`, words])),
    });
    expect(answer.refused.problems).toEqual({ 'words-1': 'Too long.' });
  });

  test('throws on what is no refusal', () => {
    const fault = new TypeError('defect');
    expect(() => refusedForm(fault, data)).toThrow(fault);
  });

  test('shows what was typed before what is stored, and an unticked box as unticked', () => {
    const stored = { title: 'Old', grades: ['2'], kind: 'a', open: 'yes' };
    expect(fieldValues(undefined, stored).all('grades')).toEqual(['2']);
    expect(fieldValues(undefined, stored).one('title')).toBe('Old');
    const values = fieldValues(formOf({ code: 'invalid', fields: { title: 'No.' } }, data), stored);
    expect(values.one('title')).toBe('Math');
    expect(values.all('open')).toEqual([]);
    expect(values.problem('title')).toBe('No.');
    expect(values.problem('grades')).toBeUndefined();
  });

  test('has seen the present state after a conflict only', () => {
    const sent = typed(['version', '3']);
    expect(seenIn(undefined, 'version', '5')).toBe('5');
    expect(seenIn(formOf({ code: 'invalid' }, sent), 'version', '5')).toBe('3');
    expect(seenIn(formOf({ code: 'changed-meanwhile' }, sent), 'version', '5')).toBe('5');
    expect(seenIn(formOf({ code: 'invalid' }, typed()), 'version', '5')).toBe('5');
  });

  test('that got no answer of ours says whether anybody was reached, and that nothing is lost', () => {
    const error = { message: 'Something failed on our side.' };
    expect(lostSentence({ error })).toBe('We could not reach the server. What you typed is still here; try again.');
    expect(lostSentence({ status: 500, error })).toBe(
      'Something failed on our side. What you typed is still here; try again.',
    );
  });

  test('links to its fields', () => {
    expect(fieldId('budget.high')).toBe('field-budget-high');
    expect(fieldId('partners[2].name')).toBe('field-partners-2-name');
  });
});

describe('an answer of the API', () => {
  test('is a refusal with fields beside the code or in its data', () => {
    const fields = { title: 'Too long.' };
    expect(readRefusal({ code: 'invalid', message: 'No.', fields })).toEqual({
      code: 'invalid',
      message: 'No.',
      fields,
    });
    expect(readRefusal({ defined: true, code: 'invalid', message: '', data: { fields } })).toEqual({
      code: 'invalid',
      fields,
    });
  });

  test.each([undefined, null, 'text', [], {}, { code: 'fault' }, { code: 'toString' }, { code: 4 }])(
    '%j is none',
    (body) => {
      expect(readRefusal(body)).toBeUndefined();
    },
  );

  test('that failed otherwise is none', () => {
    expect(refusalOf(new Error('invalid'))).toBeUndefined();
  });
});
