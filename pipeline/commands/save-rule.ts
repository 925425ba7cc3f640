import type { Actor } from '../domain/case.ts';
import { LexiconRule } from '../domain/rule.ts';
import { describeSaving } from '../domain/rule-history.ts';
import { assertMayEdit } from '../domain/rule-life.ts';
import { InvalidRules } from '../domain/rule-problem.ts';
import { shanghaiDay } from '../domain/time.ts';
import { isSame } from '../stages/lint-rules.ts';
import { assertSeen, changeRules, type RulePorts, withRule } from './rule-settings.ts';

/** What a person writes of a rule; its version and its state come about by themselves. */
export const RuleContent = LexiconRule.omit({ version: true, state: true });
export type RuleContent = ReturnType<typeof RuleContent.parse>;

export interface SaveRuleRequest {
  content: RuleContent;
  /** The version that the person saw; 0 for a new rule. */
  seenVersion: number;
}

/**
 * A new rule begins as a draft; a changed one keeps its state and gets the next version. Repeated, it changes nothing.
 * @throws InvalidRules, NotPermitted, Conflict; then nothing was written
 */
export async function saveRule(
  { content, seenVersion }: SaveRuleRequest,
  actor: Actor,
  ports: RulePorts,
): Promise<LexiconRule> {
  const { result } = await changeRules(ports, ({ rules }) => {
    const before = rules.find(({ id }) => id === content.id);
    const version = seenVersion + 1;
    const next: LexiconRule = { ...content, version, state: before?.state ?? 'draft' };
    if (before !== undefined && isSame({ ...before, version }, next)) return { save: null, result: before };
    assertMayEdit(next.state, actor.roles);
    assertSeen(before, seenVersion);
    if (content.expiresOn < shanghaiDay(ports.clock.now()))
      throw new InvalidRules([{ ruleId: content.id, field: 'expiresOn', fault: 'expiry-past', detail: '' }]);
    const source = describeSaving({ ruleId: next.id, version });
    return { save: { rules: withRule(rules, next), source, actorId: actor.id }, result: next };
  });
  return result;
}
