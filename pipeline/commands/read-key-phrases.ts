import type { ServiceTopic } from '../domain/category.ts';
import { type ChannelCoverage, type Cover, coverOf, stretchOfDays } from '../domain/coverage.ts';
import { InvalidInput } from '../domain/errors.ts';
import { ItemKind, speakerOf } from '../domain/item-fact.ts';
import {
  type KeyPhrase,
  leastItemsOfPhrase,
  listKeyPhrases,
  longestKeyPhrase,
  type PhraseCounts,
} from '../domain/key-phrase.ts';
import { dayAfter, dayBefore, shanghaiDay } from '../domain/time.ts';
import { assertPeriod, bucketsOf, daysOf, type TrendPeriod } from '../domain/trend.ts';
import { spreadOf } from '../domain/trend-chance.ts';
import { baselineOf, type Change, compareCounts, type NoClaim, whyNoClaim } from '../domain/trend-compare.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { TopicTextScan } from '../ports/topic-store.ts';
import { assertChannels } from './assert-registered.ts';
import type { PhrasePlace } from './count-phrases.ts';
import { readCoverage } from './read-coverage.ts';
import { type Behind, readBehind } from './read-trends-counts.ts';

export interface KeyPhrasePorts {
  stores: Pick<Stores, 'topics' | 'rollups' | 'ledger' | 'settings'>;
  clock: Ports['clock'];
  countPhrases(scan: TopicTextScan, least: number): Promise<PhraseCounts>;
  findPhrases(scans: readonly TopicTextScan[], phrases: readonly string[]): Promise<PhrasePlace[][]>;
}

interface KeyPhraseQuestion {
  /** Left out: the last seven days that are over. */
  fromDay?: string | undefined;
  toDay?: string | undefined;
  channelId?: string | undefined;
  serviceTopic?: ServiceTopic | undefined;
}

interface FoundPhrase extends KeyPhrase {
  /** Items of the period before. */
  before: number;
  change: Change | null;
  reason: NoClaim | null;
  /** The query that lists its items. */
  evidence: string;
}

interface FoundPhrases {
  now: { period: TrendPeriod; cover: Cover };
  before: { period: TrendPeriod; cover: Cover };
  /** Different items of people outside that were read. */
  read: number;
  phrases: FoundPhrase[];
  coverage: ChannelCoverage[];
  behind: Behind;
}

const usualDays = 7;
const mostDays = 90;
const publicKinds = ItemKind.options.filter((kind) => speakerOf(kind) === 'public');

/** @throws InvalidInput naming the field */
function periodOf({ fromDay, toDay }: KeyPhraseQuestion, now: string): TrendPeriod {
  const last =
    toDay ?? (fromDay === undefined ? dayBefore(shanghaiDay(now), 1) : dayAfter(fromDay, usualDays - 1));
  const period = { fromDay: fromDay ?? dayBefore(last, usualDays - 1), toDay: last };
  assertPeriod(period, mostDays);
  return period;
}

function scanOf(
  { fromDay, toDay }: TrendPeriod,
  { channelId, serviceTopic }: KeyPhraseQuestion,
  now: string,
): TopicTextScan {
  return {
    ...{ fromHour: `${fromDay}T00`, toHour: `${dayAfter(toDay, 1)}T00`, kinds: publicKinds, now },
    ...(channelId && { channelIds: [channelId] }),
    ...(serviceTopic && { serviceTopic }),
  };
}

function evidenceOf(
  phrase: string,
  period: TrendPeriod,
  { channelId, serviceTopic }: KeyPhraseQuestion,
): string {
  const query = new URLSearchParams({ phrase, ...period });
  if (channelId !== undefined) query.set('channel', channelId);
  if (serviceTopic !== undefined) query.set('topic', serviceTopic);
  return query.toString();
}

function countByDay(places: readonly PhrasePlace[], period: TrendPeriod): Map<string, number[]> {
  const days = bucketsOf(period, 'day').map(({ at }) => at);
  const found = new Map<string, number[]>();
  for (const { phrase, at } of places) {
    const counts = found.get(phrase) ?? days.map(() => 0);
    const index = days.indexOf(shanghaiDay(at));
    if (index >= 0) counts[index] = (counts[index] ?? 0) + 1;
    found.set(phrase, counts);
  }
  return found;
}

async function assertChannel({ channelId }: KeyPhraseQuestion, { stores }: KeyPhrasePorts): Promise<void> {
  if (channelId !== undefined)
    assertChannels((await stores.settings.read()).channels, [channelId], 'channel');
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

/**
 * What stands out in what people outside said in a period, against what is usual at the school; of class `open` alone. Each
 * phrase stands in three different items at least.
 * @throws InvalidInput naming the field, RetryLater while others ask
 */
export async function readKeyPhrases(
  question: KeyPhraseQuestion & { limit: number },
  ports: KeyPhrasePorts,
): Promise<FoundPhrases> {
  const { stores, clock } = ports;
  const { channelId, limit } = question;
  await assertChannel(question, ports);
  const at = clock.now();
  const now = periodOf(question, at);
  const before = baselineOf(now, 'previous', undefined);
  const coverage = await readCoverage(
    {
      fromDay: before.fromDay,
      toDay: now.toDay,
      speaker: 'public',
      ...(channelId && { channelIds: [channelId] }),
    },
    { stores },
  );
  const [nowCover, beforeCover] = [now, before].map(({ fromDay, toDay }) =>
    coverOf(coverage, stretchOfDays(fromDay, toDay)),
  ) as [Cover, Cover];
  const scans = [now, before].map((period) => scanOf(period, question, at)) as [TopicTextScan, TopicTextScan];
  const counted = await ports.countPhrases(scans[0], leastItemsOfPhrase);
  const short = new Map([...counted.phrases].filter(([phrase]) => [...phrase].length <= longestKeyPhrase));
  const key = listKeyPhrases({ ...counted, phrases: short }, await stores.topics.readPhrases(), limit);
  const places = await ports.findPhrases(
    scans,
    key.map(({ phrase }) => phrase),
  );
  const days = [now, before].map((period, side) => countByDay(places[side] ?? [], period));
  const noClaim = whyNoClaim([nowCover, beforeCover]);
  const describe = (one: KeyPhrase): FoundPhrase => {
    const none = new Array<number>(daysOf(now)).fill(0);
    const listed = days.map((counts) => counts.get(one.phrase) ?? none);
    const earlier = sum(listed[1] ?? none);
    const compared = compareCounts(
      { count: one.items, days: daysOf(now) },
      { count: earlier, days: daysOf(before) },
      { spread: spreadOf(listed), noClaim },
    );
    return { ...one, before: earlier, ...compared, evidence: evidenceOf(one.phrase, now, question) };
  };
  return {
    now: { period: now, cover: nowCover },
    before: { period: before, cover: beforeCover },
    ...{ read: counted.items, phrases: key.map(describe), coverage, behind: await readBehind(ports) },
  };
}

/**
 * The items that a key phrase was counted in, latest hour first; of near copies one. None of a phrase that stands in fewer than three:
 * it would be somebody's own words.
 * @throws InvalidInput naming the field, RetryLater while others ask
 */
export async function listKeyPhraseItems(
  question: KeyPhraseQuestion & { phrase: string },
  ports: KeyPhrasePorts,
): Promise<Omit<PhrasePlace, 'phrase'>[]> {
  const { phrase } = question;
  if ([...phrase].length > longestKeyPhrase) {
    throw new InvalidInput('phrase', `关键词最多 ${longestKeyPhrase} 个字。`);
  }
  await assertChannel(question, ports);
  const at = ports.clock.now();
  const [places = []] = await ports.findPhrases([scanOf(periodOf(question, at), question, at)], [phrase]);
  if (places.length < leastItemsOfPhrase) return [];
  return places.map(({ phrase: _, ...place }) => place);
}
