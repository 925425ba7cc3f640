import { describe, expect, it } from 'vitest';
import { actionLabels, groupRights } from './rights-words.ts';

describe('the table of rights in words', () => {
  it('has every right in one group', () => {
    const shown = groupRights({ actions: [] }).flatMap(({ rows }) => rows.map(({ action }) => action));
    expect(shown.toSorted()).toEqual(Object.keys(actionLabels).toSorted());
  });

  it('says who holds a right, and of whose matters', () => {
    const holders = [{ role: 'unit-head' as const, scope: 'own-unit' as const }];
    const groups = groupRights({ actions: [{ action: 'handover.answer', holders }] });
    const row = groups.flatMap(({ rows }) => rows).find(({ action }) => action === 'handover.answer');
    expect(row?.scopes).toEqual({ 'unit-head': 'own-unit' });
  });
});
