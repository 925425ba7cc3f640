import { describe, expect, it } from 'vitest';
import { Verdict } from '../domain/verdict.ts';
import { openSegmenter, type Segmenter } from '../text/segment.ts';
import { assembleJudge, createJudge, type Judge, type JudgeInput } from './judge.ts';
import { personalDataStage } from './personal-data.ts';
import type { Stage } from './stage.ts';

const versions = { rules: 'r', models: 'm', dictionary: 'd', settings: 7, baseline: 'b' };
const segmenter = openSegmenter({ dictionaryWords: [] });
const broken: Stage = {
  name: 'lexicon',
  safetyRelevant: true,
  run: () => {
    throw new TypeError('no weights');
  },
};

function input(stored: string): JudgeInput {
  return { stored, kind: 'comment', metrics: {}, textVersion: 2 };
}

describe('a stage that fails', () => {
  it('leaves "could not check", sends the text to a person, and the other stages go on', () => {
    const judge = assembleJudge({ stages: [broken, personalDataStage], segmenter, versions });
    const verdict = judge.decide(input('联系 13800138000'));
    expect(verdict.couldNotCheck).toEqual([
      { stage: 'lexicon', reason: expect.stringMatching(/^TypeError at judge\.test\.ts:\d+$/) },
    ]);
    expect(verdict.queues).toContain('review');
    expect(verdict.findings).toHaveLength(1);
    expect(judge.decide(input('风很轻')).queues).toEqual(['review']);
  });

  it('that looks for no danger is only written down', () => {
    const stage = { ...broken, name: 'sentiment', safetyRelevant: false };
    const verdict = assembleJudge({ stages: [stage], segmenter, versions }).decide(input('风很轻'));
    expect(verdict.queues).toEqual([]);
    expect(verdict.couldNotCheck).toHaveLength(1);
  });

  it('so does the segmenter', () => {
    const mute: Segmenter = {
      version: 'none',
      cut: () => {
        throw new Error('no dictionary');
      },
      cutForSearch: () => [],
    };
    const verdict = assembleJudge({ stages: [personalDataStage], segmenter: mute, versions }).decide(
      input('联系 13800138000'),
    );
    expect(verdict.couldNotCheck).toEqual([{ stage: 'segment', reason: 'Error' }]);
    expect(verdict.findings).toHaveLength(1);
  });
});

describe('createJudge', () => {
  const judge: Judge = createJudge({ rules: [], settingsVersion: 7, dictionaryWords: ['聽瀾湖'] });

  it('stamps every verdict with what judged it', () => {
    const { stamp } = judge.decide(input('你好'));
    expect(stamp).toEqual({ text: 2, ...judge.versions });
    expect(stamp.settings).toBe(7);
    expect(Object.values(stamp)).not.toContain('');
  });

  it('gives tokens that a query in other characters finds', () => {
    const { tokens } = judge.judge(input('聽瀾湖邊的圖書館，圖書館'));
    expect(tokens).toEqual(expect.arrayContaining(['听澜湖', '图书馆']));
    expect(tokens).not.toContain(',');
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const word of judge.searchWords('圖書館 听澜湖')) expect(tokens).toContain(word);
  });

  it('knows how long each stage took', () => {
    expect(Object.keys(judge.stageMs())).toEqual([
      'lexicon',
      'personal-data',
      'sentiment',
      'service',
      'model-findings',
    ]);
  });

  it.each([
    ['empty', ''],
    ['white space', ' \n\t '],
    ['emoji', '😀'.repeat(500)],
    ['lone surrogates', '\ud800'.repeat(100)],
    ['mixed scripts', 'مرحبا Привет こんにちは ฉัน हिन्दी 한국어 食堂'],
    ['control characters', '\u0000\u0001\u007f\u0085'],
    ['a megabyte of one character', '好'.repeat(350_000)],
    ['a megabyte of digits', '1'.repeat(1_000_000)],
    ['a megabyte of separated digits', '1 '.repeat(500_000)],
    ['a megabyte of punctuation', '！'.repeat(350_000)],
  ])('judges %s', (_name, text) => {
    const { verdict } = judge.judge(input(text));
    expect(Verdict.safeParse(verdict).success).toBe(true);
    expect(verdict.couldNotCheck).toEqual([]);
  });
});
