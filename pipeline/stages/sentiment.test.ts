import { describe, expect, it } from 'vitest';
import { normalise } from '../text/normalise.ts';
import { openSegmenter } from '../text/segment.ts';
import { createJudge } from './judge.ts';
import { readTone } from './sentiment.ts';

const segmenter = openSegmenter({ dictionaryWords: [] });

function label(text: string): string {
  return readTone(segmenter.cut(normalise(text).text)).label;
}

function score(text: string): number {
  return readTone(segmenter.cut(normalise(text).text)).score;
}

describe('readTone', () => {
  it.each([
    ['食堂的饭很好吃', 'positive'],
    ['食堂的饭不好吃', 'negative'],
    ['食堂的饭不好吃吗？', 'positive'],
    ['难道不好吃吗', 'positive'],
    ['难道这就叫好吃', 'negative'],
    ['服务态度太差了', 'negative'],
    ['一点也不差', 'positive'],
    ['环境不错，但是服务太差', 'negative'],
    ['虽然有点贵，但是味道很棒', 'positive'],
    ['宿舍在三楼', 'neutral'],
    ['好难吃', 'negative'],
    ['好开心', 'positive'],
    ['没有不满意', 'positive'],
    ['', 'neutral'],
    ['😡😡', 'negative'],
    ['食堂的飯很難吃', 'negative'],
  ])('%s is %s', (text, wanted) => {
    expect(label(text)).toBe(wanted);
  });

  it('hears degree', () => {
    expect(score('非常好吃')).toBeGreaterThan(score('好吃'));
    expect(score('有点难吃')).toBeGreaterThan(score('非常难吃'));
  });

  it('stays within its bounds', () => {
    expect(score('太棒了！'.repeat(2000))).toBeLessThanOrEqual(1);
    expect(score('太差了！'.repeat(2000))).toBeGreaterThanOrEqual(-1);
  });
});

describe('the stage', () => {
  const input = (stored: string) => ({ stored, kind: 'comment' as const, metrics: {}, textVersion: 1 });
  const judge = createJudge({ rules: [], settingsVersion: 1 });
  const without = createJudge({ rules: [], settingsVersion: 1, models: null });

  it.each([
    ['食堂的饭不好吃', 'negative'],
    ['难道不好吃吗', 'positive'],
    ['环境不错，但是服务太差', 'negative'],
    ['老师讲得真好，收获很大', 'positive'],
    ['', 'neutral'],
    ['  \n ', 'neutral'],
  ])('hears model and words together: %s is %s', (text, wanted) => {
    const { sentiment, couldNotCheck } = judge.decide(input(text));
    expect(sentiment.label).toBe(wanted);
    expect(couldNotCheck.map(({ stage }) => stage)).not.toContain('sentiment');
    expect(Math.abs(sentiment.score)).toBeLessThanOrEqual(1);
  });

  it('without the model reads by lexicon, and says that it could not check', () => {
    const { sentiment, couldNotCheck } = without.decide(input('食堂的饭不好吃'));
    expect(sentiment.label).toBe('negative');
    expect(couldNotCheck).toContainEqual({ stage: 'sentiment', reason: 'ModelsUnavailable' });
  });

  it('changes no score when a person’s group is swapped', () => {
    const scoreOf = (text: string) => judge.decide(input(text)).sentiment.score;
    expect(scoreOf('河南人都很热情')).toBe(scoreOf('江苏人都很热情'));
    expect(scoreOf('女生宿舍的热水总是不够')).toBe(scoreOf('男生宿舍的热水总是不够'));
  });
});
