import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '../../pipeline/context.ts';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import { identityMarks, persons } from '../../test/campus/persons.ts';
import { readRawFiles } from '../../test/harness/raw-bytes.ts';
import { findValues } from '../../test/harness/raw-dump.ts';
import { openContext, readConfig } from '../open-context.ts';
import { addDemoAccounts, demoPasswords } from './accounts.ts';
import type { Demo } from './demo.ts';
import { DemoClock } from './demo-clock.ts';
import { fillDemo, hourMs, hoursOfWork } from './fill-demo.ts';
import { openDemo } from './open-demo.ts';

const folder = mkdtempSync(join(tmpdir(), 'guanlan-demo-test-'));
const dataDir = join(folder, 'data');
const lines: string[] = [];
let context: Context;
let demo: Demo;

beforeAll(async () => {
  const clock = new DemoClock(hoursOfWork * hourMs);
  const config = {
    ...readConfig({ dataDir }),
    ...{ setUp: 'embedded' as const, ops: null, keysDir: join(folder, 'keys'), logLevel: 'silent' as const },
    judgeThreads: 1,
  };
  context = await openContext(config, { passwords: demoPasswords, clock });
  demo = await openDemo(context, clock, (line) => lines.push(line));
  await addDemoAccounts(context);
  await fillDemo(demo);
}, 120_000);
afterAll(async () => {
  await demo?.campus.close();
  await context?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('has every queue filled from what was really crawled, and a lead that came by hand', async () => {
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
    limit: 10,
  });
  expect(leads.items).toHaveLength(1);
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

it('holds nothing of a person', () => {
  const pieces = [...readRawFiles(dataDir)].map(({ path, bytes }) => ({ where: path, bytes }));
  expect(findValues(pieces, ['备用泵']).length).toBe(1);
  const secrets = [demo.campus.weibo.credentials().cookie, demo.campus.wechat.appSecret];
  const forbidden = [...identityMarks, ...persons.map(({ uid }) => uid), ...secrets];
  expect(findValues(pieces, forbidden)).toEqual([]);
});
