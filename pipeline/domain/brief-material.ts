import type { EvidenceQuery, Measure, QueryOf } from './brief-evidence.ts';
import type { Burst } from './burst.ts';
import { type CaseFact, type HandoverFact, isOpenAt } from './case-fact.ts';
import type { Category, ServiceKind, ServiceTopic } from './category.ts';
import type { Gap } from './completeness.ts';
import { type FactLevel, type ItemFact, speakerOf } from './item-fact.ts';
import { isOpen, type LiveMatch } from './live-match.ts';
import { bucketHour, shanghaiDay } from './time.ts';

/** When what happened to a draft; no text. */
export interface DraftFact {
  draftId: string;
  /** In the order they were made; `moment` null for what is not counted. */
  events: { moment: QueryOf<'drafts'>['moment'] | null; at: string; isWaiting: boolean }[];
}

type LiveFact = Pick<LiveMatch, 'id' | 'result' | 'notes' | 'explanation' | 'changedAt' | 'channelId'>;

type BurstFact = Pick<Burst, 'id' | 'channelId' | 'topic' | 'from' | 'last' | 'peakHour' | 'state'>;

export interface DocketFact {
  id: string;
  register: QueryOf<'docket'>['register'];
  receivedAt: string;
  settledAt: string | null;
}

interface TopicFact {
  id: string;
  name: string;
  firstSeenAt: string;
  members: readonly { postId: string; at: string; channelId: string }[];
}

/** All that a brief counts, without a text; other classes were left out before (R19), but for `referred`, of which only ids stand here. */
export interface BriefMaterial {
  items: readonly ItemFact[];
  cases: readonly CaseFact[];
  referred: readonly { caseId: string; openedAt: string }[];
  handovers: readonly HandoverFact[];
  gaps: readonly Gap[];
  /** Stretches of which nothing is known, as before a channel was read: counted over like gaps. */
  unobserved: readonly { channelId: string; from: string; to: string }[];
  drafts: readonly DraftFact[];
  live: readonly LiveFact[];
  /** `hasComments`: what the public says comes from there. */
  channels: readonly { id: string; isRead: boolean; isNeeding: boolean; hasComments: boolean }[];
  bursts: readonly BurstFact[];
  /** Dismissed and merged ones left out; `members` are public ones, open now. */
  topics: readonly TopicFact[];
  docket: readonly DocketFact[];
  reads: readonly { id: string; at: string }[];
}

interface Span {
  from: string;
  until: string;
}

const within = (at: string | null, { from, until }: Span): boolean => at !== null && from <= at && at < until;

/** The hours that begin in the span; its ends lie on full hours. From the first one, before the second. */
const hoursOf = ({ from, until }: Span): readonly [string, string] => [bucketHour(from), bucketHour(until)];

interface ItemsByDay {
  /** By id, as evidence lists them. */
  sorted: ItemFact[];
  /** Places in `sorted`. */
  days: Map<string, number[]>;
  /** What was asked for already. */
  spans: Map<string, readonly ItemFact[]>;
}

/** A brief asks for each day apart, and for a whole month again and again; a month holds tens of thousands of items. */
const known = new WeakMap<readonly ItemFact[], ItemsByDay>();

function itemsByDay(items: readonly ItemFact[]): ItemsByDay {
  const found = known.get(items);
  if (found !== undefined) return found;
  const sorted = items.toSorted((a, b) => (a.postId < b.postId ? -1 : 1));
  const days = new Map<string, number[]>();
  for (const [at, { hour }] of sorted.entries()) {
    const day = hour.slice(0, 10);
    const places = days.get(day);
    if (places === undefined) days.set(day, [at]);
    else places.push(at);
  }
  const made: ItemsByDay = { sorted, days, spans: new Map() };
  known.set(items, made);
  return made;
}

/** By id. */
function itemsWithin(items: readonly ItemFact[], span: Span): readonly ItemFact[] {
  const [first, end] = hoursOf(span);
  const { sorted, days, spans } = itemsByDay(items);
  const asked = spans.get(`${first} ${end}`);
  if (asked !== undefined) return asked;
  const places: number[] = [];
  for (const [day, list] of days) {
    if (day < first.slice(0, 10) || day > end.slice(0, 10)) continue;
    for (const at of list) {
      const hour = sorted[at]?.hour ?? '';
      if (first <= hour && hour < end) places.push(at);
    }
  }
  const found = [...Int32Array.from(places).sort()].flatMap((at) => sorted[at] ?? []);
  spans.set(`${first} ${end}`, found);
  return found;
}

interface Judged {
  channelId: string;
  unitId: string | null;
  service: { kind: ServiceKind; topic: ServiceTopic } | null;
  categories?: readonly Category[];
  level?: FactLevel;
}
type About = Partial<
  Pick<QueryOf<'items'>, 'channelIds' | 'unitIds' | 'topics' | 'serviceKinds' | 'categories' | 'levels'>
>;

const has = <T>(wanted: readonly T[] | undefined, value: T | null | undefined): boolean =>
  wanted === undefined || (value !== null && value !== undefined && wanted.includes(value));

function isAbout(fact: Judged, query: About): boolean {
  return (
    has(query.channelIds, fact.channelId) &&
    has(query.unitIds, fact.unitId ?? '') &&
    has(query.topics, fact.service?.topic) &&
    has(query.serviceKinds, fact.service?.kind) &&
    has(query.levels, fact.level) &&
    (query.categories === undefined || query.categories.some((one) => fact.categories?.includes(one)))
  );
}

function isCaseAt(fact: CaseFact, query: QueryOf<'cases'>): boolean {
  switch (query.moment) {
    case 'opened':
      return within(fact.openedAt, query);
    case 'decided':
      return within(fact.decidedAt, query);
    case 'replied':
      return within(fact.replySeenAt, query);
    case 'open-at':
      return fact.openedAt < query.until && (fact.decidedAt === null || fact.decidedAt >= query.until);
    default:
      return query.moment satisfies never;
  }
}

const isMeantCase = (fact: CaseFact, query: QueryOf<'cases'>): boolean =>
  isCaseAt(fact, query) &&
  isAbout(fact, query) &&
  has(query.decisions, fact.decision) &&
  has(query.reasons, fact.reason) &&
  (query.lifeSafety === undefined || query.lifeSafety === fact.lifeSafety);

function isSlipAt(fact: HandoverFact, query: QueryOf<'handovers'>): boolean {
  const { until } = query;
  switch (query.moment) {
    case 'sent':
      return fact.state !== 'withdrawn' && within(fact.sentAt, query);
    case 'received':
      return within(fact.receivedAt, query);
    case 'answered':
      return within(fact.answeredAt, query);
    case 'answered-late':
      return fact.answeredAt !== null && fact.answeredAt > fact.dueAt && within(fact.answeredAt, query);
    case 'closed':
      return within(fact.closedAt, query);
    case 'with-unit-at':
      return fact.sentAt < until && isOpenAt(fact, until);
    case 'late-at':
      return fact.sentAt < until && isOpenAt(fact, until) && fact.dueAt < until;
    default:
      return query.moment satisfies never;
  }
}

const isMeantGap = (gap: Gap, query: QueryOf<'gaps'>): boolean =>
  gap.from < query.until &&
  gap.to > query.from &&
  has(query.channelIds, gap.channelId) &&
  (query.state === 'any' || gap.filledAt === null || gap.filledAt >= query.until);

const isMeantDraft = (draft: DraftFact, query: QueryOf<'drafts'>): boolean =>
  query.moment === 'waiting-at'
    ? draft.events.findLast(({ at }) => at < query.until)?.isWaiting === true
    : draft.events.some(({ moment, at }) => moment === query.moment && within(at, query));

const isMeantLive = (match: LiveFact, query: QueryOf<'live'>): boolean =>
  query.results.includes(match.result) &&
  (query.openOnly ? match.changedAt < query.until && isOpen(match) : within(match.changedAt, query));

const isMeantEntry = (entry: DocketFact, query: QueryOf<'docket'>): boolean =>
  entry.register === query.register &&
  within(query.moment === 'received' ? entry.receivedAt : entry.settledAt, query);

/** The facts that a query means. */
export function findItems(query: QueryOf<'items'>, { items }: Pick<BriefMaterial, 'items'>): ItemFact[] {
  return itemsWithin(items, query).filter(
    (fact) =>
      isAbout(fact, query) &&
      has(query.kinds, fact.kind) &&
      (query.speaker === undefined || query.speaker === speakerOf(fact.kind)),
  );
}

export function findCases(query: QueryOf<'cases'>, { cases }: Pick<BriefMaterial, 'cases'>): CaseFact[] {
  return cases.filter((fact) => isMeantCase(fact, query));
}

export function findSlips(
  query: QueryOf<'handovers'>,
  { handovers }: Pick<BriefMaterial, 'handovers'>,
): HandoverFact[] {
  return handovers.filter((fact) => isSlipAt(fact, query) && isAbout(fact, query));
}

/** One that still goes on reaches into whatever ends after it began, however long its last high hour is ago. */
export function findBursts(query: QueryOf<'bursts'>, { bursts }: Pick<BriefMaterial, 'bursts'>): BurstFact[] {
  const [first, end] = hoursOf(query);
  const reaches = ({ from, last, state }: BurstFact) =>
    first <= from || (query.moment === 'over' && (state === 'open' || first <= last));
  return bursts.filter(
    (one) => one.from < end && reaches(one) && (query.state === null || query.state === one.state),
  );
}

const minutes = (from: string, to: string | null): number[] =>
  to === null ? [] : [Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000))];

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

export interface Evaluated {
  /** Sorted. */
  ids: string[];
  value: number | null;
}

const counted = (ids: string[]): Evaluated => ({ ids: ids.sort(), value: ids.length });

function evaluateItems(query: QueryOf<'items'>, measure: Measure, material: BriefMaterial): Evaluated {
  const found = findItems(query, material);
  const ids = found.map(({ postId }) => postId).sort();
  if (measure !== 'days') return counted(ids);
  return { ids, value: new Set(found.map(({ hour }) => hour.slice(0, 10))).size };
}

function evaluateCases(query: QueryOf<'cases'>, measure: Measure, material: BriefMaterial): Evaluated {
  const found = findCases(query, material);
  const ids = found.map(({ caseId }) => caseId).sort();
  if (measure === 'median-decided') {
    return { ids, value: median(found.flatMap(({ openedAt, decidedAt }) => minutes(openedAt, decidedAt))) };
  }
  if (measure !== 'days') return counted(ids);
  return { ids, value: new Set(found.map(({ openedAt }) => shanghaiDay(openedAt))).size };
}

function evaluateSlips(query: QueryOf<'handovers'>, measure: Measure, material: BriefMaterial): Evaluated {
  const found = findSlips(query, material);
  const ids = found.map(({ handoverId }) => handoverId).sort();
  if (measure === 'median-received') {
    return { ids, value: median(found.flatMap(({ sentAt, receivedAt }) => minutes(sentAt, receivedAt))) };
  }
  if (measure === 'median-answered') {
    return { ids, value: median(found.flatMap(({ sentAt, answeredAt }) => minutes(sentAt, answeredAt))) };
  }
  return counted(ids);
}

/** Pure: what a number stands on, counted from the facts. The one place where numbers of briefs come from. */
export function evaluateEvidence(
  query: Exclude<EvidenceQuery, { of: 'derived' }>,
  measure: Measure,
  material: BriefMaterial,
): Evaluated {
  switch (query.of) {
    case 'items':
      return evaluateItems(query, measure, material);
    case 'cases':
      return evaluateCases(query, measure, material);
    case 'handovers':
      return evaluateSlips(query, measure, material);
    case 'referred':
      return counted(
        material.referred.filter((one) => within(one.openedAt, query)).map(({ caseId }) => caseId),
      );
    case 'gaps':
      return counted(material.gaps.filter((gap) => isMeantGap(gap, query)).map(({ id }) => id));
    case 'drafts':
      return counted(material.drafts.filter((one) => isMeantDraft(one, query)).map((one) => one.draftId));
    case 'live':
      return counted(material.live.filter((match) => isMeantLive(match, query)).map(({ id }) => id));
    case 'channels':
      return counted(
        material.channels
          .filter(({ isRead, isNeeding }) => (query.needing ? isNeeding : isRead))
          .map(({ id }) => id),
      );
    case 'bursts':
      return counted(findBursts(query, material).map(({ id }) => id));
    case 'topic-items': {
      const topic = material.topics.find(({ id }) => id === query.topicId);
      const members = topic?.members.filter(({ at }) => within(at, query)) ?? [];
      return counted(members.map(({ postId }) => postId));
    }
    case 'docket':
      return counted(material.docket.filter((entry) => isMeantEntry(entry, query)).map(({ id }) => id));
    case 'reads':
      return counted(material.reads.filter(({ at }) => within(at, query)).map(({ id }) => id));
    default:
      return query satisfies never;
  }
}
