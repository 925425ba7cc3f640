import nodejieba from 'nodejieba';
import { createJudge } from '../pipeline/stages/judge.ts';
import { readSeedRules } from '../test/builders/seed-rules.ts';
import { median, timeMs } from './measure.ts';
import { writePosts } from './ordinary-posts.ts';

const postCount = 4000;
const rounds = 11;

export interface JudgeBench {
  name: string;
  /** Posts judged per second over posts cut per second, same texts, one core: the median of the rounds. */
  ratio: number;
  aim: number;
  judgedPerSecond: number;
  cutPerSecond: number;
  meanUnits: number;
  rounds: number;
  stageShare: Record<string, number>;
}

function shares(stageMs: Record<string, number>, totalMs: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(stageMs).map(([stage, ms]) => [stage, Math.round((ms / totalMs) * 1000) / 1000]),
  );
}

/** The whole judgement, index tokens included, against bare `nodejieba.cut` over the same texts in the same run. */
export async function benchJudge(): Promise<JudgeBench> {
  const posts = writePosts(postCount, 20261122);
  const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1 });
  const cutAll = (): void => {
    for (const post of posts) nodejieba.cut(post);
  };
  const judgeAll = (): void => {
    for (const stored of posts) judge.judge({ stored, kind: 'comment', metrics: {}, textVersion: 1 });
  };
  for (let i = 0; i < 3; i += 1) {
    cutAll();
    judgeAll();
  }
  const cutMs: number[] = [];
  const judgeMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    cutMs.push(await timeMs(cutAll));
    judgeMs.push(await timeMs(judgeAll));
  }
  const ratios = cutMs.map((ms, round) => ms / (judgeMs[round] ?? Number.NaN));
  const totalMs = judgeMs.reduce((sum, ms) => sum + ms, 0);
  return {
    name: 'judge/cut',
    ratio: Math.round(median(ratios) * 1000) / 1000,
    aim: 0.4,
    judgedPerSecond: Math.round((postCount / median(judgeMs)) * 1000),
    cutPerSecond: Math.round((postCount / median(cutMs)) * 1000),
    meanUnits: Math.round(posts.reduce((sum, post) => sum + post.length, 0) / postCount),
    rounds,
    stageShare: shares(judge.stageMs(), (totalMs * (rounds + 3)) / rounds),
  };
}
