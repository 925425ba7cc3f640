import { describe, expect, it } from 'vitest';
import { readSeedRules } from '../../test/builders/seed-rules.ts';
import { createJudge } from './judge.ts';

// The rules alone: what must be found does not wait for a model.
const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1 });
const decide = (stored: string) => judge.decide({ stored, kind: 'comment', metrics: {}, textVersion: 1 });
const ruled = (text: string) =>
  decide(text)
    .findings.filter(({ source }) => source === 'rule')
    .map(({ category }) => category);

describe('a danger that is told by its signs', () => {
  it.each([
    '室友吞了一把药，快来人',
    '吃几片安定能死',
    '怎样死没有痛苦',
    '囤了两瓶安眠药',
    '绳子准备好了，明早就走',
    '今晚我就从顶楼跳下去',
    '我把猫托付给室友了，不用找我',
    '如果睡着了就再也不醒过来该多好',
    '对这个世界已经没有留恋',
    '自残的疤又在流血',
    '好想亖',
    '他给我们留了遗书',
  ])('calls the people on duty: %s', (text) => {
    expect(ruled(text)).toContain('self-harm');
    expect(decide(text).queues).toContain('safety');
  });

  it.each([
    '我迟早把这宿舍烧了',
    '今晚去教学楼放火',
    '带着菜刀等他出来',
    '逼急了我跟他同归于尽',
    '周五放学约架，抄家伙',
    '我查到你住哪了，等着',
  ])('brings a threat before both queues: %s', (text) => {
    expect(ruled(text)).toContain('violence');
    expect(decide(text).queues).toEqual(expect.arrayContaining(['safety', 'review']));
  });

  it.each([
    ['再不还钱就把她的私照发到群里', 'harassment'],
    ['您的邮箱即将停用，请点击链接 http://a.example/x 验证', 'phishing-link'],
    ['航班取消，可双倍赔付，请添加客服', 'fraud'],
    ['毕业论文代笔，私聊', 'fraud'],
    ['听同学说实验楼爆炸，学校不让说', 'unverified-claim'],
    ['导师挪用经费，学院包庇', 'unverified-claim'],
  ])('%s is %s', (text, category) => {
    expect(ruled(text)).toContain(category);
  });
});

describe('what uses the same words for ordinary things', () => {
  it.each([
    '周末被窝太暖和，不想再醒过来了',
    '毕业了，东西都送人了，再见啦',
    '妈妈我先走了，高铁要开了',
    '感冒药已经买好了，今晚就吃',
    '明天从六楼搬东西下去，有人帮忙吗',
    '新买了把刀，切菜很顺手',
    '和高数同归于尽',
    '炸学校食堂的鸡腿太香了',
    '跳楼价大甩卖',
    '体测严禁代跑，发现取消成绩',
    '老师讲廉政课，分析贪污案例',
    '邮箱满了怎么清理',
  ])('alarms nobody: %s', (text) => {
    expect(ruled(text)).toEqual([]);
  });
});
