import { leastItemsOfPhrase, listKeyPhrases, type PhraseBackground, usualShare } from './key-phrase.ts';
import { longestTopicName, type Topic } from './topic.ts';
import { type TopicItem, topicSettings, weighShared, withoutParts } from './topic-evidence.ts';
import { storedPhrases } from './topic-words.ts';

const dayMs = 86_400_000;
/** Of so few items, what one of them said is a share worth looking at. */
const fewUnits = 8;

/** A topic as the grouping sees it: what is said in it, and where. */
export class TopicProfile {
  topic: Topic;
  /** In how many different items each phrase stands. */
  readonly counts = new Map<string, number>();
  readonly roots = new Map<string, number>();
  /** Items seen here, by post. */
  readonly members = new Map<string, TopicItem>();
  units: number;
  readonly #lately: number[] = [];

  constructor(topic: Topic) {
    this.topic = topic;
    this.units = topic.units;
    for (const { phrase, items } of topic.phrases) this.counts.set(phrase, items);
  }

  /** @param isNew its phrases are not counted yet; @param isCopy of an item that is counted */
  take(item: TopicItem, { isNew, isCopy }: { isNew: boolean; isCopy: boolean }): void {
    this.members.set(item.postId, item);
    this.#note(Date.parse(item.at));
    const root = item.speaker === 'school' ? item.postId : item.rootId;
    if (root !== null) this.roots.set(root, (this.roots.get(root) ?? 0) + 1);
    if (!isNew || isCopy) return;
    this.units += 1;
    for (const phrase of item.phrases) this.counts.set(phrase, (this.counts.get(phrase) ?? 0) + 1);
  }

  /** In the order of time, though what stood under the same post before may join later. */
  #note(at: number): void {
    let place = this.#lately.length;
    while (place > 0 && (this.#lately[place - 1] ?? 0) > at) place -= 1;
    this.#lately.splice(place, 0, at);
  }

  release(item: TopicItem, { isCopy }: { isCopy: boolean }): void {
    if (!this.members.delete(item.postId)) return;
    const root = item.speaker === 'school' ? item.postId : item.rootId;
    if (root !== null) this.roots.set(root, Math.max(0, (this.roots.get(root) ?? 0) - 1));
    if (isCopy) return;
    this.units = Math.max(0, this.units - 1);
    for (const phrase of item.phrases) {
      const count = (this.counts.get(phrase) ?? 0) - 1;
      if (count > 0) this.counts.set(phrase, count);
      else this.counts.delete(phrase);
    }
  }

  share(phrase: string): number {
    return (this.counts.get(phrase) ?? 0) / (this.units + 1);
  }

  weigh(phrases: readonly string[], background: PhraseBackground): number {
    const shared = withoutParts(phrases.filter((phrase) => this.counts.has(phrase)));
    const least = Math.max(topicSettings.leastShare, 1.5 / (this.units + 2));
    return shared.reduce((sum, phrase) => {
      const share = this.share(phrase);
      return share < least && this.units > fewUnits
        ? sum
        : sum + weighShared(share, usualShare(background, phrase));
    }, 0);
  }

  /** Has it anything to do with the item at all? Most have not, and are not looked at further. */
  isNear({ phrases, rootId, parentId }: TopicItem): boolean {
    if (rootId !== null && this.roots.has(rootId)) return true;
    if (parentId !== null && this.members.has(parentId)) return true;
    return phrases.some((phrase) => this.counts.has(phrase));
  }

  /** How many items came in the day before: where many come, the next is likelier one of them. */
  pace(at: string): number {
    const until = Date.parse(at);
    let count = 0;
    for (let index = this.#lately.length - 1; index >= 0; index -= 1) {
      const then = this.#lately[index] ?? 0;
      if (then <= until - 2 * dayMs) break;
      if (then <= until && then > until - dayMs) count += 1;
    }
    return count;
  }

  idleDays(at: string): number {
    return Math.max(0, (Date.parse(at) - Date.parse(this.topic.lastItemAt)) / dayMs);
  }

  /** All that another one is made of, but for its members. */
  takeOver(other: TopicProfile): void {
    for (const [phrase, count] of other.counts)
      this.counts.set(phrase, (this.counts.get(phrase) ?? 0) + count);
    for (const [root, count] of other.roots) this.roots.set(root, (this.roots.get(root) ?? 0) + count);
    this.units += other.units;
    const { firstSeenAt, lastItemAt, apartFrom } = other.topic;
    this.topic = {
      ...this.topic,
      state: 'active',
      firstSeenAt: earlier(firstSeenAt, this.topic.firstSeenAt),
      lastItemAt: later(lastItemAt, this.topic.lastItemAt),
      apartFrom: [...new Set([...this.topic.apartFrom, ...apartFrom])],
    };
  }

  /** What is characteristic: phrases of several items, by how much they say. */
  vector(background: PhraseBackground): Map<string, number> {
    const vector = new Map<string, number>();
    for (const [phrase, items] of this.counts) {
      if (items < 2) continue;
      const weight = this.share(phrase) * weighShared(this.share(phrase), usualShare(background, phrase));
      if (weight > 0) vector.set(phrase, weight);
    }
    return vector;
  }
}

/** How much of what marks the smaller one marks the other too. */
export function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const square = (vector: ReadonlyMap<string, number>) =>
    [...vector.values()].reduce((sum, weight) => sum + weight * weight, 0);
  let dot = 0;
  for (const [phrase, weight] of a) dot += weight * (b.get(phrase) ?? 0);
  const size = Math.min(square(a), square(b));
  return size === 0 ? 0 : dot / size;
}

/** Log odds that two items speak of one matter. */
export function weighPair(a: TopicItem, b: TopicItem, background: PhraseBackground): number {
  const theirs = new Set(b.phrases);
  const shared = withoutParts(a.phrases.filter((phrase) => theirs.has(phrase)));
  const said = shared.reduce((sum, phrase) => sum + weighShared(1, usualShare(background, phrase)), 0);
  if (said === 0) return 0;
  const replies = a.parentId === b.postId || b.parentId === a.postId ? topicSettings.reply : 0;
  const isRoot = a.rootId === b.postId || b.rootId === a.postId;
  const together = isRoot || (a.rootId !== null && a.rootId === b.rootId) ? topicSettings.pairRoot : 0;
  return said + replies + together;
}

export const earlier = (a: string, b: string): string => [a, b].sort()[0] ?? a;
export const later = (a: string, b: string): string => [a, b].sort()[1] ?? a;

/** Of three different items at least: nobody's own words. */
export function keptPhrases({ counts }: Pick<TopicProfile, 'counts'>): Topic['phrases'] {
  return [...counts]
    .filter(([, items]) => items >= leastItemsOfPhrase)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, storedPhrases)
    .map(([phrase, items]) => ({ phrase, items }));
}

/** From phrases of three items; where copies alone made it, from what the school says anyway. */
export function nameTopic(
  { units, counts }: Pick<TopicProfile, 'units' | 'counts'>,
  background: PhraseBackground,
): string {
  const best = listKeyPhrases({ items: units, phrases: counts }, background, 3).map(({ phrase }) => phrase);
  const words = best.length > 0 ? best : [...counts.keys()].filter((one) => background.phrases.has(one));
  const name = words.slice(0, 3).join('、').slice(0, longestTopicName);
  return name === '' ? '多条相同内容' : name;
}
