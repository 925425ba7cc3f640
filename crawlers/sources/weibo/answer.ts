import type { ParsedItem, ParseState } from '../parsed.ts';
import { type Refusal, stateOf } from './refusal.ts';

/** What a Weibo answer holds besides its items: what the crawler must know, and `guanlan parse` does not print. */
export interface WeiboAnswer {
  state: ParseState;
  items: ParsedItem[];
  next: string | null;
  total: number | null;
  objected: number;
  /** Statuses that the answer itself calls taken down. */
  gone: string[];
  /** Items of other accounts, left out (R1). */
  foreign: number;
  /** Entries that are no item of any known shape. */
  unreadable: number;
  /** Comments with more replies than came along. */
  moreReplies: string[];
  /** Why there is no answer; null where there is one. */
  refusal: Refusal | null;
}

/** An answer of which nothing is known yet but that it is one. */
export const emptyAnswer: Readonly<WeiboAnswer> = {
  state: 'ok',
  items: [],
  next: null,
  total: null,
  objected: 0,
  gone: [],
  foreign: 0,
  unreadable: 0,
  moreReplies: [],
  refusal: null,
};

export function refused(refusal: Refusal): WeiboAnswer {
  return { ...emptyAnswer, state: stateOf(refusal), refusal };
}
