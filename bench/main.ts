import { benchJudge } from './judge.ts';
import { benchJudgeAndStore } from './judge-store.ts';
import { benchStart } from './start.ts';

/** Ratios measured in one run on one machine, a JSON line each: absolute figures differ between machines, ratios less. */
for (const bench of [benchJudge, benchJudgeAndStore, benchStart]) {
  process.stdout.write(`${JSON.stringify(await bench())}\n`);
}
