import { benchBursts } from './bursts/main.ts';
import { benchClusters } from './clusters.ts';
import { benchCrawl } from './crawl.ts';
import { benchDesk } from './desk.ts';
import { benchDrafts } from './drafts.ts';
import { benchJudge } from './judge.ts';
import { benchJudgeAndStore } from './judge-store.ts';
import { benchMatcher } from './matcher.ts';
import { benchMemory } from './memory.ts';
import { benchQueue } from './queue.ts';
import { benchRollups } from './rollups.ts';
import { benchScaled } from './scaled.ts';
import { benchStart } from './start.ts';
import { benchThreads } from './threads.ts';
import { benchTopics } from './topics/main.ts';
import { benchWhatIf } from './what-if.ts';

/** Ratios measured in one run on one machine, a JSON line each: absolute figures differ between machines, ratios less. */
const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
type Bench = () => Promise<object> | AsyncIterable<object>;
const benches: Record<string, Bench> = {
  judge: benchJudge,
  matcher: benchMatcher,
  'judge-store': benchJudgeAndStore,
  start: benchStart,
  queue: benchQueue,
  memory: benchMemory,
  'what-if': benchWhatIf,
  threads: benchThreads,
  scaled: benchScaled,
  bursts: benchBursts,
  clusters: benchClusters,
  crawl: benchCrawl,
  desk: benchDesk,
  drafts: benchDrafts,
  rollups: benchRollups,
  topics: benchTopics,
};

/** All of them, or those that are named: `npm run bench -- desk crawl`. */
const named = process.argv.slice(2);
for (const name of named)
  if (!(name in benches)) throw new Error(`no bench ${name}: ${Object.keys(benches).join(', ')}`);
for (const [name, bench] of Object.entries(benches)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const told = bench();
  if (Symbol.asyncIterator in told) for await (const line of told) tell(line);
  else tell(await told);
}
