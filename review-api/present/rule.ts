import type { RuleStats } from '../../pipeline/commands/rule-stats.ts';
import type { LexiconRule } from '../../pipeline/domain/rule.ts';
import { isOverdue, isRunning } from '../../pipeline/domain/rule-life.ts';
import { shanghaiDay } from '../../pipeline/domain/time.ts';
import type { RuleStatsList, RuleView } from '../contract/rule.ts';

/** @param now ISO UTC */
export function presentRule(rule: LexiconRule, now: string): RuleView {
  const today = shanghaiDay(now);
  return { ...rule, running: isRunning(rule, today), overdue: isOverdue(rule, today) };
}

export function presentStats({ listed, alarm, ...stats }: RuleStats): RuleStatsList['items'][number] {
  return {
    ...stats,
    state: listed?.rule.state ?? null,
    version: listed?.rule.version ?? null,
    running: listed?.running ?? true,
    overdue: listed?.overdue ?? false,
    alarm: alarm === null ? null : { day: alarm.day, hits: alarm.hits, usual: alarm.usual, kind: alarm.kind },
  };
}
