import { describe, expect, it } from 'vitest';
import type { RuleStatsList, RuleView } from '../../../review-api/contract/rule.ts';
import { describePrecision, diffRules, reasonsFor, ruleAlarms } from './rule-words.ts';

const rule: RuleView = {
  ...{ id: 'fraud.loan', version: 3, state: 'live', target: { category: 'fraud' }, severity: 3 },
  ...{ confidence: 0.8, wordBoundary: false, words: ['校园贷', '裸贷'], pattern: null, variants: [] },
  ...{ conditions: null, allow: [], owner: '保卫处', purpose: '涉诈信息：贷款', example: '办校园贷' },
  ...{ counterExample: '防范校园贷', expiresOn: '2027-10-31', running: true, overdue: false },
};
const figures: RuleStatsList['items'][number] = {
  ...{ ruleId: rule.id, state: 'live', version: 3, running: true, overdue: false, hits: 9, shadowHits: 0 },
  ...{ byDay: [], decided: 12, against: 3, byReason: [], precision: 0.75, alarm: null },
};
const today = '2026-11-23';

describe('alarms of a rule', () => {
  it('has none where all is well', () => {
    expect(ruleAlarms(rule, figures, today)).toEqual([]);
    expect(ruleAlarms(rule, undefined, today)).toEqual([]);
  });

  it('tells too many hits, falling precision and the end of its days', () => {
    const alarm = { day: today, hits: 40, usual: 4.12, kind: 'burst' as const };
    const bad = { ...figures, alarm, precision: 0.4 };
    expect(ruleAlarms({ ...rule, expiresOn: '2026-12-01' }, bad, today)).toEqual([
      '一天命中 40 条，平常约 4.1 条',
      '多半被判为误判',
      '2026-12-01 到期，请安排复审',
    ]);
    const over = { ...rule, expiresOn: '2026-11-01' };
    expect(ruleAlarms({ ...over, overdue: true }, figures, today)).toEqual(['逾期未复审，仍在运行']);
    expect(ruleAlarms({ ...over, running: false }, figures, today)).toEqual(['已过有效期，已停止']);
    expect(ruleAlarms({ ...over, state: 'retired', running: false }, figures, today)).toEqual([]);
  });
});

it('shows no share without how many it is of, and none of too few', () => {
  expect(describePrecision(figures)).toBe('75%（处理过 12 件）');
  expect(describePrecision({ ...figures, decided: 3, precision: null })).toBe('只处理过 3 件，太少，不计');
  expect(describePrecision({ ...figures, decided: 0, precision: null })).toBe('还没有处理过的线索');
});

it('tells two versions apart by what was put in and taken out', () => {
  const after = { ...rule, state: 'shadow' as const, words: ['校园贷', '培训贷'], allow: ['防范校园贷'] };
  expect(diffRules(rule, after)).toEqual([
    { field: '状态', gone: ['启用'], added: ['试运行'] },
    { field: '词语', gone: ['裸贷'], added: ['培训贷'] },
    { field: '放行短语', gone: [], added: ['防范校园贷'] },
  ]);
  expect(diffRules(rule, { ...rule, version: 4 })).toEqual([]);
});

it('offers only reasons that fit the move', () => {
  expect(reasonsFor('shadow', 'live')).toEqual(['trial-good']);
  expect(reasonsFor('draft', 'shadow')).toEqual(['ready-for-trial']);
  expect(reasonsFor('live', 'shadow')).toContain('wrong-hits');
  expect(reasonsFor('live', 'retired')).not.toContain('to-be-revised');
});
