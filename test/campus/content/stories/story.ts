/**
 * When something is said or done: hours before the campus opened (negative: after), or a day and a time of day in Shanghai,
 * such as '-12 18:40' for twelve days before.
 */
export type When = number | `${number} ${number}:${number}`;

/**
 * Texts are plain, as typed: `#话题#`, `[doge]`, links, and `@@7` for the name of an invented person; each platform writes them in
 * its own markup. Dates stand relative to the day of the text, as in the articles of the sites: `{+2w}` is 11月24日（周二）.
 */
export interface Remark {
  when: When;
  text: string;
  /** The school's own account answers. */
  official?: true;
  likes?: number;
  replies?: readonly Remark[];
  /** Gone again since then: taken back by its author or removed. */
  goneAt?: When;
}

/** A status of the school's own Weibo account. */
export interface StoryStatus {
  /** Stable name, for tests and for the controls. */
  key: string;
  when: When;
  text: string;
  pinned?: true;
  pictures?: number;
  edits?: readonly { when: When; text: string }[];
  goneAt?: When;
  /** Another account's status that this one passes on; `gone` can no longer be seen by anybody. */
  shares?: { person: number; text: string; gone?: true };
  likes?: number;
  reposts?: number;
  remarks?: readonly Remark[];
}

/** An article of the school's WeChat account. */
export interface StoryArticle {
  key: string;
  when: When;
  title: string;
  digest?: string;
  /** `text`: a short text without title; `image`: pictures with a caption. */
  form?: 'article' | 'image' | 'text';
  paragraphs: readonly string[];
  /** Printed with the template of that year; the newest unless told. */
  template?: '2018';
  /** Nobody may comment. */
  closed?: true;
  /** Sent to all followers: stands in no list of the interface. */
  massSent?: true;
  edits?: readonly { when: When; paragraphs: readonly string[] }[];
  goneAt?: When;
  remarks?: readonly Remark[];
}

/** What happened, over days or weeks, at all places where it showed. */
export interface Story {
  name: string;
  statuses?: readonly StoryStatus[];
  articles?: readonly StoryArticle[];
}

/** Somebody says something, and others reply. */
export function said(when: When, text: string, ...replies: Remark[]): Remark {
  return { when, text, replies };
}

/** The school's account replies. */
export function answered(when: When, text: string): Remark {
  return { when, text, official: true };
}
