import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readSeeds } from '../config/seeds.ts';
import { openStores } from '../pipeline/adapters/open-stores.ts';
import { importSeeds } from '../pipeline/commands/import-seeds.ts';
import type { Stores } from '../pipeline/ports/index.ts';
import { buildRule } from '../test/builders/rule.ts';
import { FakeClock } from '../test/harness/fake-clock.ts';
import { withRuleFiles } from './rule-report.ts';

const clock = new FakeClock('2026-11-22T04:00:00.000Z');
let folder: string;
let stores: Stores;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-seeded-'));
  mkdirSync(join(folder, 'lexicons/fraud'), { recursive: true });
  writeFileSync(join(folder, 'channels.yaml'), 'channels: []\n');
  writeFileSync(join(folder, 'units.yaml'), 'units:\n  - { id: press, name: 宣传部 }\n');
  stores = openStores(folder, clock);
});
afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

const write = (...rules: unknown[]) =>
  writeFileSync(join(folder, 'lexicons/fraud/fraud.yaml'), stringify({ rules }));
const bringIn = () =>
  withRuleFiles({ seedDir: folder, fallbackDir: folder }, () =>
    importSeeds(readSeeds(folder, folder), { stores, clock }),
  );

it('a start with a rule that is wrong says file, line, rule and field of all of them, and takes nothing', async () => {
  write(buildRule({ example: '天气真好' }), buildRule({ id: 'fraud.other', purpose: '诈骗' }));
  const error = await bringIn().catch((thrown: Error) => thrown);
  expect(String(error)).toMatch(
    /lexicons\/fraud\/fraud\.yaml:\d+: rule fraud\.gambling: example: the rule does not hit it/,
  );
  expect(String(error)).toMatch(
    /lexicons\/fraud\/fraud\.yaml:\d+: rule fraud\.other: purpose: must begin with "涉诈信息："/,
  );
  expect(await stores.settings.readVersion()).toBe(0);
});

it('a later start refuses a rule that has changed under its old version', async () => {
  write(buildRule());
  await bringIn();
  write(buildRule({ severity: 1 }));
  await expect(bringIn()).rejects.toThrow('version: the rule has changed, so its version must rise above 1');
  write(buildRule({ severity: 1, version: 2 }));
  await bringIn();
  expect((await stores.settings.read()).rules).toMatchObject([{ version: 2, severity: 1 }]);
});

it('rules that stand in the store already are not read again when their time has passed', async () => {
  write(buildRule());
  await bringIn();
  clock.advance(400 * 86_400_000);
  expect((await bringIn()).map(({ outcome }) => outcome)).not.toContain('imported');
});

it('leaves the files aside, good or bad, once the office has changed a rule', async () => {
  write(buildRule());
  await bringIn();
  const change = {
    expectedVersion: await stores.settings.readVersion(),
    actorId: 'a',
    source: 'command: save',
  };
  await stores.settings.save('rules', [], { ...change, at: clock.now(), id: clock.newId() });
  write(buildRule({ example: '天气真好' }));
  expect((await bringIn()).find(({ kind }) => kind === 'rules')).toMatchObject({ outcome: 'kept' });
});
