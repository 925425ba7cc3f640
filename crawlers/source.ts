import type { SourceChannel } from '../pipeline/domain/channel.ts';
import type { LedgerPage, PageRole } from '../pipeline/domain/crawl.ts';
import type { CredentialKind } from '../pipeline/domain/credential.ts';
import type { GatheredPost, PostKind } from '../pipeline/domain/post.ts';
import type { EgressAllowance, EgressResponse } from '../pipeline/ports/egress.ts';

/**
 * Where a platform's origin really stands: empty in production; a simulated platform stands in for the real one. The ledger and
 * all posts know official addresses only.
 */
export type Platforms = ReadonlyMap<string, string>;

/** One request for one address of the ledger. What it carries is never written down. */
export interface SourceCall {
  /** With the credential, where the platform takes it there. */
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

/** What a source may know while it asks and reads. */
export interface SourceScope<C extends SourceChannel> {
  channel: C;
  now: string;
  /** The opened secret of the credential that this source needs; null where it needs none. */
  secret: string | null;
  /** A list is read back to here: to what is known, or to the start of the oldest open gap. */
  since: string;
  /** Why no comments are gathered now (R21, or the channel's own setting); null when they are. */
  commentsOff: string | null;
  /** Asked with the platform's id of an author, which goes no further (R13). */
  isObjector: (authorId: string) => boolean;
  /** What the ledger knew of single items when the run began, newest fetch first: what should be on a list, and may be missing. */
  known?: readonly Pick<LedgerPage, 'url' | 'role' | 'state' | 'fetchedAt'>[];
}

export interface FoundPage {
  /** Official, without any credential: the key in the ledger. */
  url: string;
  role: PageRole;
  pageNumber: number;
  /**
   * Among articles, statuses and comments that are due, the higher goes first: 0 (unless told) to 9. A known one takes it over.
   */
  priority?: number;
  /** A known one is due now as well. */
  wake?: boolean;
  /** When one that is not known yet is first due; now unless told. */
  firstDueAt?: string;
}

export interface SourceReading {
  /** `deleted`: what this page showed is gone at its source. */
  state: 'ok' | 'empty' | 'deleted';
  posts: GatheredPost[];
  pages: FoundPage[];
  /** When this page is to be looked at again by itself. */
  dueAt: string;
  /** For a list: whether it was read back to `since` or to its end; null for any other page. */
  reachedBack: boolean | null;
  newestItemAt: string | null;
  /** Left out because their authors objected (R13). */
  objected: number;
  /** Entries that are no item of any known shape; absent for none. On a list they are a hole in it. */
  unreadable?: number;
  /** Items that the platform says are gone. */
  gone: { kind: PostKind; externalId: string }[];
}

/** So many calls within a time that the first of them opens. */
export interface Allotment {
  /** `day`: what the platform grants in all. `details`: what single items may take of it, part of the day by part. */
  name: 'day' | 'details';
  limit: number;
  windowMs: number;
  /** What becomes of the run: it is cut short, or it is over, and the addresses that are left wait for another. */
  whenSpent: 'end' | 'wait';
}

/** The platform does not take the token any more, and a new one can be had without a person. Renewed once, asked once more. */
export class TokenStale extends Error {
  override name = 'TokenStale';
}

/**
 * A kind of channel, as the crawler sees it: what it needs, what it may ask for, and what the answers mean. Asking and reading are
 * pure; everything that lasts is in the ledger.
 */
export interface Source<C extends SourceChannel> {
  kind: C['kind'];
  needs: {
    /** Which credential must be there before anything is asked; null for none. */
    credential(channel: C): CredentialKind | null;
  };
  limits: { pageBytes: number };
  /** Whether what its lists no longer show can still be paged back to. */
  pagesBack: boolean;
  /** Out of what a call for this address is taken, all of it; absent or empty where there is no limit but pace. */
  allotments?(channel: C, page: LedgerPage): readonly Allotment[];
  /** Whether robots.txt is asked: not for the school's own account at a platform (docs/decisions/0019). */
  robots: 'respect' | 'not-asked';
  /** `return`: a redirect is an answer, since it may lead to a login. */
  redirects: 'follow' | 'return';
  /** The official hosts and paths of this channel, and nothing else (R1). */
  buildAllowance(channel: C): EgressAllowance;
  /** Read in every run. */
  startPages(channel: C): FoundPage[];
  /** @throws NotPermitted for an address that is none of this source's */
  buildCall(page: LedgerPage, scope: SourceScope<C>): SourceCall;
  /**
   * What came, whatever its status below 500, refusals too.
   * @throws CredentialExpired, TokenStale, RetryLater, PageChanged, Permanent; a message never quotes the answer
   */
  read(page: LedgerPage, response: EgressResponse, scope: SourceScope<C>): SourceReading;
  /** What may be kept of a page, where the page says who wrote it (R2); absent where it may be kept as it is, masked. */
  keepable?(response: EgressResponse): Pick<EgressResponse, 'body' | 'headers'>;
}
