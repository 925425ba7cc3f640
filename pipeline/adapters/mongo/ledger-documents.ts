import { createHash } from 'node:crypto';
import type { Collection, Db } from 'mongodb';
import { CrawlRun, LedgerPage, PageRole } from '../../domain/crawl.ts';
import { type AuditCollections, auditCollections } from './audit-documents.ts';
import { type CollectionSpec, field } from './schema.ts';

/**
 * `roleRank` stands for the role where pages are put in order. A page of no priority lacks the field, as those of before do: in
 * falling order a field that is lacking comes last.
 */
export type PageDocument = Omit<LedgerPage, 'priority' | 'newestItemAt'> & {
  _id: string;
  roleRank: number;
  priority?: number | null;
  newestItemAt?: string | null;
};
type LaterRunFields =
  | 'objected'
  | 'credential'
  | 'outcome'
  | 'reachedBack'
  | 'nextStep'
  | 'newestItemAt'
  | 'retryAt';
export type RunDocument = Omit<CrawlRun, 'id' | LaterRunFields> &
  Partial<Pick<CrawlRun, LaterRunFields>> & { _id: string };

export interface LedgerCollections extends AuditCollections {
  pages: Collection<PageDocument>;
  runs: Collection<RunDocument>;
}

export function ledgerCollections(db: Db): LedgerCollections {
  return {
    ...auditCollections(db),
    pages: db.collection('ledger_pages'),
    runs: db.collection('crawl_runs'),
  };
}

/** A digest of channel and address: an address may be longer than a server takes for a key. */
export function pageId(channelId: string, url: string): string {
  return createHash('sha256').update(`${channelId}\n${url}`).digest('hex');
}

export function parsePageDocument({ priority = 0, newestItemAt = null, ...page }: PageDocument): LedgerPage {
  return LedgerPage.parse({ ...page, priority, newestItemAt });
}

/** What a run of before, or of a process not yet exchanged, does not say of itself. */
const untold: Pick<CrawlRun, LaterRunFields> = {
  objected: 0,
  credential: 'none-needed',
  outcome: null,
  reachedBack: null,
  nextStep: null,
  newestItemAt: null,
  retryAt: null,
};

export function parseRunDocument({ _id, ...fields }: RunDocument): CrawlRun {
  return CrawlRun.parse({ id: _id, ...untold, ...fields });
}

export const ledgerSpecs: readonly CollectionSpec[] = [
  {
    name: 'ledger_pages',
    version: 2,
    fields: {
      channelId: field.text,
      url: field.text,
      role: { enum: PageRole.options },
      roleRank: field.number,
      state: field.text,
      dueAt: field.text,
      attempts: field.number,
      fetchedAt: field.textOrNull,
      status: { bsonType: ['int', 'long', 'double', 'null'] },
      etag: field.textOrNull,
      lastModified: field.textOrNull,
      contentHash: field.textOrNull,
      snapshotHash: field.textOrNull,
      error: field.textOrNull,
      pageNumber: field.number,
      postId: field.textOrNull,
    },
    laterFields: {
      priority: { since: '2026-11-23', type: field.number },
      newestItemAt: { since: '2026-11-23', type: field.textOrNull },
    },
    indexes: [
      {
        key: { channelId: 1, roleRank: 1, priority: -1, dueAt: 1, url: 1 },
        since: '2026-11-23',
        reason: 'what is due in a channel, in its order',
      },
      {
        key: { channelId: 1, state: 1, fetchedAt: -1, url: 1 },
        since: '2026-11-22',
        reason: 'what the keeper of a channel must look at, newest first',
      },
    ],
  },
  {
    name: 'crawl_runs',
    version: 2,
    fields: {
      channelId: field.text,
      state: field.text,
      startedAt: field.text,
      endedAt: field.textOrNull,
      fetched: field.number,
      unchanged: field.number,
      parsed: field.number,
      created: field.number,
      edited: field.number,
      failed: field.number,
      refused: field.number,
      unknown: field.number,
      gone: field.number,
      note: field.textOrNull,
    },
    laterFields: {
      objected: { since: '2026-11-23', type: field.number },
      credential: { since: '2026-11-23', type: field.text },
      outcome: { since: '2026-11-23', type: field.textOrNull },
      reachedBack: { since: '2026-11-23', type: { bsonType: ['bool', 'null'] } },
      nextStep: { since: '2026-11-23', type: field.textOrNull },
      newestItemAt: { since: '2026-11-23', type: field.textOrNull },
      retryAt: { since: '2026-11-23', type: field.textOrNull },
    },
    indexes: [
      {
        key: { channelId: 1, startedAt: -1, _id: -1 },
        since: '2026-11-22',
        reason: 'the runs of a channel, newest first',
      },
      {
        key: { channelId: 1, state: 1 },
        options: { partialFilterExpression: { state: 'running' } },
        since: '2026-11-22',
        reason: 'the few runs that still run; runs are kept, so that all of a channel are many',
      },
    ],
  },
];
