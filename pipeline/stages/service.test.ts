import { describe, expect, it } from 'vitest';
import { readSeedRules } from '../../test/builders/seed-rules.ts';
import { createJudge } from './judge.ts';

const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1 });
const kindOf = (stored: string) =>
  judge.decide({ stored, kind: 'comment', metrics: {}, textVersion: 1 }).service?.kind ?? null;

describe('a fault that is named to be denied', () => {
  it.each([
    '食堂的菜不好吃吗？我觉得挺好吃的啊',
    '食堂的菜难道不好吃吗',
    '谁说食堂不好吃',
    '宿舍没有一点不干净',
  ])('is no complaint: %s', (text) => {
    expect(kindOf(text)).not.toBe('complaint');
  });

  it.each([
    '食堂的菜真的不好吃',
    '难道食堂不该道歉吗，菜不新鲜',
    '宿舍没有热水',
    '我们要求校领导公开道歉并公布账目',
  ])('and one that is meant is: %s', (text) => {
    expect(kindOf(text)).toBe('complaint');
  });

  it('and a warning of a swindler praises nobody', () => {
    expect(kindOf('冒充辅导员让交资料费的注意了，不要上当')).not.toBe('praise');
  });
});
