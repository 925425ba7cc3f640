import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildGathered } from '../../test/builders/post.ts';
import { buildRule } from '../../test/builders/rule.ts';
import { describeSetUps } from '../../test/harness/describe-set-ups.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openPlace } from '../../test/harness/places.ts';
import type { OpenedPorts } from '../adapters/open-stores.ts';
import type { Actor } from '../domain/case.ts';
import { Conflict, NotFound, NotPermitted } from '../domain/errors.ts';
import { Role } from '../domain/role.ts';
import { type LexiconRule, RuleState } from '../domain/rule.ts';
import { ruleMoves } from '../domain/rule-life.ts';
import { InvalidRules } from '../domain/rule-problem.ts';
import { changeRuleState } from './change-rule-state.ts';
import { judgeText, openCurrentJudge } from './current-judge.ts';
import { importRules } from './import-rules.ts';
import { judgeAllDue } from './judge-batch.ts';
import { type RuleContent, saveRule } from './save-rule.ts';

const analyst: Actor = { id: 'analyst-1', roles: ['analyst'] };
const director: Actor = { id: 'director-1', roles: ['director'] };

function contentOf(rule: LexiconRule): RuleContent {
  const { version: _version, state: _state, ...content } = rule;
  return content;
}
const content = contentOf(buildRule());

describeSetUps('rules in the store', (emptyPlace) => {
  let opened: OpenedPorts;
  let clock: FakeClock;
  let ports: OpenedPorts & { clock: FakeClock };
  beforeEach(async () => {
    clock = new FakeClock('2026-11-22T04:00:00.000Z');
    opened = await openPlace(await emptyPlace(), clock);
    ports = { ...opened, clock };
  });
  afterEach(() => opened.close());

  const stored = async () => (await opened.stores.settings.read()).rules;
  const keep = async (...rules: LexiconRule[]) => {
    const expectedVersion = await opened.stores.settings.readVersion();
    const change = { expectedVersion, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
    await opened.stores.settings.save('rules', rules, change);
  };

  it('goes from draft over trial to live, and decides with the next batch', async () => {
    const currentJudge = openCurrentJudge({ settings: opened.stores.settings, clock });
    const judgeTexts = async (inputs: Parameters<typeof judgeText>[1][]) => {
      const judge = await currentJudge();
      return inputs.map((input) => judgeText(judge, input));
    };
    const batch = { stores: opened.stores, clock, judgeTexts: judgeTexts as never };
    const gather = async (externalId: string) => {
      const post = buildGathered({ externalId, kind: 'comment', title: '', text: content.example });
      await opened.stores.posts.storePosts([{ post, snapshotHash: null }], clock.now());
      await judgeAllDue(batch);
      const verdict = await opened.stores.posts.findVerdict(`main-site:comment:${externalId}`, 1);
      return verdict?.findings.map(({ id, version }) => `${id}@${version}`);
    };
    const draft = await saveRule({ content, seenVersion: 0 }, analyst, ports);
    expect(draft).toMatchObject({ state: 'draft', version: 1 });
    expect(await gather('a')).toEqual([]);
    const trial = { ruleId: draft.id, to: 'shadow' as const, seenVersion: 1 };
    expect(await changeRuleState(trial, analyst, ports)).toMatchObject({ state: 'shadow', version: 2 });
    expect(await gather('b')).toEqual([]);
    const live = { ruleId: draft.id, to: 'live' as const, seenVersion: 2 };
    expect(await changeRuleState(live, director, ports)).toMatchObject({ state: 'live', version: 3 });
    expect(await gather('c')).toEqual(['fraud.gambling@3']);
    const changed = { ...content, words: ['来玩网络赌博'] };
    await saveRule({ content: changed, seenVersion: 3 }, director, ports);
    expect(await gather('d')).toEqual(['fraud.gambling@4']);
    const actors = (await opened.stores.settings.listChanges()).map(({ actorId, source }) => [
      actorId,
      source,
    ]);
    expect(actors).toContainEqual(['director-1', 'command: fraud.gambling@3 shadow to live']);
  });

  it('is not held back by rules that were saved before the linter asked what it asks now', async () => {
    const old = buildRule({
      id: 'fraud.old',
      words: ['旧词'],
      example: '旧词',
      purpose: '老写法',
      state: 'live',
    });
    await keep(old);
    const draft = await saveRule({ content, seenVersion: 0 }, analyst, ports);
    expect(await stored()).toEqual([old, draft]);
    const edit = { content: { ...contentOf(old), words: ['旧词', '新词'] }, seenVersion: old.version };
    await expect(saveRule(edit, director, ports)).rejects.toThrow(InvalidRules);
    const stop = { ruleId: old.id, to: 'retired' as const, seenVersion: old.version };
    expect(await changeRuleState(stop, director, ports)).toMatchObject({
      state: 'retired',
      version: old.version + 1,
    });
  });

  it('lets each role take the steps of the table, and no other', async () => {
    for (const from of RuleState.options) {
      for (const to of RuleState.options) {
        const rule = buildRule({ state: from });
        await keep(rule);
        for (const role of Role.options) {
          const move = changeRuleState(
            { ruleId: rule.id, to, seenVersion: 1 },
            { id: 'x', roles: [role] },
            ports,
          );
          const may = ruleMoves[from][to]?.includes(role) ?? false;
          if (may) {
            expect(await move, `${role}: ${from} to ${to}`).toMatchObject({ state: to, version: 2 });
            await keep(rule);
          } else await expect(move, `${role}: ${from} to ${to}`).rejects.toThrow(NotPermitted);
        }
      }
    }
  }, 60_000);

  it.each([
    ['draft', 'analyst', true],
    ['shadow', 'reviewer', true],
    ['live', 'reviewer', false],
    ['live', 'director', true],
    ['retired', 'director', false],
    ['draft', 'safety', false],
    ['draft', 'operator', false],
  ] as const)('a rule that is %s may be changed by a %s: %s', async (state, role, may) => {
    await keep(buildRule({ state }));
    const changed = { ...content, severity: 1 };
    const saving = saveRule({ content: changed, seenVersion: 1 }, { id: 'x', roles: [role] }, ports);
    if (may) expect(await saving).toMatchObject({ state, version: 2, severity: 1 });
    else await expect(saving).rejects.toThrow(NotPermitted);
  });

  it('saves nothing when the linter finds anything, and says all of it', async () => {
    await keep(buildRule({ state: 'draft' }));
    const wrong = { ...content, example: '天气真好', expiresOn: '2030-01-01' };
    const error = await saveRule({ content: wrong, seenVersion: 1 }, analyst, ports).catch(
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(InvalidRules);
    expect(error.problems.map(({ fault }: { fault: string }) => fault)).toEqual([
      'expiry-too-far',
      'example-missed',
    ]);
    expect(await stored()).toEqual([buildRule({ state: 'draft' })]);
  });

  it('refuses whoever saw an older version; the same again changes nothing', async () => {
    const first = await saveRule({ content, seenVersion: 0 }, analyst, ports);
    const version = await opened.stores.settings.readVersion();
    expect(await saveRule({ content, seenVersion: 0 }, analyst, ports)).toEqual(first);
    expect(await saveRule({ content, seenVersion: 1 }, analyst, ports)).toEqual(first);
    expect(await opened.stores.settings.readVersion()).toBe(version);
    const changed = { ...content, severity: 2 };
    await saveRule({ content: changed, seenVersion: 1 }, analyst, ports);
    const late = { ...content, severity: 3 };
    await expect(saveRule({ content: late, seenVersion: 1 }, analyst, ports)).rejects.toThrow(Conflict);
    const move = { ruleId: content.id, to: 'shadow' as const, seenVersion: 1 };
    await expect(changeRuleState(move, analyst, ports)).rejects.toThrow(Conflict);
    await expect(changeRuleState({ ...move, ruleId: 'nobody' }, analyst, ports)).rejects.toThrow(NotFound);
  });

  it('is not disturbed by who saves other settings meanwhile', async () => {
    const settings = opened.stores.settings;
    let disturbed = false;
    const busy = {
      ...settings,
      read: async () => {
        const read = await settings.read();
        if (disturbed) return read;
        disturbed = true;
        const change = { actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
        const unit = { id: 'press', name: '宣传部', aliases: [], topics: [], places: [] };
        await settings.save('units', [unit], { ...change, expectedVersion: read.version });
        return read;
      },
    };
    await saveRule({ content, seenVersion: 0 }, analyst, { clock, stores: { settings: busy } });
    expect(await stored()).toHaveLength(1);
  });

  it('brings nothing into force whose day has passed, but for safety', async () => {
    const over = { state: 'shadow' as const, expiresOn: '2026-11-21' };
    await keep(buildRule(over));
    const move = { ruleId: 'fraud.gambling', to: 'live' as const, seenVersion: 1 };
    await expect(changeRuleState(move, director, ports)).rejects.toThrow(InvalidRules);
    const target = { category: 'violence' as const };
    await keep(buildRule({ ...over, target, purpose: '暴力威胁：公开的威胁' }));
    expect(await changeRuleState(move, director, ports)).toMatchObject({ state: 'live' });
    await keep();
    const stale = { ...content, expiresOn: '2026-11-21' };
    await expect(saveRule({ content: stale, seenVersion: 0 }, analyst, ports)).rejects.toThrow(InvalidRules);
  });

  it('imports a file as a whole or not at all', async () => {
    await keep(buildRule());
    const second = buildRule({
      id: 'fraud.second',
      words: ['刷单'],
      example: '来刷单',
      counterExample: '好',
    });
    const raised = buildRule({ version: 2, severity: 2 });
    expect(await importRules([raised, second], 'own.yaml', ports)).toMatchObject({
      added: ['fraud.second'],
      changed: ['fraud.gambling'],
      unchanged: [],
    });
    expect(await stored()).toEqual([raised, second]);
    const again = await importRules([raised, second], 'own.yaml', ports);
    expect(again).toMatchObject({ added: [], changed: [], unchanged: ['fraud.gambling', 'fraud.second'] });
    const kept = { ...raised, severity: 5 };
    await expect(importRules([{ ...second, version: 2, severity: 1 }, kept], 'x', ports)).rejects.toThrow(
      InvalidRules,
    );
    const back = { ...second, version: 2, state: 'draft' };
    await expect(importRules([back], 'x', ports)).rejects.toThrow('状态');
    await expect(importRules([{ id: 'x' }], 'x', ports)).rejects.toThrow(InvalidRules);
    expect(await stored()).toEqual([raised, second]);
  });
});
