import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openCheckMemory } from '../adapters/sqlite/check-memory.ts';
import { openDatabase } from '../adapters/sqlite/database.ts';
import type { CheckFinding } from '../domain/check.ts';
import { answerFinding, noteReport, readRuleRecords, recallAnswers, takeBackAnswer } from './check-memory.ts';

const place = { part: 'body' as const, ref: null, start: 0, end: 2 };
const finding = (key: string, change: Partial<CheckFinding> = {}): CheckFinding => ({
  ...{ category: 'term', level: 'warn', stage: 'terms', rule: key, version: '1', place, text: '词语' },
  ...{ suggestion: null, message: '不规范', key },
  ...change,
});
const actor = { id: 'bian', roles: ['editor' as const] };
const owners = { draftId: 'draft-1', unitId: 'publicity' };

describe('what a unit said is no mistake', () => {
  const clock = new FakeClock();
  let db: ReturnType<typeof openDatabase>;
  let ports: { stores: { checkMemory: ReturnType<typeof openCheckMemory> }; clock: FakeClock };
  beforeEach(() => {
    db = openDatabase(':memory:');
    ports = { stores: { checkMemory: openCheckMemory(db) }, clock };
  });
  afterEach(() => {
    db.close();
  });
  const say = (key: string, forUnit: boolean) =>
    answerFinding(
      {
        commandId: clock.newId(),
        ...owners,
        key,
        rule: `terms.${key}`,
        text: '词语',
        reason: '引用原文',
        forUnit,
      },
      actor,
      ports,
    );
  const openKeys = async (findings: CheckFinding[], of = owners) =>
    (await recallAnswers(findings, of, ports)).open.map(({ key }) => key);

  it('silences the same question in its later drafts, and in nobody else’s', async () => {
    await say('a', true);
    await say('b', false);
    const findings = [finding('a'), finding('b'), finding('c')];
    expect(await openKeys(findings)).toEqual(['c']);
    expect(await openKeys(findings, { draftId: 'draft-2', unitId: 'publicity' })).toEqual(['b', 'c']);
    expect(await openKeys(findings, { draftId: 'draft-3', unitId: 'logistics' })).toEqual(['a', 'b', 'c']);
    const { answered } = await recallAnswers(findings, { draftId: 'draft-2', unitId: 'publicity' }, ports);
    expect(answered).toMatchObject([{ finding: { key: 'a' }, answer: { times: 1, reason: '引用原文' } }]);
  });

  it('never silences what blocks', async () => {
    await say('a', true);
    expect(await openKeys([finding('a', { level: 'block' })])).toEqual(['a']);
  });

  it('is asked again once it is taken back', async () => {
    await say('a', true);
    expect(await takeBackAnswer('a', { ...owners, actor }, ports)).toBe(true);
    expect(await takeBackAnswer('a', { ...owners, actor }, ports)).toBe(false);
    expect(await openKeys([finding('a')])).toEqual(['a']);
  });

  it('counts for its rule', async () => {
    const result = {
      findings: [finding('a'), finding('a'), finding('b', { level: 'info' })],
      unchecked: [],
      stages: [],
    };
    await noteReport({ draftId: 'draft-1', round: 1 }, result, ports);
    await noteReport({ draftId: 'draft-1', round: 1 }, result, ports);
    await say('a', true);
    await say('z', true);
    expect(await readRuleRecords(ports)).toEqual([
      { rule: 'terms.a', shown: 2, notMistake: 1, falseAlarms: 0.5 },
      { rule: 'terms.z', shown: 0, notMistake: 1, falseAlarms: null },
    ]);
  });
});
