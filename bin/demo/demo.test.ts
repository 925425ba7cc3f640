import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refreshRollups } from '../../pipeline/commands/refresh-rollups.ts';
import type { Context } from '../../pipeline/context.ts';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import { buildMover } from '../../pipeline/domain/instruction.ts';
import type { Tally } from '../../pipeline/domain/rollup.ts';
import { secondFactorNeed } from '../../pipeline/domain/second-factor.ts';
import { dayBefore, shanghaiDay } from '../../pipeline/domain/time.ts';
import { identityMarks, persons } from '../../test/campus/persons.ts';
import { walkScreens } from '../../test/e2e/every-screen.ts';
import { openStage } from '../../test/e2e/workbench-scene.ts';
import { skipsBrowserTests } from '../../test/harness/browser.ts';
import { opened, publicScreens } from '../../test/harness/opened-screens.ts';
import { readRawFiles } from '../../test/harness/raw-bytes.ts';
import { findValues } from '../../test/harness/raw-dump.ts';
import { listPages } from '../../test/harness/screens.ts';
import { openContext, readConfig } from '../open-context.ts';
import { startService } from '../service.ts';
import { addDemoAccounts, demoPasswords, demoSignIn } from './accounts.ts';
import type { Demo } from './demo.ts';
import { DemoClock } from './demo-clock.ts';
import { daysOfHistory } from './demo-weeks.ts';
import { fillDemo, workMs } from './fill-demo.ts';
import { openDemo } from './open-demo.ts';

const folder = mkdtempSync(join(tmpdir(), 'guanlan-demo-test-'));
const dataDir = join(folder, 'data');
const lines: string[] = [];
let context: Context;
let demo: Demo;
let password: string;

beforeAll(async () => {
  const clock = new DemoClock(workMs);
  const config = {
    ...readConfig({ dataDir, port: '0' }),
    ...{ setUp: 'embedded' as const, ops: null, keysDir: join(folder, 'keys'), logLevel: 'silent' as const },
    signIn: demoSignIn,
    judgeThreads: 1,
  };
  context = await openContext(config, { passwords: demoPasswords, clock });
  demo = await openDemo(context, clock, (line) => lines.push(line));
  const accounts = await addDemoAccounts(context);
  password = accounts[0]?.password ?? '';
  await fillDemo(demo);
}, 300_000);
afterAll(async () => {
  await demo?.campus.close();
  await context?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('has every queue filled from what was really crawled, and leads that came by hand', async () => {
  const waiting = await context.stores.cases.countQueues({ accessClasses: AccessClass.options });
  for (const queue of ['review', 'service', 'safety', 'operations'] as const) {
    expect(waiting[queue], queue).toBeGreaterThan(3);
  }
  const states = await context.stores.posts.countStates();
  expect(states).toMatchObject({ pending: 0, failed: 0 });
  expect(states.judged).toBeGreaterThan(400);
  const leads = await context.stores.leads.list({
    accessClasses: AccessClass.options,
    cursor: null,
    limit: 50,
  });
  expect(leads.items.length).toBeGreaterThan(3);
});

it('has drafts in every state, one that waits for its third review, and one that waits for a signature', async () => {
  const mover = { id: 'nobody', student: false, appointments: [] };
  const asked = { units: 'all' as const, personIds: [], mover, now: context.clock.now() };
  const counts = await context.stores.drafts.count(asked);
  expect(counts).toMatchObject({ late: 1, unconfirmed: 1, 'take-down': 1, returned: 1 });
  for (const filter of ['writing', 'in-review', 'approved', 'published', 'closed'] as const)
    expect(counts[filter], filter).toBeGreaterThan(0);
});

it('shows a gap that the end of a login tore, and that it was filled', async () => {
  const { ledger } = context.stores;
  const windows = await ledger.listWindows(demo.channels.weibo.id, '', 20);
  expect(windows.map(({ outcome }) => outcome)).toContain('credential');
  expect(windows.filter(({ state }) => state === 'filled').length).toBeGreaterThan(0);
  for (const { id } of Object.values(demo.channels)) {
    expect(await ledger.listGaps(id, 'open', 10), id).toEqual([]);
    expect((await ledger.listRuns(id, 1))[0]?.outcome, id).toBe('complete');
  }
  expect(lines.join('\n')).toContain('the login of weibo has ended');
});

it('has six weeks behind it: items, decisions and answers of units on most of its days, and a gap made good', async () => {
  await refreshRollups(context);
  const to = shanghaiDay(context.clock.now());
  const period = { fromDay: dayBefore(to, daysOfHistory - 1), toDay: to, accessClasses: AccessClass.options };
  const asked = { ...period, plane: 'hours', hours: false, speaker: 'public' } as const;
  const cubes = await context.stores.rollups.readCubes(asked);
  expect(new Set(cubes.map(({ day }) => day)).size).toBeGreaterThan(38);
  const days = await context.stores.rollups.readDays({ ...period, family: 'channel' });
  const daysWith = (isTrue: (tally: Tally) => boolean) =>
    new Set(days.filter(({ tally }) => isTrue(tally)).map(({ day }) => day)).size;
  expect(daysWith(({ decided }) => decided > 0)).toBeGreaterThan(25);
  expect(daysWith(({ answered }) => answered > 0)).toBeGreaterThan(10);
  expect(daysWith(({ answeredLate }) => answeredLate > 0)).toBeGreaterThan(0);
  const { from } = (await context.stores.ledger.readSpan(demo.channels.weibo.id)) ?? { from: '' };
  expect(shanghaiDay(from)).toBe(dayBefore(to, daysOfHistory - 1));
  const filled = await context.stores.ledger.listGaps(demo.channels.weibo.id, 'filled', 10);
  expect(filled.filter(({ cause }) => cause === 'credential')).toHaveLength(2);
});

it('lets everybody in by the printed password, and has a director who is away on the day it is looked at', async () => {
  const { stores, clock } = context;
  const now = clock.now();
  const users = await stores.users.list();
  for (const user of users.filter(({ emergency }) => !emergency)) {
    const need = secondFactorNeed(
      { user, roles: user.roles, door: 'password', now },
      demoSignIn.secondFactor,
    );
    expect(need, user.login).not.toBe('set-up');
  }
  expect(users.filter(({ disabled }) => disabled).map(({ login }) => login)).toEqual(['predecessor']);
  const reviewer = users.find(({ login }) => login === 'reviewer2')?.id ?? '';
  expect(await stores.standIns.listActive(reviewer, now)).toHaveLength(1);
});

it('gives a leader the morning brief of the day and a matter to answer, and the director a brief to approve', async () => {
  const { stores, clock } = context;
  const briefs = { cursor: null, limit: 5 } as const;
  const issued = await stores.briefs.list({ ...briefs, states: ['approved'], kinds: ['morning'] });
  expect(issued.items.map(({ period }) => period.toDay)).toEqual([shanghaiDay(clock.now())]);
  const waiting = await stores.briefs.list({ ...briefs, states: ['submitted'], kinds: ['daily'] });
  expect(waiting.items).toHaveLength(1);
  const leader = (await stores.users.list()).find(({ login }) => login === 'leader');
  const mover = buildMover(leader?.id ?? '', [{ role: 'leader', unitId: null, onBehalfOf: null }]);
  const sight = { accessClasses: AccessClass.options, mover };
  const asked = await stores.instructions.list({ ...sight, ...briefs, states: ['submitted', 'given'] });
  expect(asked.items.map(({ state }) => state).toSorted()).toEqual(['given', 'submitted']);
});

it('holds nothing of a person', () => {
  const pieces = [...readRawFiles(dataDir)].map(({ path, bytes }) => ({ where: path, bytes }));
  expect(findValues(pieces, ['备用泵']).length).toBe(1);
  const secrets = [demo.campus.weibo.credentials().cookie, demo.campus.wechat.appSecret];
  const forbidden = [...identityMarks, ...persons.map(({ uid }) => uid), ...secrets];
  expect(findValues(pieces, forbidden)).toEqual([]);
});

it.skipIf(skipsBrowserTests())(
  'shows every screen at both sizes without a barrier, a sideways scroll or a word on the console',
  { timeout: 240_000 },
  async () => {
    const stage = await openStage();
    const pages = stage.webFolder;
    const service = await startService({ ...context, close: async () => {}, pages }, ['api']);
    try {
      const { seen, wrongs } = await walkScreens(stage, { url: service.url ?? '', password });
      const names = (await listPages()).map(({ name }) => name);
      const all = [
        ...names,
        ...Object.keys(opened).map((name) => `${name}-open`),
        ...Object.keys(publicScreens),
      ];
      expect(seen.toSorted()).toEqual(all.toSorted());
      expect(wrongs).toEqual([]);
    } finally {
      await service.stop();
      await stage.close();
    }
  },
);
