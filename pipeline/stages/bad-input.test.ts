import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeedRules } from '../../test/builders/seed-rules.ts';
import { PostKind } from '../domain/post.ts';
import { Verdict } from '../domain/verdict.ts';
import { createJudge } from './judge.ts';

/** The whole judge, with the rules and models that come with the program. */
const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1 });
const judgeText = (stored: string, kind: PostKind = 'comment') =>
  judge.judge({ stored, kind, metrics: {}, textVersion: 1 });

const texts: [string, string][] = [
  ['nothing', ''],
  ['white space', ' \n\t\u3000\u200b'],
  ['only emoji', '😀👩‍👩‍👧‍👦🏳️‍🌈🍚[泪][哈哈]'.repeat(40)],
  ['broken surrogates', '\ud800食堂\udc00打不开\ud83d\ud83d\udc00\udfff'],
  ['mixed scripts', 'Приве́т 食堂 مرحبا بك שלום ทดสอบ ｆｕｌｌ 𠀀𠮷 한국어'],
  ['marks upon marks', `食${'\u0301'.repeat(5000)}堂`],
  ['zero-width between all', [...'有人要跳楼'].join('\u200b\u200d')],
  ['one sign a hundred thousand times', '啊'.repeat(100_000)],
  ['digits alone', '1'.repeat(100_000)],
  ['brackets that never close', '（【「'.repeat(20_000)],
];

describe('texts that nobody would write', () => {
  it.each(texts)('%s', (_name, text) => {
    for (const kind of PostKind.options) {
      const { verdict, tokens } = judgeText(text, kind);
      expect(Verdict.parse(verdict)).toEqual(verdict);
      expect(
        verdict.couldNotCheck.map(({ reason }) => reason).filter((why) => why !== 'ModelsUnavailable'),
      ).toEqual([]);
      for (const { start, end } of verdict.findings) {
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(text.length);
      }
      expect(new Set(tokens).size).toBe(tokens.length);
    }
  });

  it('any string at all: a verdict that holds together, the same each time', () => {
    const units = fc.array(fc.nat(0xffff), { maxLength: 200 }).map((codes) => String.fromCharCode(...codes));
    const spoken = fc
      .array(
        fc.constantFrom(
          '跳楼',
          '食堂',
          '13800138000',
          '\ud83d',
          '不想活了',
          ' ',
          '\u200b',
          'http://',
          '兼职',
          '。',
        ),
        {
          maxLength: 40,
        },
      )
      .map((words) => words.join(''));
    fc.assert(
      fc.property(fc.oneof(units, spoken), fc.constantFrom(...PostKind.options), (text, kind) => {
        const { verdict } = judgeText(text, kind);
        expect(Verdict.parse(verdict)).toEqual(verdict);
        for (const { start, end } of verdict.findings) {
          expect(0 <= start && start < end && end <= text.length).toBe(true);
        }
        expect(judgeText(text, kind).verdict).toEqual(verdict);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a megabyte', () => {
  const sentence = '昨晚二食堂的饭菜又凉了，排队半小时，打电话13800138000没人接，网传要停课，真的受不了。';
  const megabyte = sentence.repeat(Math.ceil(1_000_000 / sentence.length));
  const timeMs = (text: string) => {
    const before = performance.now();
    judgeText(text);
    return performance.now() - before;
  };

  it('is judged, and every finding tells its place', () => {
    const { verdict } = judgeText(megabyte);
    expect(Verdict.parse(verdict)).toEqual(verdict);
    expect(verdict.findings.length).toBeGreaterThan(0);
    for (const { start, end } of verdict.findings) expect(megabyte.slice(start, end)).not.toBe('');
  });

  it('takes linear time', () => {
    const best = (text: string) => Math.min(...[1, 2, 3].map(() => timeMs(text)));
    const eighth = best(megabyte.slice(0, megabyte.length / 8));
    // Eight times the text; a busy machine may double what it takes, but nothing grows with the square.
    expect(best(megabyte)).toBeLessThan(eighth * 30);
  });
});

describe('without weights', () => {
  const blind = createJudge({ rules: readSeedRules(), settingsVersion: 1, models: null });

  it('rules still work, and every verdict says what could not be checked', () => {
    const verdict = blind.decide({
      stored: '联系我 13800138000',
      kind: 'comment',
      metrics: {},
      textVersion: 1,
    });
    expect(verdict.findings.map(({ category }) => category)).toContain('leak');
    expect(verdict.couldNotCheck.map(({ reason }) => reason)).toContain('ModelsUnavailable');
    expect(verdict.stamp.models).toMatch(/^none\+/);
  });
});
