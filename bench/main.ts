import { benchClusters } from './clusters.ts';
import { benchCrawl } from './crawl.ts';
import { benchJudge } from './judge.ts';
import { benchJudgeAndStore } from './judge-store.ts';
import { benchMatcher } from './matcher.ts';
import { benchMemory } from './memory.ts';
import { benchQueue } from './queue.ts';
import { benchScaled } from './scaled.ts';
import { benchStart } from './start.ts';
import { benchThreads } from './threads.ts';
import { benchWhatIf } from './what-if.ts';

/** Ratios measured in one run on one machine, a JSON line each: absolute figures differ between machines, ratios less. */
const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
for (const bench of [benchJudge, benchMatcher, benchJudgeAndStore, benchStart, benchQueue, benchMemory])
  tell(await bench());
for await (const line of benchWhatIf()) tell(line);
for await (const line of benchThreads()) tell(line);
for await (const line of benchScaled()) tell(line);
for await (const line of benchClusters()) tell(line);
for await (const line of benchCrawl()) tell(line);
