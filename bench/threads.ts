import { Readable, Writable } from 'node:stream';
import { judgeStream } from '../bin/commands/judge.ts';
import type { JudgeInput } from '../pipeline/stages/judge.ts';
import { openThreadedJudge, type ThreadedJudge } from '../pipeline/threaded-judge.ts';
import { readSeedRules } from '../test/builders/seed-rules.ts';
import { median, timeMs } from './measure.ts';
import { writePosts } from './ordinary-posts.ts';

const postCount = 6000;
const batchSize = 200;
const callsAtOnce = 4;
const rounds = 9;
const warmUpRounds = 2;

/** As a worker asks: a few batches at once, answers as objects. */
async function judgeBatches(judge: ThreadedJudge, inputs: readonly JudgeInput[]): Promise<void> {
  let next = 0;
  const askOn = async (): Promise<void> => {
    while (next < inputs.length) {
      const start = next;
      next += batchSize;
      await judge.judgeTexts(inputs.slice(start, next));
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, askOn));
}

/** As `guanlan judge` does, without the pipes. */
async function judgeLines(judge: ThreadedJudge, lines: Buffer): Promise<void> {
  const chunks: Buffer[] = [];
  for (let start = 0; start < lines.length; start += 65_536)
    chunks.push(lines.subarray(start, start + 65_536));
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const { signal } = new AbortController();
  await judgeStream(judge, { input: Readable.from(chunks), output: nowhere, signal });
}

/** Two threads against one, the same texts, in alternating rounds; the thread that asks shares the cores with them. */
export async function* benchThreads(): AsyncGenerator<object, void> {
  const posts = writePosts(postCount, 20261122);
  const inputs = posts.map(
    (stored): JudgeInput => ({ stored, kind: 'comment', metrics: {}, textVersion: 1 }),
  );
  const lines = Buffer.from(posts.map((text, id) => `${JSON.stringify({ id, text })}\n`).join(''));
  const recipe = { key: 'bench', options: { rules: readSeedRules(), settingsVersion: 1 } };
  const one = openThreadedJudge(async () => recipe, { threads: 1 });
  const two = openThreadedJudge(async () => recipe, { threads: 2 });
  const works = {
    'two-threads/one, lines': (judge: ThreadedJudge) => judgeLines(judge, lines),
    'two-threads/one, batches': (judge: ThreadedJudge) => judgeBatches(judge, inputs),
  };
  for (const [name, work] of Object.entries(works)) {
    const oneMs: number[] = [];
    const twoMs: number[] = [];
    for (let round = -warmUpRounds; round < rounds; round += 1) {
      const first = await timeMs(() => work(one));
      const second = await timeMs(() => work(two));
      if (round < 0) continue;
      oneMs.push(first);
      twoMs.push(second);
    }
    const ratios = oneMs.map((ms, round) => ms / (twoMs[round] ?? Number.NaN));
    const perSecond = (ms: readonly number[]) => Math.round((postCount / median(ms)) * 1000);
    yield {
      name,
      ratio: Math.round(median(ratios) * 1000) / 1000,
      aim: 1.9,
      onePerSecond: perSecond(oneMs),
      twoPerSecond: perSecond(twoMs),
      rounds,
    };
  }
  await one.close();
  await two.close();
}
