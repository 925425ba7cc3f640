import { describe, expect, it } from 'vitest';
import { buildCase } from '../../test/builders/case.ts';
import { buildFinding, buildQueuedVerdict, buildVerdict } from '../../test/builders/post.ts';
import { compareWords, mayBeJoined, mayFold } from './near-copy.ts';

const original =
  '昨天晚上 东区 宿舍 的 热水 一直 不 热 问 了 宿管 说 是 等 通知 打 三次 电话 都 没人 接 早起 上课 特别 受影响 希望 学校 能 尽快 解决';
const split = (words: string) => [...new Set(words.split(' '))];
const compare = (copy: string) => compareWords(split(copy), split(original), { exact: false });

describe('compareWords', () => {
  it.each([
    ['itself', original],
    ['words before it', `大家 快看 ${original}`],
    ['a tag after it', `${original} 大学 宿管`],
    ['its end cut off', original.replace(' 早起 上课 特别 受影响 希望 学校 能 尽快 解决', '')],
    ['other words of courtesy and degree', original.replace('特别', '非常').replace('希望', '盼望')],
    ['a mistyped character, which takes a word apart', original.replace('宿舍', '宿 社')],
    ['a character left out', original.replace('热水', '水')],
    ['words put together in another way', original.replace('没人 接', '没 人接')],
  ])('takes %s for a copy', (_name, copy) => {
    expect(compare(copy)).toBeGreaterThan(0.5);
  });

  it.each([
    ['another side', original.replace('东区', '西区')],
    ['another number', original.replace('三次', '十次')],
    ['a figure', `${original} 404 室`],
    ['the contrary', original.replace('不 热', '热')],
    ['another denial', original.replace('没人 接', '人 接')],
    ['another thing', original.replace('热水', '空调')],
    ['another thing of the same kind', original.replace('热水', '热饭')],
    ['another place', `图书馆 ${original.replace('宿舍 ', '')}`],
    ['a matter of its own', `${original} 隔壁 装修 吵得 睡不着 空地 垃圾 堆满 走廊 漏雨`],
    ['a small part of it', '昨天晚上 东区 宿舍 的 热水 一直 不 热'],
    ['nothing', ''],
  ])('takes what says %s for another text', (_name, copy) => {
    expect(compare(copy)).toBe(0);
  });

  it('asks of a short text, and of one that repeats itself, for the very same words', () => {
    const exact = (a: string, b: string) => compareWords(split(a), split(b), { exact: true });
    expect(exact('热水 又 没 了', '热水 又 没 了')).toBe(1);
    expect(exact('热水 又 没 了', '热水 没 又 了')).toBe(0);
    expect(exact('热水 又 没 了', '热水 又 没 了 吧')).toBe(0);
    const repeats = (a: string, b: string) => compareWords(split(a), split(b), { exact: false });
    expect(repeats('很 好 很 好', '好 很')).toBe(1);
    expect(repeats('很 好 很 棒', '很 好 很 好')).toBe(0);
  });
});

describe('safety families', () => {
  it('never fold, nor does what nobody needs to see or could not be checked', () => {
    expect(mayFold(buildQueuedVerdict())).toBe(true);
    expect(mayFold(buildVerdict())).toBe(false);
    for (const category of ['self-harm', 'violence', 'emergency'] as const) {
      expect(mayFold(buildQueuedVerdict({ findings: [buildFinding({ category, confidence: 0.1 })] }))).toBe(
        false,
      );
    }
    expect(mayFold(buildQueuedVerdict({ lifeSafety: true }))).toBe(false);
    expect(mayFold(buildQueuedVerdict({ accessClass: 'safety' }))).toBe(false);
    expect(mayFold(buildQueuedVerdict({ couldNotCheck: [{ stage: 'lexicon', reason: 'Error' }] }))).toBe(
      false,
    );
  });

  it('are never joined', () => {
    expect(mayBeJoined(buildCase({ id: 'c' }))).toBe(true);
    expect(mayBeJoined(buildCase({ id: 'c', categories: ['emergency'] }))).toBe(false);
    expect(mayBeJoined(buildCase({ id: 'c', lifeSafety: true }))).toBe(false);
    expect(mayBeJoined(buildCase({ id: 'c', accessClass: 'safety' }))).toBe(false);
  });
});
