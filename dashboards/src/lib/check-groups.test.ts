import { describe, expect, it } from 'vitest';
import { countOpen, groupByCategory, groupFindings, openFindings } from './check-groups.ts';
import type { ShownFinding } from './draft-api.ts';

const answer = { reason: '人名', by: null, at: '2026-05-01T00:00:00.000Z', forUnit: false };
let count = 0;
const finding = (change: Partial<ShownFinding>): ShownFinding => ({
  ...{ id: `f${count++}`, category: 'typo', level: 'warn', stage: 's', rule: 'r', version: '1', text: '' },
  ...{ suggestion: null, message: '', key: 'k', answered: null },
  place: { part: 'body', ref: null, start: 0, end: 1 },
  ...change,
});

describe('findings as questions', () => {
  it('are asked once a key, what must be done first, what was answered last', () => {
    const groups = groupFindings([
      finding({ key: 'info', level: 'info' }),
      finding({ key: 'answered', answered: answer }),
      finding({ key: 'twice' }),
      finding({ key: 'id-card', level: 'block', category: 'personal-data' }),
      finding({ key: 'twice', suggestion: '的' }),
    ]);
    expect(groups.map((one) => [one.key, one.findings.length])).toEqual([
      ['id-card', 1],
      ['twice', 2],
      ['info', 1],
      ['answered', 1],
    ]);
    expect(groups[1]?.hasSuggestion).toBe(true);
  });

  it('never answers a block along with a warning of the same key', () => {
    const groups = groupFindings([finding({ level: 'block' }), finding({ answered: answer })]);
    expect(groups.map((one) => one.answered === null)).toEqual([true, false]);
  });

  it('stay open while one place of the key is', () => {
    const [group] = groupFindings([finding({ answered: answer }), finding({})]);
    expect(group?.answered).toBeNull();
  });

  it('are counted by what is left to do', () => {
    const all = [finding({ level: 'block' }), finding({ key: 'a' }), finding({ key: 'b', answered: answer })];
    expect(countOpen(all)).toEqual({ block: 1, warn: 1, info: 0 });
    expect(openFindings(all).map((one) => one.level)).toEqual(['block', 'warn']);
    expect(groupByCategory(all)).toMatchObject([{ category: 'typo', open: 2 }]);
  });
});
