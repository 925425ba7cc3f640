import {
  leastItemsOfBackground,
  leastItemsOfPhrase,
  noBackground,
  type PhraseBackground,
} from '../../pipeline/domain/key-phrase.ts';
import type { Topic, TopicChange } from '../../pipeline/domain/topic.ts';
import { TopicBoard } from '../../pipeline/domain/topic-board.ts';
import { compareItems } from '../../pipeline/domain/topic-evidence.ts';
import type { Labelled } from './streams.ts';

export interface TopicRun {
  /** Of a post, the topic that it stands in at the end. */
  topicOf: Map<string, string>;
  topics: Map<string, Topic>;
  /** The name at birth. */
  firstNames: Map<string, string>;
  usPerItem: number;
}

const dayMs = 86_400_000;
/** The product counts what is usual anew every day, over so many days. */
const backgroundDays = 60;

/** What is usual, at each day: of the days before. */
function openRollingBackground(all: readonly Labelled[]) {
  let from = 0;
  let to = 0;
  const counts = new Map<string, number>();
  const count = (one: Labelled | undefined, by: 1 | -1) => {
    for (const phrase of one?.item.phrases ?? []) counts.set(phrase, (counts.get(phrase) ?? 0) + by);
  };
  return (day: string): PhraseBackground => {
    const since = new Date(Date.parse(day) - backgroundDays * dayMs).toISOString();
    for (; to < all.length && (all[to]?.item.at ?? '') < day; to += 1) count(all[to], 1);
    for (; from < to && (all[from]?.item.at ?? '') < since; from += 1) count(all[from], -1);
    const phrases = new Map([...counts].filter(([, items]) => items >= leastItemsOfBackground));
    return { version: 1, builtAt: day, items: to - from, phrases };
  };
}

/** What is usual where these were said, as of the day after the last of them. */
export function backgroundOf(all: readonly Labelled[]): PhraseBackground {
  const last = Math.max(...all.map(({ item }) => Date.parse(item.at)));
  return openRollingBackground(all)(new Date(last + dayMs).toISOString().slice(0, 10));
}

/** As the recurring task does it, a batch at a time. @param past what the school spoke of before */
export function runBoard(items: readonly Labelled[], past: readonly Labelled[], batch = 50): TopicRun {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return String(ids).padStart(8, '0');
  };
  const order = (a: Labelled, b: Labelled) => compareItems(a.item, b.item);
  const sorted = [...items].sort(order);
  const backgroundAt = openRollingBackground([...[...past].sort(order), ...sorted]);
  let day = '';
  const board = new TopicBoard({ topics: [], members: [], bars: [], items: [] }, noBackground, newId);
  const run: TopicRun = { topicOf: new Map(), topics: new Map(), firstNames: new Map(), usPerItem: 0 };
  let placingMs = 0;
  for (const [index, { item }] of sorted.entries()) {
    if (item.at.slice(0, 10) !== day) {
      day = item.at.slice(0, 10);
      board.useBackground(backgroundAt(day));
    }
    const began = performance.now();
    board.place(item);
    const isLast = index + 1 === sorted.length;
    if ((index + 1) % batch === 0 || isLast) {
      board.tidy(item.at);
      keep(board.takeChange(), run);
    }
    placingMs += performance.now() - began;
  }
  run.usPerItem = (placingMs * 1000) / Math.max(1, sorted.length);
  return run;
}

function keep(change: TopicChange, run: TopicRun): void {
  for (const postId of change.removed) run.topicOf.delete(postId);
  for (const { postId, topicId } of change.members) run.topicOf.set(postId, topicId);
  for (const topic of change.topics) {
    run.topics.set(topic.id, topic);
    if (!run.firstNames.has(topic.id)) run.firstNames.set(topic.id, topic.name);
  }
}

const round = (value: number, digits = 3) => Math.round(value * 10 ** digits) / 10 ** digits;
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? null;

/** Normalised mutual information of matters and topics (arithmetic mean); an item without a topic is a topic of its own. */
function sharedInformation(items: readonly Labelled[], { topicOf }: TopicRun): number {
  const [labels, topics, both] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];
  const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { item, label } of items) {
    const topic = topicOf.get(item.postId) ?? item.postId;
    add(labels, label);
    add(topics, topic);
    add(both, `${label} ${topic}`);
  }
  const entropy = (counts: ReadonlyMap<string, number>) =>
    [...counts.values()].reduce(
      (sum, count) => sum - (count / items.length) * Math.log(count / items.length),
      0,
    );
  const [ofLabels, ofTopics] = [entropy(labels), entropy(topics)];
  return (2 * (ofLabels + ofTopics - entropy(both))) / Math.max(1e-9, ofLabels + ofTopics);
}

/**
 * Against labels, for the matters named; what the school wrote itself is not counted. Purity: of the items of a topic, those of its
 * most frequent matter. B-cubed over the items of the matters; an item without a topic is a topic of its own.
 */
export function scoreTopics(
  items: readonly Labelled[],
  run: TopicRun,
  matters: ReadonlySet<string>,
  least = 4,
) {
  const said = items.filter(({ item }) => item.speaker === 'public');
  const groups = new Map<string, Map<string, number>>();
  for (const { item, label } of said) {
    const topicId = run.topicOf.get(item.postId);
    if (topicId === undefined) continue;
    const group = groups.get(topicId) ?? new Map<string, number>();
    groups.set(topicId, group.set(label, (group.get(label) ?? 0) + 1));
  }
  const sizeOf = (group: ReadonlyMap<string, number>) => [...group.values()].reduce((a, b) => a + b, 0);
  const mainOf = (group: ReadonlyMap<string, number>) =>
    [...group].sort((a, b) => b[1] - a[1])[0] ?? ['none', 0];
  const ofMatters = said.filter(({ label }) => matters.has(label));
  const sizes = new Map<string, number>();
  for (const { label } of ofMatters) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  let [precision, recall, placed] = [0, 0, 0];
  for (const { item, label } of ofMatters) {
    const group = groups.get(run.topicOf.get(item.postId) ?? '');
    if (group !== undefined) placed += 1;
    precision += group === undefined ? 1 : (group.get(label) ?? 0) / sizeOf(group);
    recall += (group?.get(label) ?? 1) / (sizes.get(label) ?? 1);
  }
  let [pure, inTopics, none] = [0, 0, 0];
  for (const group of groups.values()) {
    const [label, count] = mainOf(group);
    if (label === 'none') none += 1;
    else if (matters.has(label)) {
      pure += count;
      inTopics += sizeOf(group);
    }
  }
  const several = (matter: string) => {
    const counts = new Map<string, number>();
    for (const { item, label } of ofMatters)
      if (label === matter)
        for (const phrase of item.phrases) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
    return [...counts.values()].some((items) => items >= leastItemsOfPhrase);
  };
  const noticed = [...sizes]
    .filter(([, size]) => size >= least)
    .map(([matter]) => {
      const topics = [...groups].filter(([, group]) => mainOf(group)[0] === matter).map(([id]) => id);
      const noticedAt = topics.map((id) => run.topics.get(id)?.noticedAt ?? '').sort()[0];
      const own = ofMatters
        .filter(({ label }) => label === matter)
        .map(({ item }) => item.at)
        .sort();
      const items = noticedAt === undefined ? null : own.filter((at) => at <= noticedAt).length;
      const minutes =
        noticedAt === undefined ? null : (Date.parse(noticedAt) - Date.parse(own[0] ?? '')) / 60_000;
      return { matter, size: own.length, shares: several(matter), topics: topics.length, items, minutes };
    });
  const found = noticed.filter(({ topics }) => topics > 0);
  const tell = (some: typeof noticed) => `${some.filter(({ topics }) => topics > 0).length}/${some.length}`;
  const [p, r] = [precision / ofMatters.length, recall / ofMatters.length];
  const kept = [...run.topics.values()].filter(({ mergedInto }) => mergedInto === null);
  return {
    matters: noticed.length,
    noticed: found.length,
    /** Of those in which three items share a phrase at all. */
    ofSharing: tell(noticed.filter(({ shares }) => shares)),
    ofTwelveAndMore: tell(noticed.filter(({ size }) => size >= 12)),
    ofFewer: tell(noticed.filter(({ size }) => size < 12)),
    itemsToNotice: median(found.flatMap(({ items: count }) => count ?? [])),
    minutesToNotice: round(median(found.flatMap(({ minutes }) => minutes ?? [])) ?? 0, 0),
    fragmentation: round(found.reduce((sum, { topics }) => sum + topics, 0) / Math.max(1, found.length), 2),
    purity: round(pure / Math.max(1, inTopics)),
    bCubed: { precision: round(p), recall: round(r), f: round((2 * p * r) / (p + r)) },
    nmi: round(sharedInformation(ofMatters, run)),
    placed: round(placed / ofMatters.length),
    ofNone: none,
    sameName: round(
      kept.filter(({ id, name }) => run.firstNames.get(id) === name).length / Math.max(1, kept.length),
    ),
    merged: run.topics.size - kept.length,
    missed: noticed.filter(({ topics }) => topics === 0).map(({ matter }) => matter),
  };
}
