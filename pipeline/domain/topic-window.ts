import { windowDays } from './topic.ts';
import type { TopicItem } from './topic-evidence.ts';

const dayMs = 86_400_000;
/** Of two copies, the shorter shares this much of its phrases with the other. */
const copyShare = 0.6;

/** An item where it stands. */
export interface Placed {
  item: TopicItem;
  /** The first of its near copies: itself, where it is none. */
  unitId: string;
  topicId: string | null;
  /** It joined by its place more than by its words: a topic of its own words may still take it. */
  isWeak: boolean;
}

/** What was said in the last days, by what is said and where it stands. In memory alone. */
export class TopicWindow {
  readonly #items = new Map<string, Placed>();
  readonly #byPhrase = new Map<string, Set<string>>();
  readonly #byKey = new Map<number, string>();
  readonly #byRoot = new Map<string, Set<string>>();

  get size(): number {
    return this.#items.size;
  }

  find(postId: string): Placed | undefined {
    return this.#items.get(postId);
  }

  withPhrase(phrase: string): ReadonlySet<string> {
    return this.#byPhrase.get(phrase) ?? none;
  }

  underRoot(rootId: string): ReadonlySet<string> {
    return this.#byRoot.get(rootId) ?? none;
  }

  enter(placed: Placed): void {
    const { item } = placed;
    this.#items.set(item.postId, placed);
    for (const phrase of item.phrases) addTo(this.#byPhrase, phrase, item.postId);
    if (item.rootId !== null) addTo(this.#byRoot, item.rootId, item.postId);
    for (const key of item.copies?.keys ?? []) if (!this.#byKey.has(key)) this.#byKey.set(key, item.postId);
  }

  forget({ item }: Placed): void {
    this.#items.delete(item.postId);
    for (const phrase of item.phrases) takeFrom(this.#byPhrase, phrase, item.postId);
    if (item.rootId !== null) takeFrom(this.#byRoot, item.rootId, item.postId);
    for (const key of item.copies?.keys ?? [])
      if (this.#byKey.get(key) === item.postId) this.#byKey.delete(key);
  }

  forgetBefore(at: string): void {
    const oldest = new Date(Date.parse(at) - windowDays * dayMs).toISOString();
    // Entered by and large in the order of time: late ones wait until they come first.
    for (const placed of this.#items.values()) {
      if (placed.item.at >= oldest) break;
      this.forget(placed);
    }
  }

  /** The first of the near copies of which this is one; null for none. */
  findOriginal({ copies, phrases }: TopicItem): string | null {
    for (const key of copies?.keys ?? []) {
      const postId = this.#byKey.get(key);
      const placed = postId === undefined ? undefined : this.#items.get(postId);
      if (placed === undefined) continue;
      const theirs = new Set(placed.item.phrases);
      const shared = phrases.filter((phrase) => theirs.has(phrase)).length;
      const least = Math.min(theirs.size, phrases.length);
      if (copies?.exact === true || shared >= least * copyShare) return placed.unitId;
    }
    return null;
  }
}

const none: ReadonlySet<string> = new Set();

function addTo(index: Map<string, Set<string>>, key: string, postId: string): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, new Set([postId]));
  else known.add(postId);
}

function takeFrom(index: Map<string, Set<string>>, key: string, postId: string): void {
  const known = index.get(key);
  known?.delete(postId);
  if (known?.size === 0) index.delete(key);
}
