import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { openRecipe } from '../../pipeline/commands/current-judge.ts';
import { judgeBatch } from '../../pipeline/commands/judge-batch.ts';
import { openThreadedJudge } from '../../pipeline/threaded-judge.ts';
import { openPlace, type Place } from './places.ts';

/** Judges what is due in a place, a batch at a time, telling of each; its parent kills it somewhere in between. */
const [place = '', batchSize = '20'] = process.argv.slice(2);
const { stores, close } = await openPlace(JSON.parse(place) as Place, systemClock);
const readRecipe = openRecipe({ settings: stores.settings, clock: systemClock });
const judge = openThreadedJudge(readRecipe, { threads: 1 });
const ports = { stores, clock: systemClock, judgeTexts: judge.judgeTexts };
for (;;) {
  const ids = await stores.posts.listDue(systemClock.now(), Number(batchSize));
  if (ids.length === 0) break;
  process.stdout.write('batch\n');
  await judgeBatch(ids, ports);
}
process.stdout.write('done\n');
await judge.close();
await close();
