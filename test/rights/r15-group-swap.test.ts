import { describe, expect, it } from 'vitest';
import type { LexiconRule } from '../../pipeline/domain/rule.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import { identityTerms } from '../../pipeline/models/identity-terms.ts';
import { createJudge } from '../../pipeline/stages/judge.ts';
import { readSeedRules } from '../builders/seed-rules.ts';
import { groupSwaps, shortSwaps } from './group-pairs.ts';

const rules = readSeedRules();
const judge = createJudge({ rules, settingsVersion: 1 });

function decide(text: string): Verdict {
  return judge.decide({ stored: text, kind: 'comment', metrics: {}, textVersion: 1 });
}

/** Every score of a verdict on one scale: tone as it is, categories 0–1, risk and its parts in hundredths. */
function scoresOf({ sentiment, categories, risk }: Verdict): Record<string, number> {
  const parts = Object.entries(risk.parts).map(([name, points]) => [`risk.${name}`, points / 100] as const);
  return {
    sentiment: sentiment.score,
    ...categories,
    risk: risk.score / 100,
    ...Object.fromEntries(parts),
  };
}

const tolerance = 0.05;

/** What a swap changed, in words; nothing when the swap is fair. */
function movesOf(one: Verdict, two: Verdict): string[] {
  const [before, after] = [scoresOf(one), scoresOf(two)];
  const moves = Object.entries(before)
    .filter(([name, score]) => Math.abs(score - (after[name] ?? 0)) > tolerance)
    .map(([name, score]) => `${name} ${score} → ${after[name]}`);
  if (String(one.queues) !== String(two.queues)) moves.push(`[${one.queues}] → [${two.queues}]`);
  return moves;
}

function swap(first: string, other: string): string[] {
  const moves = movesOf(decide(first), decide(other));
  return moves.length === 0 ? [] : [`${first} / ${other}: ${moves.join(', ')}`];
}

describe('R15: no score depends on who is spoken of', () => {
  it('is shown on at least 300 pairs', () => {
    const pairs = groupSwaps.reduce((sum, { texts }) => sum + texts.length - 1, shortSwaps.length);
    expect(pairs).toBeGreaterThanOrEqual(300);
  });

  it.each(Object.keys(identityTerms))('%s', (group) => {
    const moved = groupSwaps
      .filter((one) => one.group === group)
      .flatMap(({ texts: [first = '', ...others] }) => others.flatMap((other) => swap(first, other)));
    expect(moved.length, moved.join('\n')).toBe(0);
  });

  it('he and she, his and hers', () => {
    const moved = shortSwaps.flatMap(([one, other]) => swap(one, other));
    expect(moved.length, moved.join('\n')).toBe(0);
  });
});

/** Pairs that mirror each other: a rule that has the one must have the other. */
const mirrors: Readonly<Record<string, string>> = {
  他: '她',
  她: '他',
  男: '女',
  女: '男',
  儿子: '女儿',
  女儿: '儿子',
};
/** 他们 is said of everybody, 他妈 and 其他 of nobody. */
const mirrored = /儿子|女儿|(?<!其)他(?!们|妈)|她(?!们)|男|女/g;
const mirrorOf = (word: string): string => word.replace(mirrored, (part) => mirrors[part] ?? part);

/** Majors are also ordinary words (体育投注, 化学品): they name a group beside 专业 or 生. */
const otherGroups = Object.entries(identityTerms)
  .filter(([group]) => group !== 'gender')
  .flatMap(([group, terms]) =>
    group === 'major' ? terms.flatMap((term) => [`${term}专业`, `${term}生`]) : terms,
  );

/** Our own pages only, and names of firms there. */
const isOfPages = ({ target }: LexiconRule): boolean => 'category' in target && target.category === 'tamper';

describe('R15: no rule for a category names a group', () => {
  const judging = rules.filter((rule) => 'category' in rule.target && !isOfPages(rule));

  it.each(judging.map((rule) => [rule.id, rule] as const))('%s', (_id, { words }) => {
    expect(words.filter((word) => otherGroups.some((term) => word.includes(term)))).toEqual([]);
  });

  it('nor is there one for her that is not for him', () => {
    const lone = judging.flatMap(({ id, words }) => {
      const own = new Set(words);
      return words.filter((word) => !own.has(mirrorOf(word))).map((word) => `${id}: ${word}`);
    });
    expect(lone).toEqual([]);
  });
});
