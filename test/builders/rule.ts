import type { LexiconRule } from '../../pipeline/domain/rule.ts';

/** A rule that the linter lets pass on any day from 2026-01-01 to 2026-12-31. */
export function buildRule(overrides: Partial<LexiconRule> = {}): LexiconRule {
  return {
    id: 'fraud.gambling',
    version: 1,
    state: 'live',
    target: { category: 'fraud' },
    severity: 4,
    confidence: 0.9,
    wordBoundary: false,
    words: ['网络赌博'],
    pattern: null,
    variants: [],
    conditions: null,
    allow: ['拒绝网络赌博'],
    owner: '保卫处',
    purpose: '涉诈信息：赌博网站的招揽',
    example: '来玩网络赌博，稳赚不赔',
    counterExample: '同学们要拒绝网络赌博',
    expiresOn: '2026-12-31',
    ...overrides,
  };
}
