import { Mint } from 'mint-filter';
import { LexiconRule } from '../pipeline/domain/rule.ts';
import { compileLexicon } from '../pipeline/stages/lexicon.ts';
import { median, timeMs } from './measure.ts';
import { writePosts } from './ordinary-posts.ts';

const wordCount = 50_000;
const postCount = 2000;
const rounds = 9;

export interface MatcherBench {
  name: string;
  /** Texts searched per second over those of mint-filter 4.0.3's quickest way, same words and texts: the median of the rounds. */
  ratio: number;
  aim: number;
  /** The same against each of its ways: `filter` without replacing finds all words, as ours does; `verify` stops at the first. */
  ratioToFilter: number;
  ratioToVerify: number;
  searchedPerSecond: number;
  /** Occurrences found in all texts by ours and by `filter`, which tells the longest word at each place only. */
  found: number;
  foundByFilter: number;
  compileMs: number;
  theirCompileMs: number;
  tableBytes: number;
}

function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Invented words of two to five Han characters, the common ones more often, as the texts have them. */
export function writeWords(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const common = [
    ...new Set(
      writePosts(500, seed)
        .join('')
        .match(/\p{Script=Han}/gu) ?? [],
    ),
  ];
  const character = (): string => {
    const isCommon = random() < 0.5;
    return isCommon
      ? (common[Math.floor(random() * common.length)] ?? '的')
      : String.fromCharCode(0x4e00 + Math.floor(random() * 6000));
  };
  const words = new Set<string>();
  while (words.size < count) {
    words.add(Array.from({ length: 2 + Math.floor(random() * 4) }, character).join(''));
  }
  return [...words];
}

/** The compiled matcher of the product, as the lexicon stage uses it, against mint-filter over 50,000 words. */
export async function benchMatcher(): Promise<MatcherBench> {
  const words = writeWords(wordCount, 20261122);
  const posts = writePosts(postCount, 20261123);
  const rule = LexiconRule.parse({
    ...{
      id: 'bench.words',
      version: 1,
      state: 'live',
      target: { category: 'spam' },
      severity: 1,
      confidence: 0.9,
    },
    ...{
      words,
      owner: '测速',
      purpose: '垃圾信息：测速',
      example: '例',
      counterExample: '反例',
      expiresOn: '2027-01-01',
    },
  });
  let automaton: ReturnType<typeof compileLexicon>['automaton'] = null;
  const compileMs = await timeMs(() => {
    automaton = compileLexicon([rule], null).automaton;
  });
  let mint = new Mint([]);
  const theirCompileMs = await timeMs(() => {
    mint = new Mint(words);
  });
  let found = 0;
  let foundByFilter = 0;
  const ours = (): void => {
    found = 0;
    for (const post of posts) automaton?.search(post, () => (found += 1));
  };
  const filter = (): void => {
    foundByFilter = 0;
    for (const post of posts) foundByFilter += mint.filter(post, { replace: false }).words.length;
  };
  const verify = (): void => {
    for (const post of posts) mint.verify(post);
  };
  const times: Record<'ours' | 'filter' | 'verify', number[]> = { ours: [], filter: [], verify: [] };
  for (let round = -3; round < rounds; round += 1) {
    const took = { ours: await timeMs(ours), filter: await timeMs(filter), verify: await timeMs(verify) };
    if (round < 0) continue;
    for (const way of ['ours', 'filter', 'verify'] as const) times[way].push(took[way]);
  }
  const ratioTo = (theirs: readonly number[]): number =>
    Math.round(median(theirs.map((ms, i) => ms / (times.ours[i] ?? Number.NaN))) * 100) / 100;
  const ratioToFilter = ratioTo(times.filter);
  const ratioToVerify = ratioTo(times.verify);
  return {
    name: 'matcher/mint-filter',
    ratio: Math.min(ratioToFilter, ratioToVerify),
    aim: 1,
    ...{ ratioToFilter, ratioToVerify, found, foundByFilter },
    searchedPerSecond: Math.round((postCount / median(times.ours)) * 1000),
    compileMs: Math.round(compileMs),
    theirCompileMs: Math.round(theirCompileMs),
    tableBytes: (automaton as { bytes: number } | null)?.bytes ?? 0,
  };
}
