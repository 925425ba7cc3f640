import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openStores } from '../../pipeline/adapters/open-stores.ts';
import { tryRule } from '../../pipeline/commands/what-if.ts';
import type { LexiconRule } from '../../pipeline/domain/rule.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import { buildFinding, buildGathered, buildVerdict } from '../../test/builders/post.ts';
import { buildRule } from '../../test/builders/rule.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { buildRulesCommand, type RulesContext } from './rules.ts';

const clock = new FakeClock('2026-11-22T04:00:00.000Z');
let folder: string;
let stores: Stores;
let printed: string[] = [];
let said: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-rules-'));
  stores = openStores(folder, clock);
  printed = [];
  said = [];
});
afterEach(async () => {
  process.exitCode = 0;
  await stores.close();
  rmSync(folder, { recursive: true });
});

async function run(...words: string[]): Promise<void> {
  const openContext = async (): Promise<RulesContext> => ({
    ...{ stores, clock, close: async () => {} },
    tryRule: (whatIf, watch) => tryRule(whatIf, stores.evidence, watch),
  });
  const print = (line: string) => void printed.push(line);
  const say = (line: string) => void said.push(line);
  const terminal = { print, say, progress: null };
  await buildRulesCommand(openContext, terminal).exitOverride().parseAsync(words, { from: 'user' });
}
const write = (name: string, rules: readonly unknown[]): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, stringify({ rules }));
  return path;
};
const stored = async () => (await stores.settings.read()).rules;

async function gather(text: string, verdict = buildVerdict()): Promise<void> {
  const externalId = clock.newId();
  const post = buildGathered({ externalId, kind: 'comment', title: '', text });
  await stores.posts.storePosts([{ post, snapshotHash: null }], clock.now());
  const judged = {
    postId: `main-site:comment:${externalId}`,
    textVersion: 1,
    tokens: [],
    caseId: clock.newId(),
  };
  await stores.posts.storeJudgements([{ ...judged, verdict }], clock.now());
}

test('lint names file, line, rule and field of everything that is wrong, and fails', async () => {
  write('lexicons/a/one.yaml', [buildRule()]);
  write('lexicons/b/two.yaml', [
    buildRule(),
    buildRule({ id: 'x.y', example: '天气真好', expiresOn: '2099-01-01' }),
    {},
  ]);
  await run('lint', folder);
  expect(process.exitCode).toBe(1);
  expect(printed).toEqual(
    expect.arrayContaining([
      'lexicons/b/two.yaml:2: rule fraud.gambling: id: the id is used twice',
      expect.stringMatching(/^lexicons\/b\/two\.yaml:\d+: rule x\.y: example: the rule does not hit it$/),
      expect.stringMatching(
        /^lexicons\/b\/two\.yaml:\d+: rule x\.y: expiresOn: lies more than twelve months ahead/,
      ),
      expect.stringMatching(/^lexicons\/b\/two\.yaml:\d+: rule #4: id: is missing$/),
    ]),
  );
  expect(said).toEqual([`4 rules, ${printed.length} problems`]);
});

test('lint passes the shipped rules, and takes a folder of rule files alone', async () => {
  await run('lint', join(import.meta.dirname, '../../config'));
  await run('lint', join(import.meta.dirname, '../../config/lexicons/fraud'));
  expect(printed).toEqual([]);
  expect(process.exitCode ?? 0).toBe(0);
  await expect(run('lint', join(folder, 'nowhere'))).rejects.toThrow('There is no folder');
});

test('import brings in all or nothing, and says where it is wrong', async () => {
  await run('import', write('own.yaml', [buildRule()]));
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({ added: ['fraud.gambling'], settingsVersion: 1 });
  const bad = write('bad.yaml', [buildRule({ id: 'a.b' }), buildRule({ id: 'c.d', example: '天气真好' })]);
  await expect(run('import', bad)).rejects.toThrow(
    /bad\.yaml:\d+: rule c\.d: example: the rule does not hit it/,
  );
  expect((await stored()).map(({ id }) => id)).toEqual(['fraud.gambling']);
});

test('list shows what runs on past its day, and what has stopped', async () => {
  const violence: Partial<LexiconRule> = {
    target: { category: 'violence' },
    purpose: '暴力威胁：公开的威胁',
  };
  const rules = [
    buildRule({ id: 'a.b', expiresOn: '2026-11-01', ...violence }),
    buildRule({ expiresOn: '2026-11-01' }),
  ];
  const change = { expectedVersion: 0, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
  await stores.settings.save('rules', rules, change);
  await run('list');
  expect(printed.slice(1)).toEqual([
    'a.b\t1\tlive\t暴力威胁\t4\t2026-11-01\t逾期未复审',
    'fraud.gambling\t1\tlive\t涉诈信息\t4\t2026-11-01\t已过期停止',
  ]);
});

test('set-state takes the steps of the table', async () => {
  await run('import', write('own.yaml', [buildRule({ state: 'shadow' })]));
  await run('set-state', 'fraud.gambling', 'live');
  expect(await stored()).toMatchObject([{ state: 'live', version: 2 }]);
  await expect(run('set-state', 'fraud.gambling', 'draft')).rejects.toThrow('does not become draft');
  await expect(run('set-state', 'fraud.gambling', 'paused')).rejects.toThrow('no state');
  await expect(run('set-state', 'nobody', 'live')).rejects.toThrow('There is no rule');
});

test('what-if counts and shows no text', async () => {
  await gather('来玩网络赌博吧');
  await gather('图书馆今天人很多');
  await run('what-if', '--word', '网络赌博', '--days', '10');
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({ scanned: 2, hits: 1, changed: null });
  expect(printed[0]).not.toContain('来玩');
  await run('what-if', '--file', write('draft.yaml', [buildRule()]));
  expect(JSON.parse(printed[1] ?? '')).toMatchObject({ hits: 1, changed: { posts: 1 } });
  await expect(run('what-if')).rejects.toThrow('give one of them');
  await expect(run('what-if', '--rule', 'a', '--word', 'b')).rejects.toThrow('give one of them');
});

test('stats count posts that everybody may see, and no others', async () => {
  const findings = [buildFinding({ id: 'fraud.gambling' })];
  await run('import', write('own.yaml', [buildRule()]));
  await gather('一', buildVerdict({ findings }));
  await gather('二', buildVerdict({ findings, accessClass: 'safety' }));
  await run('stats', '--days', '7');
  expect(JSON.parse(printed[1] ?? '')).toMatchObject({
    ruleId: 'fraud.gambling',
    hits: 1,
    precision: null,
    alarm: null,
  });
});
