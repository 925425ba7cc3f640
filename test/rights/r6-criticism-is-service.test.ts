import { describe, expect, it } from 'vitest';
import { Category, QueueName, ServiceKind } from '../../pipeline/domain/category.ts';
import { RuleTarget } from '../../pipeline/domain/rule.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import { createJudge } from '../../pipeline/stages/judge.ts';
import { readSeedRules } from '../builders/seed-rules.ts';

const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1 });

function decide(text: string): Verdict {
  return judge.decide({ stored: text, kind: 'comment', metrics: {}, textVersion: 1 });
}

describe('R6: no category for opinion, politics or loyalty', () => {
  it('the list of what may be looked for is frozen', () => {
    expect([...Category.options].sort()).toEqual([
      'advert',
      'dead-link',
      'emergency',
      'fraud',
      'harassment',
      'leak',
      'outage',
      'phishing-link',
      'self-harm',
      'spam',
      'stale',
      'tamper',
      'unverified-claim',
      'violence',
    ]);
    expect([...QueueName.options].sort()).toEqual(['operations', 'review', 'safety', 'service']);
    expect([...ServiceKind.options].sort()).toEqual(['complaint', 'praise', 'question', 'suggestion']);
  });

  it.each(['opinion', 'politics', 'loyalty', 'negative', 'sensitive'])(
    'no rule can aim at %s',
    (category) => {
      expect(RuleTarget.safeParse({ category }).success).toBe(false);
    },
  );
});

/** Plain statements, each with a problem that a unit can answer. */
const statements = [
  '食堂的饭凉了',
  '二食堂的菜有头发',
  '宿舍热水停了三天',
  '寝室的洗衣机坏了',
  '校园网晚上一直断网',
  '选课系统打不开',
  '图书馆空调不制冷',
  '图书馆占座太多',
  '校医院挂号排队两小时',
  '住宿费多扣了一百元',
  '快递站排队太久',
  '教学楼的电梯又坏了',
  '澡堂的水太冷',
  '校门门禁识别不了，没人处理',
  '就业办的电话没人接',
  '操场路灯不亮',
];

/** The same statement said calmly, and said in anger. */
const voices: readonly (readonly [calm: string, angry: string])[] = [
  ['{}。', '{}！！！气死我了！'],
  ['老师您好，{}，麻烦看一下。', '{}，真他妈恶心，垃圾学校！'],
  ['反映一个情况：{}，谢谢。', '{}，你们到底在干什么，忍无可忍！！'],
  ['{}，辛苦处理。', '服了，{}，烂透了，差劲到极点！'],
  ['今天发现{}。', '又是这样！{}！简直岂有此理，一群废物！😡'],
];

const pairs = statements.flatMap((statement) =>
  voices.map(([calm, angry]) => [calm.replace('{}', statement), angry.replace('{}', statement)] as const),
);

describe('R6: the tone of a statement changes neither queue nor level', () => {
  it('is shown on many pairs', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(60);
  });

  it.each(pairs)('%s / %s', (calm, angry) => {
    const one = decide(calm);
    const other = decide(angry);
    expect(one.queues).toEqual(['service']);
    expect(other.queues).toEqual(one.queues);
    expect(other.risk.level).toBe(one.risk.level);
    expect(other.risk.level).toBe('low');
    expect(other.service?.topic).toBe(one.service?.topic);
    expect(other.findings).toEqual([]);
  });

  it('the angry voice is heard as angry', () => {
    const score = (side: 0 | 1): number =>
      pairs.reduce((sum, pair) => sum + decide(pair[side]).sentiment.score, 0) / pairs.length;
    expect(score(1)).toBeLessThan(score(0) - 0.2);
  });
});

/** Dangers, claims and attacks keep their place as well, whatever the voice. */
const grave = [
  '三号宿舍楼着火了',
  '我真的不想活了',
  '听说有人跳楼，学校压下来了',
  '招刷单员，日赚千元',
  '大家把她人肉出来',
  '昨天公示里有身份证号',
];

describe('R6: what is grave stays where it is in any voice', () => {
  it.each(grave)('%s', (statement) => {
    const plain = decide(`${statement}。`);
    expect(plain.queues.length).toBeGreaterThan(0);
    for (const text of [`${statement}！！！气死我了`, `唉，${statement}，谢谢关注`, `${statement}😡😡`]) {
      const other = decide(text);
      expect(other.risk.level, text).toBe(plain.risk.level);
      expect(
        other.queues.filter((queue) => queue !== 'service'),
        text,
      ).toEqual(plain.queues.filter((queue) => queue !== 'service'));
    }
  });
});
