import { expect, it } from 'vitest';
import { FakeClock } from '../test/harness/fake-clock.ts';
import { openBackPressure } from './back-pressure.ts';

it('waits while the judge is far behind, asks for no more than it must, and says each once', async () => {
  let due = 0;
  const asked: number[] = [];
  const said: string[] = [];
  const say = (_facts: object, message: string) => void said.push(message);
  const listDue = async (_now: string, limit: number) => {
    asked.push(limit);
    return Array.from({ length: Math.min(due, limit) }, (_, index) => String(index));
  };
  const ports = { stores: { posts: { listDue } }, clock: new FakeClock(), logger: { info: say, warn: say } };
  const mustWait = openBackPressure(ports, 100);
  const answers: boolean[] = [];
  for (due of [0, 99, 100, 5000, 100, 99, 0]) answers.push(await mustWait());
  expect(answers).toEqual([false, false, true, true, true, false, false]);
  expect(said).toEqual([
    'the judge is behind: no new crawl is started',
    'the judge has caught up: crawling goes on',
  ]);
  expect(new Set(asked)).toEqual(new Set([100]));
});
