import type { LexiconRule } from '../domain/rule.ts';
import { ruleMoves } from '../domain/rule-life.ts';
import { InvalidRules, type RuleProblem } from '../domain/rule-problem.ts';
import { isSame } from '../stages/lint-rules.ts';
import { assertSound, changeRules, type RulePorts, withRule } from './rule-settings.ts';

export interface ImportedRules {
  added: string[];
  changed: string[];
  unchanged: string[];
  settingsVersion: number;
}

/**
 * Brings rules of a file into the store: new ids are added, known ones exchanged where their version is higher. All or nothing.
 * @param rules as the file has them
 * @throws InvalidRules
 */
export async function importRules(
  rules: readonly unknown[],
  source: string,
  ports: RulePorts,
): Promise<ImportedRules> {
  const { settingsVersion, result } = await changeRules(ports, async (settings) => {
    const coming = await assertSound(rules, settings, ports);
    assertMoves(coming, settings.rules);
    const outcome = sortOut(coming, settings.rules);
    if (outcome.added.length + outcome.changed.length === 0) return { save: null, result: outcome };
    const merged = coming.reduce<LexiconRule[]>(withRule, settings.rules);
    return { save: { rules: merged, source: `command: import ${source}`, actorId: null }, result: outcome };
  });
  return { ...result, settingsVersion };
}

function sortOut(coming: readonly LexiconRule[], stored: readonly LexiconRule[]) {
  const before = new Map(stored.map((rule) => [rule.id, rule]));
  const outcome: Omit<ImportedRules, 'settingsVersion'> = { added: [], changed: [], unchanged: [] };
  for (const rule of coming) {
    const known = before.get(rule.id);
    if (known === undefined) outcome.added.push(rule.id);
    else outcome[isSame(known, rule) ? 'unchanged' : 'changed'].push(rule.id);
  }
  return outcome;
}

/** Whoever may write to the data may take any step, but none that the table doesn't know. */
function assertMoves(coming: readonly LexiconRule[], stored: readonly LexiconRule[]): void {
  const problems: RuleProblem[] = [];
  for (const { id, state } of coming) {
    const from = stored.find((rule) => rule.id === id)?.state;
    if (from === undefined || from === state || ruleMoves[from][state] !== undefined) continue;
    problems.push({ ruleId: id, field: 'state', fault: 'state-move', detail: `${from} → ${state}` });
  }
  if (problems.length > 0) throw new InvalidRules(problems);
}
