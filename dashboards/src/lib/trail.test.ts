import { describe, expect, it } from 'vitest';
import { describeTrail } from './trail.ts';

describe('the trail of a finding', () => {
  it('leads from what stood there to the word of the rule', () => {
    const trail = { stood: '賭 博', normalised: '赌博', word: '赌博', pattern: null };
    expect(describeTrail({ trail, via: ['traditional', 'filler'] })).toBe(
      '原文「賭 博」 → 归一「赌博」 → 规则词「赌博」（繁体转简体、去夹杂符号）',
    );
  });

  it('shows the pattern that matched', () => {
    const trail = { stood: '日赚800', normalised: '日赚800', word: null, pattern: '日赚\\d+' };
    expect(describeTrail({ trail })).toBe('原文「日赚800」 → 规则式 日赚\\d+');
  });

  it('says nothing of a word that stood there as it is, or of a rule that has changed', () => {
    expect(describeTrail({ trail: { stood: '赌博', normalised: '赌博', word: '赌博', pattern: null } })).toBe(
      null,
    );
    expect(describeTrail({ trail: { stood: '赌博', normalised: '赌博', word: null, pattern: null } })).toBe(
      null,
    );
    expect(describeTrail({ trail: null })).toBe(null);
  });

  it('names the steps alone to those who may not read the text', () => {
    expect(describeTrail({ trail: null, via: ['homophone'] })).toBe('识别方式：同音字');
  });
});
