import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildRule } from '../../test/builders/rule.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openStores } from '../adapters/open-stores.ts';
import type { LexiconRule } from '../domain/rule.ts';
import type { Stores } from '../ports/index.ts';
import type { JudgeInput } from '../stages/judge.ts';
import { openThreadedJudge } from '../threaded-judge.ts';
import { type JudgeTexts, judgeText, openCurrentJudge, openRecipe } from './current-judge.ts';

const clock = new FakeClock('2026-11-22T00:00:00.000Z');
const text: JudgeInput = { stored: '来 du bo 吧，听说停课', kind: 'comment', metrics: {}, textVersion: 1 };
let folder: string;
let stores: Stores;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-rules-'));
  stores = openStores(folder, clock);
});
afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

async function save(rules: LexiconRule[]): Promise<void> {
  const expectedVersion = await stores.settings.readVersion();
  const change = { expectedVersion, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
  await stores.settings.save('rules', rules, change);
}

async function rulesHit(judge: JudgeTexts): Promise<string[]> {
  const [answer] = await judge([text]);
  if (answer === undefined || 'failed' in answer) throw new Error(answer?.failed);
  return answer.verdict.findings.map(({ id, version }) => `${id}@${version}`);
}

const gambling = buildRule({ id: 'fraud.gambling', words: ['赌博'], allow: [], variants: ['pinyin'] });
const hearsay = buildRule({ id: 'assertion.hearsay', words: ['听说'], allow: [], version: 2 });

async function expectSwap(judge: JudgeTexts): Promise<void> {
  expect(await rulesHit(judge)).toEqual([]);
  await save([gambling]);
  expect(await rulesHit(judge)).toEqual(['fraud.gambling@1']);
  await save([{ ...gambling, state: 'retired' }, hearsay]);
  expect(await rulesHit(judge)).toEqual(['assertion.hearsay@2']);
  await save([{ ...hearsay, state: 'shadow' }]);
  expect(await rulesHit(judge)).toEqual([]);
}

it('a rule that is saved is in force for the next batch: in this thread', async () => {
  const current = openCurrentJudge({ settings: stores.settings, clock });
  await expectSwap(async (inputs) => {
    const judge = await current();
    return inputs.map((input) => judgeText(judge, input));
  });
});

it('a rule that is saved is in force for the next batch: in threads', async () => {
  const judge = openThreadedJudge(openRecipe({ settings: stores.settings, clock }), { threads: 2 });
  try {
    await expectSwap(judge.judgeTexts);
  } finally {
    await judge.close();
  }
});
