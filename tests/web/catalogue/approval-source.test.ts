import { describe, expect, test } from 'vitest';
import { approvalSource } from '#lib/catalogue/approval-source.ts';
import { whenWords } from '#lib/source-words.ts';
import { grantApproval, suspend } from '#shared/catalogue/approval-rules.ts';
import type { Approval } from '#shared/catalogue/model.ts';
import { statusAt } from '#shared/catalogue/status.ts';
import { anApproval, aPerson, aProgram, now, on, partner, term } from '../../rules/catalogue/builders.ts';

const program = aProgram();
const lead = aPerson('agency:program-lead');
const asPublished = { year: '2014', source: { title: 'List of 2014', dated: '2014' } };
const published = anApproval({ granted: undefined, ends: undefined, asPublished });
const log = '/demo/partners/northwind-learning/changes';

function shown(approval: Approval, version: number, at = now) {
  return approvalSource({ approval, status: statusAt(approval, at), version }, program);
}

function granted(existing?: Approval): Approval {
  const input = { partner, area: term('use-of-data'), granted: now, ends: on('2029-06-30') };
  const decided = grantApproval(existing, lead, now, input, program);
  if (!decided.ok) throw new Error(decided.refusal.code);
  return decided.value.next;
}

describe('where an approval is from', () => {
  test('is the published list as long as nothing else is known', () => {
    expect(shown(published, 1)).toEqual(asPublished.source);
  });

  test('is the decision of the state once it granted one over a published list', () => {
    const source = shown(granted(published), 2);
    expect(source).toEqual({
      title: 'Decision of the Calder Department of Schools',
      url: log,
      when: 'recorded on this site on Mar 1, 2027',
    });
    expect(whenWords(source)).toBe('recorded on this site on Mar 1, 2027');
  });

  test('is the decision of the state for one that was granted here', () => {
    expect(shown(granted(), 1)).toMatchObject({ when: 'recorded on this site on Mar 1, 2027' });
  });

  test('counts the decisions and dates the latest, in the program’s zone', () => {
    const at = on('2027-04-02T03:00:00.000Z');
    const decided = suspend(granted(), lead, at, { reason: term('other') }, program);
    if (!decided.ok) throw new Error(decided.refusal.code);
    expect(shown(decided.value.next, 2, at)).toEqual({
      title: '2 decisions of the Calder Department of Schools',
      url: log,
      when: 'recorded on this site, the latest on Apr 1, 2027',
    });
  });

  test('names no day for one that was stored before days were kept', () => {
    expect(shown(anApproval(), 1).when).toBe('recorded on this site');
  });
});
