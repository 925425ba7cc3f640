import type { Attachment, GatheredPost, Metrics } from '../../pipeline/domain/post.ts';
import type { PublishedPrecision } from '../../pipeline/domain/time.ts';

/** `empty`: an answer that says in its own words that there is nothing. Anything that only looks empty is `unknown-page`. */
export type ParseState = 'ok' | 'empty' | 'deleted' | 'login-required' | 'blocked' | 'unknown-page';

/** What a source says of an item besides its text. Nothing about who wrote it. */
export interface ItemTraits {
  pinned?: true;
  /** The text goes on elsewhere and must be asked for. */
  truncated?: true;
  /** How often the platform says it was edited; absent where it says nothing. */
  edits?: number;
  /** What this item shares can no longer be seen by anybody. */
  quotedIsGone?: true;
}

/**
 * One item as a parser hands it over and `guanlan parse` prints it: identity is dropped (R2), mentions are masked, no author key
 * exists (R3). `official`: the school's own account speaks, which is no person.
 */
export interface ParsedItem {
  kind: 'article' | 'status' | 'comment';
  /** The platform's id within channel and kind. */
  id: string;
  url: string;
  title: string;
  text: string;
  publishedAt: string | null;
  publishedPrecision: PublishedPrecision | null;
  /** Id of the item that this one answers, in the same channel; of the status or article for a comment on it. */
  parentId: string | null;
  /** Id of the status or article at the top of the thread. */
  rootId: string | null;
  official: boolean;
  metrics: Metrics;
  links: string[];
  attachments: Attachment[];
  /** Of an article: addresses of the pictures in its text, as often as each is shown; absent where the source does not say. */
  images?: string[];
  traits: ItemTraits;
}

export interface ParsedResponse {
  state: ParseState;
  items: ParsedItem[];
  /** Address or cursor of what comes after; null at the end. */
  next: string | null;
  /** How many items the source says there are in all; null where it says nothing. */
  total: number | null;
  /** How many the parser left out because their authors objected (R13). */
  objected: number;
  /** Why an answer is no answer, where that can be said without quoting it. */
  reason?: string;
}

/** What a parser must know besides the bytes. */
export interface ParseContext {
  /** An instant; relative times are read against it. */
  fetchedAt: string;
  /** The address asked for, without credentials; null for a file of unknown origin. */
  url: string | null;
  /** The platform's ids of the school's own account: items by it are `official`. */
  ownAccount: string | null;
  /** Asked with the platform's id of an author, which goes no further (R2, R13). */
  isObjector: (authorId: string) => boolean;
}

export function noAnswer(state: ParseState, reason?: string): ParsedResponse {
  const nothing = { state, items: [], next: null, total: null, objected: 0 };
  return reason === undefined ? nothing : { ...nothing, reason };
}

/** As the store takes it. */
export function toGatheredPost(item: ParsedItem, channelId: string): GatheredPost {
  const { id, official, traits: _, ...rest } = item;
  return { ...rest, channelId, externalId: id, ...(official ? { official: true as const } : {}) };
}
