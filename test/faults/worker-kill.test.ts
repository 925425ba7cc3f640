import { expect, it } from 'vitest';
import { buildWhole } from '../harness/end-state.ts';
import { flightSize, useFaultScene } from '../harness/fault-scene.ts';
import { reportProgress } from '../harness/report-progress.ts';
import { SeededChance } from '../harness/seeded-chance.ts';
import { seedsToTry } from '../harness/seeds-to-try.ts';
import { describeWithMongo } from '../harness/services.ts';

const seeds = seedsToTry({ all: 20, usual: 2 });
const killsASeed = 3;
/** Each seed kills while so much is pending: two of them share a flight. */
const halves: readonly (readonly [number, number])[] = [
  [flightSize / 2, flightSize - 500],
  [500, flightSize / 2],
];

describeWithMongo('workers killed by kill -9', (uri) => {
  const scene = useFaultScene(uri);

  /** @returns how many posts were pending when each of the workers died */
  async function killAtRandom(
    chance: SeededChance,
    [least, most]: readonly [number, number],
  ): Promise<number[]> {
    const workers = scene().workers.filter((worker) => worker.alive);
    const moments = Array.from({ length: killsASeed }, () => chance.between(least, most));
    const struck: number[] = [];
    for (const moment of moments.sort((a, b) => b - a)) {
      await scene().untilPending(moment);
      const victim = workers.splice(chance.between(0, workers.length), 1)[0];
      await victim?.kill();
      struck.push(await scene().countPending());
      workers.push(scene().startWorker());
    }
    return struck;
  }

  it('lose nothing and open no case twice, whenever it happens', { timeout: 900_000 }, async () => {
    await scene().startWorkers(2);
    for (let seed = 1; seed <= seeds; ) {
      const startedMs = performance.now();
      await scene().launch();
      const struck: number[] = [];
      for (const half of halves) {
        const kills = await killAtRandom(new SeededChance(seed), half);
        const inTheMiddle = kills.filter((pending) => pending > 0 && pending < flightSize);
        expect(inTheMiddle.length, `seed ${seed}: killed at ${kills} pending`).toBeGreaterThanOrEqual(2);
        struck.push(...kills);
        seed += 1;
      }
      // Where kills strike the same job again, its posts are begun one by one, and the one that a kill strikes is put off.
      await scene().untilPending(killsASeed * halves.length);
      await scene().passHours();
      await scene().untilPending(0);
      const tookMs = Math.round(performance.now() - startedMs);
      reportProgress(
        `to seed ${seed - 1}: killed with ${struck.join(', ')} pending; whole after ${tookMs} ms`,
      );
      expect(await scene().readEndState(), `to seed ${seed - 1}`).toEqual(
        buildWhole({ posts: scene().posts }),
      );
      expect(await scene().linkAndVerify(), `to seed ${seed - 1}`).toMatchObject({
        breaks: [],
        unlinkedTail: 0,
      });
    }
    await scene().stopWorkers();
  });
});
