import type { LexiconRule } from '../domain/rule.ts';
import { parseRuleChange, type RuleMoveReason } from '../domain/rule-history.ts';
import type { Ports } from '../ports/index.ts';
import { getRule } from './rule-settings.ts';

interface HistoryPorts {
  stores: Pick<Ports['stores'], 'settings'>;
}

/** Who was at a rule last, and when; of rules that no person has changed there is none. */
export interface LastRuleChange {
  ruleId: string;
  at: string;
  actorId: string | null;
}

export async function listLastRuleChanges({ stores }: HistoryPorts): Promise<LastRuleChange[]> {
  const found = new Map<string, LastRuleChange>();
  for (const { kind, source, at, actorId } of await stores.settings.listChanges()) {
    const ruleId = kind === 'rules' ? parseRuleChange(source)?.ruleId : undefined;
    if (ruleId !== undefined && !found.has(ruleId)) found.set(ruleId, { ruleId, at, actorId });
  }
  return [...found.values()];
}

export interface RuleVersion {
  rule: LexiconRule;
  at: string;
  actorId: string | null;
  by: 'person' | 'file';
  reason: RuleMoveReason | null;
}

/** Each of them is a whole set of rules to be read. */
const mostChanges = 60;

/** Every version of a rule, newest first, as far back as so many changes reach. @throws NotFound */
export async function readRuleHistory(ruleId: string, { stores }: HistoryPorts): Promise<RuleVersion[]> {
  getRule((await stores.settings.read()).rules, ruleId);
  const about = (source: string) => {
    const change = parseRuleChange(source);
    return change === null || change.ruleId === ruleId;
  };
  const changes = (await stores.settings.listChanges())
    .filter(({ kind, source }) => kind === 'rules' && about(source))
    .slice(0, mostChanges)
    .reverse();
  const versions = new Map<number, RuleVersion>();
  for (const { version, at, actorId, source } of changes) {
    const rule = (await stores.settings.readPast('rules', version))?.find(({ id }) => id === ruleId);
    if (rule === undefined || versions.has(rule.version)) continue;
    const change = parseRuleChange(source);
    const reason = change?.kind === 'moved' ? change.reason : null;
    versions.set(rule.version, { rule, at, actorId, by: change === null ? 'file' : 'person', reason });
  }
  return [...versions.values()].reverse();
}
