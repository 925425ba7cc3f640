import type { JudgeAnswer } from './commands/current-judge.ts';
import { Category } from './domain/category.ts';
import type { Verdict, VerdictStamp } from './domain/verdict.ts';

type PackedVerdict = Omit<Verdict, 'categories' | 'stamp'> & {
  /** Only those above zero. */
  categories: Partial<Verdict['categories']>;
  /** Place in the list of stamps: nearly always the same one. */
  stamp: number;
};
type Packed = { failed: string } | { verdict: PackedVerdict; tokens: string };

const noCategories = Object.fromEntries(
  Category.options.map((category) => [category, 0]),
) as Verdict['categories'];
/** Occurs in no token. */
const separator = '\n';

function packVerdict(verdict: Verdict, stamps: Map<string, number>): PackedVerdict {
  const { categories, stamp, ...rest } = verdict;
  const key = JSON.stringify(stamp);
  const place = stamps.get(key) ?? stamps.size;
  stamps.set(key, place);
  const found: Partial<Verdict['categories']> = {};
  for (const category of Category.options)
    if (categories[category] !== 0) found[category] = categories[category];
  return { ...rest, categories: found, stamp: place };
}

/** Small and quick to read: the thread that asks should have little to do. */
export function packAnswers(answers: readonly JudgeAnswer[]): string {
  const stamps = new Map<string, number>();
  const packed = answers.map((answer): Packed => {
    if ('failed' in answer) return answer;
    const { verdict, tokens, ...rest } = answer;
    return { ...rest, verdict: packVerdict(verdict, stamps), tokens: tokens.join(separator) };
  });
  return `{"stamps":[${[...stamps.keys()].join()}],"answers":${JSON.stringify(packed)}}`;
}

function unpack(packed: Packed, stamps: readonly VerdictStamp[]): JudgeAnswer {
  if ('failed' in packed) return packed;
  const { verdict, tokens, ...rest } = packed;
  const stamp = stamps[verdict.stamp];
  if (stamp === undefined) return { failed: 'an answer without its stamp' };
  return {
    ...rest,
    verdict: { ...verdict, categories: { ...noCategories, ...verdict.categories }, stamp },
    tokens: tokens === '' ? [] : tokens.split(separator),
  };
}

/** What `packAnswers` was given. */
export function unpackAnswers(packed: string): JudgeAnswer[] {
  const { stamps, answers } = JSON.parse(packed) as { stamps: VerdictStamp[]; answers: Packed[] };
  return answers.map((answer) => unpack(answer, stamps));
}
