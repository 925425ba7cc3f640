export type SiteName = 'vsb' | 'webplus';

/**
 * A piece of an article's body. `planted` is what an intruder left: hidden by style, never part of the approved text.
 * Texts may hold dates relative to the day of publication: `{+2}` is 11月24日, `{+2w}` 11月24日（周二）, `{y}` the year.
 */
export type Block =
  | string
  | { table: readonly (readonly string[])[] }
  | { image: string }
  | { planted: { word: string; url: string } };

/** What a keeper's hand or the template does differently on one page. */
type Trait =
  | 'pinned'
  | 'nested-body'
  | 'jsp-link'
  | 'meta-says-gb2312'
  | 'attachment-in-body'
  | 'local-file'
  | 'pdf-player';

export interface CampusArticle {
  /** Stable name, for tests and for the controls. */
  key: string;
  site: SiteName;
  /** The first is where it was written; it also stands in the others under another address. */
  columns: readonly [string, ...string[]];
  title: string;
  /** Whole days before the campus's today, in Shanghai; at least 1. Without meaning for what is held back. */
  daysAgo: number;
  /** Time of day, HH:mm:ss. */
  clock: string;
  /** How much of the time the article page itself prints. */
  shown: 'second' | 'minute' | 'day' | 'none';
  unit: string;
  body: readonly Block[];
  /** The body after `editArticle`; without it an update line is added. */
  edited?: readonly Block[];
  attachments?: readonly string[];
  traits?: readonly Trait[];
  /** Not visible until `publish`. */
  heldBack?: true;
}

export type OddTarget =
  | 'dead-link'
  | 'half-page'
  | 'error-page'
  | 'login-wall'
  | 'disallowed'
  | 'redirect-away'
  | 'pdf-file'
  | 'wechat-article';

/** A list row that leads to something other than an article of the site. */
export interface OddRow {
  site: SiteName;
  column: string;
  title: string;
  daysAgo: number;
  target: OddTarget;
}
