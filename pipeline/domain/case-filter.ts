import { z } from 'zod';
import { type Case, CaseState } from './case.ts';
import { Category, ServiceKind, ServiceTopic } from './category.ts';
import { PostKind } from './post.ts';
import { Instant } from './time.ts';
import { RiskLevel } from './verdict.ts';

/** Riskiest first; by when it came to the queue; or what has a deadline, soonest first. */
export const CaseSort = z.enum(['risk', 'oldest', 'newest', 'deadline']);
export type CaseSort = z.infer<typeof CaseSort>;

const mostValues = 20;
const some = <T extends z.ZodType>(value: T) => z.array(value).max(mostValues).optional();
const Reference = z.string().min(1).max(60);

/** What a queue is narrowed to: of each list any one must hold, and everything that is named. */
export const CaseFilter = z.strictObject({
  channelIds: some(Reference),
  kinds: some(PostKind),
  categories: some(Category),
  serviceKinds: some(ServiceKind),
  topics: some(ServiceTopic),
  levels: some(RiskLevel),
  /** Handed to the unit, or proposed for it. */
  unitIds: some(Reference),
  /** Of routing. */
  labels: some(z.string().min(1).max(12)),
  openedFrom: Instant.optional(),
  /** Exclusive. */
  openedTo: Instant.optional(),
  held: z.enum(['nobody', 'me']).optional(),
  hasDeadline: z.literal(true).optional(),
  /** Another text than the one that was first gathered. */
  edited: z.literal(true).optional(),
  /** Its source is gone. */
  deleted: z.literal(true).optional(),
});
export type CaseFilter = z.infer<typeof CaseFilter>;

/** `undecided` is open and reopened together; `any` is everything. */
export const CaseStateFilter = z.enum(['undecided', ...CaseState.options, 'any']);
export type CaseStateFilter = z.infer<typeof CaseStateFilter>;

export function statesOf(filter: CaseStateFilter): readonly CaseState[] {
  if (filter === 'undecided') return ['open', 'reopened'];
  return filter === 'any' ? CaseState.options : [filter];
}

/** Kinds of facets, the most telling first: a page is read along the first one that is asked for. */
const facetKinds = [
  'unit',
  'label',
  'deadline',
  'edited',
  'topic',
  'category',
  'channel',
  'service',
  'level',
  'kind',
] as const;
export type FacetKind = (typeof facetKinds)[number];

/** `topic:canteen`: what a case is found by. Written beside it; no text, and nothing about whoever wrote. */
export const tagOf = (kind: FacetKind | 'queue', value: string) => `${kind}:${value}`;

function kindOf(postId: string | undefined): string | null {
  const kind = PostKind.safeParse(postId?.split(':')[1]);
  return kind.success ? kind.data : null;
}

/** Pure, and the same for both stores: by what a case is found in its queues. */
export function tagsOf(one: Case): string[] {
  const kind = kindOf(one.postIds[0]);
  const unit = one.unitId ?? one.routing?.unitId ?? null;
  const label = one.routing?.label ?? null;
  return [
    ...one.queues.map((queue) => tagOf('queue', queue)),
    ...one.categories.map((category) => tagOf('category', category)),
    ...(one.service === null ? [] : [tagOf('service', one.service.kind), tagOf('topic', one.service.topic)]),
    tagOf('channel', one.channelId),
    tagOf('level', one.level),
    ...(kind === null ? [] : [tagOf('kind', kind)]),
    ...(unit === null ? [] : [tagOf('unit', unit)]),
    ...(label === null ? [] : [tagOf('label', label)]),
    ...(one.deadline === null ? [] : [tagOf('deadline', 'yes')]),
    ...(one.textVersion > 1 ? [tagOf('edited', 'yes')] : []),
  ];
}

/** Of each group any one tag must stand on the case; the most telling group first. */
export function tagGroups(filter: CaseFilter): string[][] {
  const wanted: Record<FacetKind, readonly string[] | undefined> = {
    unit: filter.unitIds,
    label: filter.labels,
    deadline: filter.hasDeadline ? ['yes'] : undefined,
    edited: filter.edited ? ['yes'] : undefined,
    topic: filter.topics,
    category: filter.categories,
    channel: filter.channelIds,
    service: filter.serviceKinds,
    level: filter.levels,
    kind: filter.kinds,
  };
  return facetKinds.flatMap((kind) => {
    const values = wanted[kind] ?? [];
    return values.length === 0 ? [] : [[...new Set(values)].map((value) => tagOf(kind, value))];
  });
}
