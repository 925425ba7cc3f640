import { z } from 'zod';
import type { Actor, Case } from '../domain/case.ts';
import { statesOf } from '../domain/case-filter.ts';
import { InvalidInput } from '../domain/errors.ts';
import { PostKind } from '../domain/post.ts';
import type { Rights } from '../domain/role.ts';
import {
  type CaseRouting,
  findRoutingProblem,
  type RoutedFacts,
  type RoutingRule,
  RoutingRules,
  routeCase,
} from '../domain/routing.ts';
import type { Settings } from '../domain/settings.ts';
import type { FindPorts } from './list-cases.ts';
import { findSettingVersion, type SettingPorts, saveSetting } from './save-setting.ts';

export interface StoredRouting {
  rules: readonly RoutingRule[];
  /** Of the settings that last changed them; 0 where nobody ever did. */
  version: number;
}

export async function readRouting({ stores }: Pick<SettingPorts, 'stores'>): Promise<StoredRouting> {
  const version = await findSettingVersion(stores, 'routing');
  return { rules: (await stores.settings.read()).routing, version };
}

/**
 * Names the first field that is wrong, as `rules.0.give.unitId`.
 * @throws InvalidInput
 */
function assertRouting(rules: readonly RoutingRule[], settings: Settings): RoutingRule[] {
  const parsed = RoutingRules.safeParse(rules);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InvalidInput(['rules', ...(issue?.path ?? [])].join('.'), z.prettifyError(parsed.error));
  }
  const problem = findRoutingProblem(parsed.data, settings);
  if (problem === null) return parsed.data;
  throw new InvalidInput(['rules', ...problem.path].join('.'), `${problem.message}。`);
}

/**
 * All rules anew, in their order; for cases that are opened from now on.
 * @throws InvalidInput, Conflict when somebody else has changed the rules since the version seen
 */
export async function saveRouting(
  { rules, seenVersion }: { rules: readonly RoutingRule[]; seenVersion: number },
  actor: Actor,
  ports: SettingPorts,
): Promise<StoredRouting> {
  const build = (settings: Settings) => assertRouting(rules, settings);
  const stale = '分派规则已有更新，请刷新后再修改。';
  const version = await saveSetting({ kind: 'routing', build, seenVersion, stale }, actor, ports);
  return { rules: (await ports.stores.settings.read()).routing, version };
}

const mostTried = 200;

export interface RoutingTrial {
  cases: number;
  /** Rules that would have given something, with how many cases. */
  perRule: { ruleId: string; cases: number }[];
  /** Cases that no rule would have given anything. */
  untouched: number;
  /** Cases that would have come to another queue as well. */
  moreQueues: number;
  perUnit: { unitId: string; cases: number }[];
}

/** What the newest 200 cases of one's own queues would have got: from their facts, without reading a text. */
export async function tryRouting(
  rules: readonly RoutingRule[],
  { actor, rights }: { actor: Actor; rights: Rights },
  { stores, clock }: FindPorts & SettingPorts & { stores: FindPorts['stores'] & SettingPorts['stores'] },
): Promise<RoutingTrial> {
  const set = { rules: assertRouting(rules, await stores.settings.read()), version: 0 };
  const found = new Map<string, Case>();
  for (const queue of rights.queues) {
    const page = await stores.desk.listFiltered({
      ...{ queue, states: statesOf('any'), filter: {}, words: null, sort: 'newest', cursor: null },
      ...{ limit: mostTried, accessClasses: rights.accessClasses },
      reader: { actorId: actor.id, now: clock.now() },
    });
    for (const one of page.items) found.set(one.id, one);
  }
  const newest = [...found.values()].sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1)).slice(0, mostTried);
  const routed = await Promise.all(
    newest.map(async (one) => ({ one, routing: routeCase(await factsOf(one, stores), set) })),
  );
  return summarise(routed);
}

async function factsOf(one: Case, { posts }: FindPorts['stores']): Promise<RoutedFacts> {
  const postId = one.postIds[0] ?? '';
  const kind = PostKind.safeParse(postId.split(':')[1]);
  const verdict = one.service === null ? null : await posts.findVerdict(postId, one.textVersion);
  const { channelId, categories, level, accessClass } = one;
  return {
    ...{ channelId, categories, level, accessClass },
    kind: kind.success ? kind.data : 'comment',
    service: one.service === null ? null : { ...one.service, unitId: verdict?.service?.unitId ?? null },
  };
}

function count(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function summarise(routed: readonly { one: Case; routing: CaseRouting | null }[]): RoutingTrial {
  const given = routed.flatMap(({ one, routing }) => (routing === null ? [] : [{ one, routing }]));
  const rules = count(given.flatMap(({ routing }) => routing.ruleIds));
  const units = count(given.flatMap(({ routing }) => routing.unitId ?? []));
  return {
    cases: routed.length,
    perRule: [...rules].map(([ruleId, cases]) => ({ ruleId, cases })),
    untouched: routed.length - given.length,
    moreQueues: given.filter(
      ({ one, routing }) => routing.queue !== null && !one.queues.includes(routing.queue),
    ).length,
    perUnit: [...units].map(([unitId, cases]) => ({ unitId, cases })),
  };
}
