import { describe, expect, it } from 'vitest';
import { buildRule } from '../../../test/builders/rule.ts';
import { draftOf, newRuleDraft, writingOf } from './rule-draft.ts';

describe('a rule as a form', () => {
  it('comes back as it was, conditions and pattern included', () => {
    const {
      version: _version,
      state: _state,
      ...rule
    } = buildRule({
      pattern: '贷款.{0,3}秒批',
      variants: ['pinyin'],
      conditions: {
        ...{ all: [['校园', '学校'], ['转账']], not: ['防范', '提醒'], scope: 'clause' },
        near: { words: ['加群'], within: 20 },
      },
    });
    expect(writingOf(draftOf(rule))).toEqual(rule);
  });

  it('parts words as people do, and leaves out conditions where there are none', () => {
    const draft = {
      ...newRuleDraft('2026-11-24'),
      id: ' fraud.x ',
      words: '校园贷\n\n校园贷 \n',
      purpose: '校园贷',
    };
    expect(draft.expiresOn).toBe('2027-05-23');
    expect(writingOf(draft)).toMatchObject({
      ...{ id: 'fraud.x', words: ['校园贷'], pattern: null, conditions: null },
    });
    const { conditions } = writingOf({ ...draft, all: '转账，汇款 付款\n加群', near: '、' });
    expect(conditions).toEqual({
      all: [['转账', '汇款', '付款'], ['加群']],
      near: null,
      not: [],
      scope: 'sentence',
    });
  });
});
