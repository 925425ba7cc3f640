import { z } from 'zod';
import type { AccessClass } from './access-class.ts';
import { Category, QueueName, ServiceKind, ServiceTopic } from './category.ts';
import { leadChannel } from './lead.ts';
import { PostKind } from './post.ts';
import { RiskLevel, type Verdict } from './verdict.ts';

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'only lower-case letters, digits and hyphens');

/** Where a rule may send a case as well. The people on duty are called by what was found, and by no rule of the office (R19). */
const RoutedQueue = z.enum(['review', 'service', 'operations']);

/**
 * Of each list any one must hold, and every list that is not empty. There is no condition on words or on tone: what a text says
 * is for the judge, and criticism is answered by a unit like everything else (R6).
 */
const RoutingCondition = z.strictObject({
  channels: z.array(Id).max(50).default([]),
  kinds: z.array(PostKind).default([]),
  categories: z.array(Category).default([]),
  serviceKinds: z.array(ServiceKind).default([]),
  topics: z.array(ServiceTopic).default([]),
  /** The unit that the text names, or whose place it names. */
  units: z.array(Id).max(50).default([]),
  levelAtLeast: RiskLevel.nullable().default(null),
});
type RoutingCondition = z.infer<typeof RoutingCondition>;

const RoutingOutput = z.strictObject({
  /** Added to those that the judge chose; nothing takes a queue away. */
  queue: RoutedQueue.nullable().default(null),
  /** 负责单位: proposed where a case is handed over. */
  unitId: Id.nullable().default(null),
  /** 承办单位 */
  executorId: Id.nullable().default(null),
  /** Working days within which a hand-over is due. */
  dueWorkingDays: z.int().min(1).max(60).nullable().default(null),
  label: z.string().min(1).max(12).nullable().default(null),
});
type RoutingOutput = z.infer<typeof RoutingOutput>;

export const RoutingRule = z.strictObject({
  id: Id,
  name: z.string().min(1).max(40),
  when: RoutingCondition.default(RoutingCondition.parse({})),
  give: RoutingOutput.refine(
    (give) => Object.values(give).some((one) => one !== null),
    'says nothing: name a queue, a unit, a term or a label',
  ),
});
export type RoutingRule = z.infer<typeof RoutingRule>;

const mostRoutingRules = 100;
export const RoutingRules = z.array(RoutingRule).max(mostRoutingRules);

/** What the rules gave a case when it was opened. It stays as it is when rules change. */
export const CaseRouting = z.object({
  /** Of the settings that routed it. */
  version: z.int().nonnegative(),
  /** Rules that gave something, in their order. */
  ruleIds: z.array(z.string()).min(1),
  queue: RoutedQueue.nullable(),
  unitId: z.string().nullable(),
  executorId: z.string().nullable(),
  dueWorkingDays: z.int().positive().nullable(),
  label: z.string().nullable(),
});
export type CaseRouting = z.infer<typeof CaseRouting>;

/** All that rules can ask about; of the verdict only what is neither tone nor text. */
export interface RoutedFacts {
  channelId: string;
  kind: PostKind;
  categories: readonly Category[];
  service: { kind: ServiceKind; topic: ServiceTopic; unitId?: string | null | undefined } | null;
  level: RiskLevel;
  accessClass: AccessClass;
}

export function routedFactsOf(post: { channelId: string; kind: PostKind }, verdict: Verdict): RoutedFacts {
  const { service, risk, accessClass, findings } = verdict;
  const categories = [...new Set(findings.map(({ category }) => category))];
  const { channelId, kind } = post;
  return { channelId, kind, categories, service, level: risk.level, accessClass };
}

const includes = <T>(wanted: readonly T[], has: T | null | undefined) =>
  wanted.length === 0 || (has !== null && has !== undefined && wanted.includes(has));

function levelReaches(level: RiskLevel, atLeast: RiskLevel | null): boolean {
  return atLeast === null || RiskLevel.options.indexOf(level) >= RiskLevel.options.indexOf(atLeast);
}

function matchesRouting(when: RoutingCondition, facts: RoutedFacts): boolean {
  const { categories, service } = facts;
  return (
    includes(when.channels, facts.channelId) &&
    includes(when.kinds, facts.kind) &&
    (when.categories.length === 0 || when.categories.some((one) => categories.includes(one))) &&
    includes(when.serviceKinds, service?.kind) &&
    includes(when.topics, service?.topic) &&
    includes(when.units, service?.unitId) &&
    levelReaches(facts.level, when.levelAtLeast)
  );
}

/** As they stand in one version of the settings. */
export interface RoutingSet {
  rules: readonly RoutingRule[];
  version: number;
}

const outputs = ['queue', 'unitId', 'executorId', 'dueWorkingDays', 'label'] as const;

/**
 * Pure. In the order of the rules, the first that matches and gives an output decides that output.
 * What only the people on duty may see is routed by nobody else.
 * @returns null where no rule gives anything
 */
export function routeCase(facts: RoutedFacts, { rules, version }: RoutingSet): CaseRouting | null {
  if (facts.accessClass === 'safety') return null;
  const given: RoutingOutput = {
    queue: null,
    unitId: null,
    executorId: null,
    dueWorkingDays: null,
    label: null,
  };
  const ruleIds: string[] = [];
  for (const { id, when, give } of rules) {
    const fresh = outputs.filter((output) => given[output] === null && give[output] !== null);
    if (fresh.length === 0 || !matchesRouting(when, facts)) continue;
    Object.assign(given, Object.fromEntries(fresh.map((output) => [output, give[output]])));
    ruleIds.push(id);
  }
  return ruleIds.length === 0 ? null : { version, ruleIds, ...given };
}

/** The judge's queues and the one that the rules add: never fewer, and never the safety queue by a rule. */
export function withRoutedQueue(
  queues: readonly QueueName[],
  accessClass: AccessClass,
  routing: CaseRouting | null,
): QueueName[] {
  if (accessClass === 'safety' || routing === null || routing.queue === null) return [...queues];
  return QueueName.options.filter((queue) => queues.includes(queue) || queue === routing.queue);
}

export interface RoutingProblem {
  /** As `0.when.channels.1`. */
  path: (string | number)[];
  message: string;
}

/** What the schema cannot see: ids that are used twice, and names of what the school has not. The first one. */
export function findRoutingProblem(
  rules: readonly RoutingRule[],
  known: { units: readonly { id: string }[]; channels: readonly { id: string }[] },
): RoutingProblem | null {
  const units = new Set(known.units.map(({ id }) => id));
  const channels = new Set([...known.channels.map(({ id }) => id), leadChannel.id]);
  const ids = new Set<string>();
  for (const [index, { id, when, give }] of rules.entries()) {
    if (ids.has(id)) return { path: [index, 'id'], message: `编号“${id}”用了两次` };
    ids.add(id);
    const channel = when.channels.findIndex((one) => !channels.has(one));
    if (channel >= 0) {
      return { path: [index, 'when', 'channels', channel], message: `没有渠道“${when.channels[channel]}”` };
    }
    const named = when.units.findIndex((one) => !units.has(one));
    if (named >= 0) {
      return { path: [index, 'when', 'units', named], message: `没有单位“${when.units[named]}”` };
    }
    for (const output of ['unitId', 'executorId'] as const) {
      const unit = give[output];
      if (unit !== null && !units.has(unit)) {
        return { path: [index, 'give', output], message: `没有单位“${unit}”` };
      }
    }
  }
  return null;
}
