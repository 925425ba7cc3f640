import type { Actor } from '../domain/case.ts';
import { Role } from '../domain/role.ts';
import type { LexiconRule, RuleState } from '../domain/rule.ts';
import { describeMove, type RuleMoveReason } from '../domain/rule-history.ts';
import { assertMayMove, isRunning } from '../domain/rule-life.ts';
import { InvalidRules } from '../domain/rule-problem.ts';
import { shanghaiDay } from '../domain/time.ts';
import { assertSeen, changeRules, getRule, type RulePorts, withRule } from './rule-settings.ts';

export interface RuleStateRequest {
  ruleId: string;
  to: RuleState;
  /** The version that the person saw. */
  seenVersion: number;
  reason?: RuleMoveReason | null;
}

/**
 * One step of a rule's life, with a version of its own. Repeated, it changes nothing.
 * @param actor null for whoever may write to the data: every step that the table knows
 * @throws NotFound, NotPermitted, Conflict, InvalidRules; then nothing was written
 */
export async function changeRuleState(
  { ruleId, to, seenVersion, reason = null }: RuleStateRequest,
  actor: Actor | null,
  ports: RulePorts,
): Promise<LexiconRule> {
  const { result } = await changeRules(ports, ({ rules }) => {
    const before = getRule(rules, ruleId);
    if (before.state === to && before.version === seenVersion + 1) return { save: null, result: before };
    assertSeen(before, seenVersion);
    assertMayMove(before.state, to, actor?.roles ?? Role.options);
    const next: LexiconRule = { ...before, state: to, version: before.version + 1 };
    assertNotOver(next, shanghaiDay(ports.clock.now()));
    const source = describeMove({ ruleId, version: next.version, from: before.state, to, reason });
    return { save: { rules: withRule(rules, next), source, actorId: actor?.id ?? null }, result: next };
  });
  return result;
}

/** A rule whose day has passed would be brought into force and do nothing. */
function assertNotOver(next: LexiconRule, today: string): void {
  const starts = next.state === 'live' || next.state === 'shadow';
  if (!starts || isRunning(next, today)) return;
  throw new InvalidRules([{ ruleId: next.id, field: 'expiresOn', fault: 'expiry-past', detail: '' }]);
}
