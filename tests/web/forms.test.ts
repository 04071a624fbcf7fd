import { describe, expect, test } from 'vitest';
import { fieldId } from '#lib/forms/field-id.ts';
import { fieldValues } from '#lib/forms/field-values.ts';
import { formOf, refusedForm } from '#lib/forms/refused-form.ts';
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
      'request',
    );
    expect(failure.status).toBe(400);
    expect(failure.data.refused).toEqual({
      name: 'request',
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
