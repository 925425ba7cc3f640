import { type ChannelCoverage, coverOf, stretchOfDays } from '../domain/coverage.ts';
import { FactService, type ItemFact, type ItemKind } from '../domain/item-fact.ts';
import { dayBefore, shanghaiDay } from '../domain/time.ts';
import type { Topic, TopicMember, TopicState } from '../domain/topic.ts';
import { measureGrowth, type TopicGrowth } from '../domain/topic-growth.ts';
import { bucketsOf } from '../domain/trend.ts';
import type { Ports, Stores } from '../ports/index.ts';
import { assertChannels, assertUnits } from './assert-registered.ts';
import { readCoverage } from './read-coverage.ts';
import { type CountedTopic, listTopics, readTopic } from './read-topics.ts';

interface DescribePorts {
  stores: Pick<Stores, 'topics' | 'rollups' | 'ledger' | 'settings' | 'posts'>;
  clock: Ports['clock'];
}

const dayMs = 86_400_000;
const factsAtOnce = 1000;
const pageSize = 1000;
/** A longer series says nothing that its weeks do not. */
const mostDays = 90;
/** What growth looks at, and a day in which channels may be behind. */
const growthDays = 15;

/** A value of what its items were judged to be, and of how many; '' for none. */
interface ValueCount {
  value: string;
  items: number;
}

interface TopicListing {
  days: number;
  channelId?: string | undefined;
  /** Answerable for one of its items. */
  unitId?: string | undefined;
  state?: TopicState | undefined;
  sort: 'size' | 'growth';
}

export type GrowingTopic = CountedTopic & { growth: TopicGrowth };

async function findFacts(
  postIds: readonly string[],
  { rollups }: DescribePorts['stores'],
): Promise<ItemFact[]> {
  const facts: ItemFact[] = [];
  for (let start = 0; start < postIds.length; start += factsAtOnce)
    facts.push(...(await rollups.findItems(postIds.slice(start, start + factsAtOnce), ['open'])));
  return facts;
}

/** Of all channels: a topic may be spoken of anywhere. */
function readGrowthCoverage(
  now: string,
  fromDay: string,
  { stores }: DescribePorts,
): Promise<ChannelCoverage[]> {
  const first = [fromDay, dayBefore(shanghaiDay(now), growthDays)].sort()[0] ?? fromDay;
  return readCoverage({ fromDay: first, toDay: shanghaiDay(now), speaker: 'public' }, { stores });
}

async function assertKnown({ channelId, unitId }: TopicListing, { settings }: DescribePorts['stores']) {
  if (channelId === undefined && unitId === undefined) return;
  const { channels, units } = await settings.read();
  if (channelId !== undefined) assertChannels(channels, [channelId], 'channel');
  if (unitId !== undefined) assertUnits(units, [unitId], 'unit');
}

/**
 * Topics that were spoken of in the last days. With `growth` those come first that grew by most; those of which nothing may be said, last.
 * @throws InvalidInput naming `channel` or `unit` where it is not in the register
 */
export async function listGrowingTopics(asked: TopicListing, ports: DescribePorts): Promise<GrowingTopic[]> {
  const { stores, clock } = ports;
  await assertKnown(asked, stores);
  const now = clock.now();
  const found = (await listTopics(asked.days, ports)).filter(
    ({ topic, counts }) =>
      (asked.state === undefined || topic.state === asked.state) &&
      (asked.channelId === undefined ||
        counts.channels.some(({ channelId }) => channelId === asked.channelId)),
  );
  const coverage = await readGrowthCoverage(now, shanghaiDay(now), ports);
  const from = new Date(Date.parse(now) - Math.max(growthDays, asked.days) * dayMs).toISOString();
  const topicIds = found.map(({ topic }) => topic.id);
  const members = (await stores.topics.findMembers({ topicIds, from })).filter(
    ({ speaker }) => speaker === 'public',
  );
  const facts = new Map(
    (
      await findFacts(
        members.map(({ postId }) => postId),
        stores,
      )
    ).map((fact) => [fact.postId, fact]),
  );
  const open = new Map<string, TopicMember[]>(topicIds.map((id) => [id, []]));
  // Members of another class, too, stand in the store.
  for (const member of members) if (facts.has(member.postId)) open.get(member.topicId)?.push(member);
  const ofUnit = ({ topic }: CountedTopic) =>
    asked.unitId === undefined ||
    (open.get(topic.id) ?? []).some(({ postId }) => facts.get(postId)?.unitId === asked.unitId);
  const growing = found.filter(ofUnit).map((one) => {
    const instants = (open.get(one.topic.id) ?? []).map(({ at }) => at);
    return { ...one, growth: measureGrowth(instants, { coverage, now }) };
  });
  if (asked.sort === 'size') return growing;
  const risen = ({ growth }: GrowingTopic) => growth.week.change?.difference ?? Number.NEGATIVE_INFINITY;
  // Those of the same growth stay in the order of their size.
  return growing.toSorted((a, b) => Math.sign(risen(b) - risen(a)) || 0);
}

interface DescribedTopic extends Awaited<ReturnType<typeof readTopic>> {
  growth: TopicGrowth;
  /** Every day since the first item, at most the last ninety; `complete` where all channels were read in full. */
  series: { day: string; items: number; complete: boolean }[];
  /** Different items of people outside, near copies once. */
  units: number;
  /** The school's own posts among its items. */
  schoolItems: number;
  answerable: ValueCount[];
  services: (FactService & { items: number })[];
  levels: ValueCount[];
  /** As description (R7). */
  tones: ValueCount[];
  /** The official post that most of its items stand under, or that is one of them. */
  hangsOn: { postId: string; url: string; kind: ItemKind; items: number } | null;
  /** Of open items, latest first: for those who look for their cases. */
  postIds: string[];
}

function tally(values: readonly string[]): ValueCount[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, items]) => ({ value, items }))
    .sort((a, b) => b.items - a.items || (a.value < b.value ? -1 : 1));
}

async function listOpenMembers(topicId: string, { topics }: DescribePorts['stores']): Promise<TopicMember[]> {
  const members: TopicMember[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof topics.listMembers>> = await topics.listMembers(topicId, {
      cursor,
      limit: pageSize,
    });
    members.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return members;
}

async function findAnchor(
  members: readonly TopicMember[],
  { posts }: DescribePorts['stores'],
): Promise<DescribedTopic['hangsOn']> {
  const roots = members.flatMap(({ speaker, postId, rootId }) => {
    const root = speaker === 'school' ? postId : rootId;
    return root === null ? [] : [root];
  });
  const [first] = tally(roots);
  if (first === undefined || first.items < 2) return null;
  const post = await posts.findPost(first.value);
  if (post === null || post.accessClass !== 'open') return null;
  const { url, kind } = post;
  return { postId: post.id, url, kind, items: first.items };
}

function seriesOf(
  topic: Topic,
  members: readonly TopicMember[],
  { coverage, today }: { coverage: readonly ChannelCoverage[]; today: string },
): DescribedTopic['series'] {
  const first = [shanghaiDay(topic.firstSeenAt), dayBefore(today, mostDays - 1)].sort().at(-1) ?? today;
  const counts = new Map(
    tally(members.map(({ at }) => shanghaiDay(at))).map((one) => [one.value, one.items]),
  );
  const fromDay = first > today ? today : first;
  return bucketsOf({ fromDay, toDay: today }, 'day').map(({ at: day }) => ({
    ...{ day, items: counts.get(day) ?? 0 },
    complete: coverOf(coverage, stretchOfDays(day, day)).complete,
  }));
}

/** All that an analyst asks of a topic, of `open` items alone (R19). @throws NotFound */
export async function describeTopic(topicId: string, ports: DescribePorts): Promise<DescribedTopic> {
  const { stores, clock } = ports;
  const found = await readTopic(topicId, ports);
  const { topic } = found;
  const now = clock.now();
  const today = shanghaiDay(now);
  const members = await listOpenMembers(topic.id, stores);
  const ofPublic = members.filter(({ speaker }) => speaker === 'public');
  const facts = await findFacts(
    ofPublic.map(({ postId }) => postId),
    stores,
  );
  const coverage = await readGrowthCoverage(now, dayBefore(today, mostDays), ports);
  const services = tally(
    facts.flatMap(({ service }) => (service === null ? [] : [`${service.kind} ${service.topic}`])),
  );
  return {
    ...found,
    growth: measureGrowth(
      ofPublic.map(({ at }) => at),
      { coverage, now },
    ),
    series: seriesOf(topic, ofPublic, { coverage, today }),
    units: new Set(ofPublic.map(({ unitId }) => unitId)).size,
    schoolItems: members.length - ofPublic.length,
    answerable: tally(facts.map(({ unitId }) => unitId ?? '')),
    services: services.map(({ value, items }) => {
      const [kind, about] = value.split(' ');
      return { ...FactService.parse({ kind, topic: about }), items };
    }),
    levels: tally(facts.map(({ level }) => level)),
    tones: tally(facts.map(({ tone }) => tone)),
    hangsOn: await findAnchor(members, stores),
    postIds: members.map(({ postId }) => postId),
  };
}
