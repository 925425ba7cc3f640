import type { AccessClass } from '../domain/access-class.ts';
import type { ReasonCode } from '../domain/case.ts';
import { categoryFacts } from '../domain/category.ts';
import type { LexiconRule } from '../domain/rule.ts';
import { findRuleAlarms, historyDays, type RuleAlarm } from '../domain/rule-alarm.ts';
import { isOverdue, isRunning } from '../domain/rule-life.ts';
import { dayBefore, shanghaiDay } from '../domain/time.ts';
import type { Ports } from '../ports/index.ts';
import type { RuleDecisionCount, RuleHitCount } from '../ports/rule-evidence.ts';

export interface RuleEvidencePorts {
  stores: Pick<Ports['stores'], 'settings' | 'evidence'>;
  clock: Ports['clock'];
}

export interface ListedRule {
  rule: LexiconRule;
  /** Decides, or is recorded on trial. */
  running: boolean;
  /** Past its day and running on: 逾期未复审. */
  overdue: boolean;
}

/** Every rule, whatever its state, in the order of the store. */
export async function listRules({ stores, clock }: RuleEvidencePorts): Promise<ListedRule[]> {
  const today = shanghaiDay(clock.now());
  const { rules } = await stores.settings.read();
  return rules.map((rule) => ({ rule, running: isRunning(rule, today), overdue: isOverdue(rule, today) }));
}

/** Of decided cases with a post that the rule hit. */
interface RulePrecision {
  decided: number;
  /** Decided for a reason that says that the rule should not have hit. */
  against: number;
  byReason: { reason: ReasonCode; cases: number }[];
  /** The share that is not against it; null while too few were decided. */
  precision: number | null;
}

export interface RuleStats extends RulePrecision {
  ruleId: string;
  /** Null for what is built in, such as the finding of ID numbers. */
  listed: ListedRule | null;
  /** Posts of the days asked for, those hit on trial among them. */
  hits: number;
  shadowHits: number;
  byDay: { day: string; hits: number }[];
  alarm: RuleAlarm | null;
}

/** With fewer, a share says more about chance than about the rule. */
export const leastDecisions = 10;

const reasonsAgainst: readonly ReasonCode[] = [
  'misjudged',
  'not-about-school',
  'opinion-only',
  'advert-or-spam',
];

/** A rule that looks for adverts is right where a person calls it one. */
function isAgainst(reason: ReasonCode, rule: LexiconRule | undefined): boolean {
  const looksForNoise =
    rule !== undefined && 'category' in rule.target && categoryFacts[rule.target.category].family === 'noise';
  return reasonsAgainst.includes(reason) && !(looksForNoise && reason === 'advert-or-spam');
}

export function precisionOf(
  counts: readonly Omit<RuleDecisionCount, 'ruleId'>[],
  rule: LexiconRule | undefined,
): RulePrecision {
  const decided = counts.reduce((sum, { cases }) => sum + cases, 0);
  const against = counts.reduce((sum, { reason, cases }) => sum + (isAgainst(reason, rule) ? cases : 0), 0);
  const byReason = counts
    .map(({ reason, cases }) => ({ reason, cases }))
    .sort((a, b) => b.cases - a.cases || (a.reason < b.reason ? -1 : 1));
  const precision = decided < leastDecisions ? null : Math.round((1 - against / decided) * 1000) / 1000;
  return { decided, against, byReason, precision };
}

/**
 * What the posts of the last days say about every rule, as far as the classes go (R19): alarms too are made of what is seen.
 * @param days today is the last of them
 */
export async function readRuleStats(
  { days, accessClasses }: { days: number; accessClasses: readonly AccessClass[] },
  ports: RuleEvidencePorts,
): Promise<RuleStats[]> {
  const { stores, clock } = ports;
  const today = shanghaiDay(clock.now());
  const fromDay = dayBefore(today, days - 1);
  const since = new Date(Date.parse(clock.now()) - days * 86_400_000).toISOString();
  const earliest = dayBefore(today, Math.max(days - 1, historyDays + 1));
  const [listed, counts, decisions] = await Promise.all([
    listRules(ports),
    stores.evidence.countHits({ fromDay: earliest, accessClasses }),
    stores.evidence.countDecisions({ since, accessClasses }),
  ]);
  const alarms = new Map(findRuleAlarms(counts, today).map((alarm) => [alarm.ruleId, alarm]));
  const shown = counts.filter(({ day }) => day >= fromDay);
  const known = new Map(listed.map((one) => [one.rule.id, one]));
  const ids = new Set([...known.keys(), ...shown.map(({ ruleId }) => ruleId)]);
  return [...ids].map((ruleId) => ({
    ruleId,
    listed: known.get(ruleId) ?? null,
    ...sumUp(shown.filter((count) => count.ruleId === ruleId)),
    ...precisionOf(
      decisions.filter((count) => count.ruleId === ruleId),
      known.get(ruleId)?.rule,
    ),
    alarm: alarms.get(ruleId) ?? null,
  }));
}

function sumUp(counts: readonly RuleHitCount[]): Pick<RuleStats, 'hits' | 'shadowHits' | 'byDay'> {
  const byDay = new Map<string, number>();
  let shadowHits = 0;
  for (const { day, hits, shadow } of counts) {
    byDay.set(day, (byDay.get(day) ?? 0) + hits);
    if (shadow) shadowHits += hits;
  }
  const days = [...byDay].map(([day, hits]) => ({ day, hits })).sort((a, b) => (a.day < b.day ? -1 : 1));
  return { hits: days.reduce((sum, { hits }) => sum + hits, 0), shadowHits, byDay: days };
}

/** For the machine that watches: over posts of every class, so that nothing of it but the rules' names may be told. */
export async function findAlarmedRules({
  stores,
  clock,
}: Omit<RuleEvidencePorts, 'stores'> & {
  stores: Pick<Ports['stores'], 'evidence'>;
}): Promise<string[]> {
  const today = shanghaiDay(clock.now());
  const counts = await stores.evidence.countHits({
    fromDay: dayBefore(today, historyDays + 1),
    accessClasses: ['open', 'victim', 'safety'],
  });
  return findRuleAlarms(counts, today).map(({ ruleId }) => ruleId);
}
