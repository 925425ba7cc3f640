import { Conflict, NotFound } from '../domain/errors.ts';
import type { LexiconRule } from '../domain/rule.ts';
import { describeProblem, InvalidRules, type RuleProblem } from '../domain/rule-problem.ts';
import type { Settings } from '../domain/settings.ts';
import { shanghaiDay } from '../domain/time.ts';
import type { Ports } from '../ports/index.ts';
import { type LintReport, type LintRequest, lintRules } from '../stages/lint-rules.ts';
import { dictionaryOf } from './current-judge.ts';

export interface RulePorts {
  stores: Pick<Ports['stores'], 'settings'>;
  clock: Ports['clock'];
  /** Elsewhere than in this thread, where that is wanted. */
  lintRules?: (request: LintRequest) => Promise<LintReport>;
}

/** Others may save channels or units meanwhile; a rule's own version tells whether somebody else was at the rule. */
const triesAtMost = 5;

interface Change<T> {
  /** Null: nothing is to be done. */
  save: { rules: LexiconRule[]; source: string; actorId: string | null } | null;
  result: T;
}

/**
 * Saves what `change` makes of the rules as they stand, all or nothing, unless the linter finds anything wrong in the whole set
 * that was not wrong before.
 * @param change its `source` says in the list of changes what was done to which rule
 * @returns the settings version after it, and what `change` returned
 * @throws InvalidRules, Conflict, and what `change` throws
 */
export async function changeRules<T>(
  ports: RulePorts,
  change: (settings: Settings) => Change<T> | Promise<Change<T>>,
): Promise<{ settingsVersion: number; result: T }> {
  const { stores, clock } = ports;
  for (let tries = 1; ; tries += 1) {
    const settings = await stores.settings.read();
    const { save, result } = await change(settings);
    if (save === null) return { settingsVersion: settings.version, result };
    const { rules, ...by } = save;
    await assertNoWorse(rules, settings, ports);
    const at = { at: clock.now(), id: clock.newId(), expectedVersion: settings.version };
    try {
      return { settingsVersion: await stores.settings.save('rules', rules, { ...at, ...by }), result };
    } catch (error) {
      if (!(error instanceof Conflict) || tries === triesAtMost) throw error;
    }
  }
}

/**
 * Rules that were saved before the linter asked what it asks now keep nobody from changing others, nor from stopping one of them.
 * @throws InvalidRules with what this change makes wrong, or leaves wrong in a rule that goes on
 */
async function assertNoWorse(
  rules: readonly LexiconRule[],
  settings: Settings,
  ports: RulePorts,
): Promise<void> {
  try {
    await assertSound(rules, settings, ports);
  } catch (error) {
    if (!(error instanceof InvalidRules)) throw error;
    const known = new Set((await findProblems(settings.rules, settings, ports)).map(describeProblem));
    const before = new Map(settings.rules.map((rule) => [rule.id, rule]));
    const isLeft = ({ id, state, version }: LexiconRule) =>
      state === 'retired' || before.get(id)?.version === version;
    const left = new Set(rules.filter(isLeft).map(({ id }) => id));
    const worse = error.problems.filter(
      (problem) => !left.has(problem.ruleId) || !known.has(describeProblem(problem)),
    );
    if (worse.length > 0) throw new InvalidRules(worse);
  }
}

async function findProblems(
  rules: readonly LexiconRule[],
  settings: Settings,
  ports: RulePorts,
): Promise<readonly RuleProblem[]> {
  try {
    await assertSound(rules, settings, ports);
    return [];
  } catch (error) {
    if (error instanceof InvalidRules) return error.problems;
    throw error;
  }
}

/**
 * @param rules as they came, of whatever form
 * @throws InvalidRules with everything that is wrong
 */
export async function assertSound(
  rules: readonly unknown[],
  settings: Settings,
  { clock, lintRules: lint }: Pick<RulePorts, 'clock' | 'lintRules'>,
): Promise<LexiconRule[]> {
  const known = { stored: settings.rules, dictionaryWords: dictionaryOf(settings) };
  const request = { rules, ...known, today: shanghaiDay(clock.now()) };
  const report = await (lint?.(request) ?? lintRules(request));
  if (report.problems.length > 0) throw new InvalidRules(report.problems);
  return report.rules;
}

/** @throws NotFound */
export function getRule(rules: readonly LexiconRule[], id: string): LexiconRule {
  const found = rules.find((rule) => rule.id === id);
  if (found === undefined) throw new NotFound(`没有编号为 ${id} 的规则。`);
  return found;
}

/** @throws Conflict when the rule is at another version than the person saw */
export function assertSeen(rule: LexiconRule | undefined, seenVersion: number): void {
  if ((rule?.version ?? 0) === seenVersion) return;
  throw new Conflict(
    rule === undefined ? '这条规则已不存在，请刷新后再试。' : '这条规则已有更新，请重新打开后再修改。',
  );
}

/** The rules with this one in the place of that with its id, or at the end. */
export function withRule(rules: readonly LexiconRule[], rule: LexiconRule): LexiconRule[] {
  const known = rules.some(({ id }) => id === rule.id);
  return known ? rules.map((one) => (one.id === rule.id ? rule : one)) : [...rules, rule];
}
