import { createHash } from 'node:crypto';
import type { Collection, Db } from 'mongodb';
import { type CrawlRun, LedgerPage, PageRole } from '../../domain/crawl.ts';
import { type AuditCollections, auditCollections } from './audit-documents.ts';
import { type CollectionSpec, field } from './schema.ts';

/** `roleRank` stands for the role where pages are put in order: homes, lists, articles. */
export type PageDocument = LedgerPage & { _id: string; roleRank: number };
export type RunDocument = Omit<CrawlRun, 'id'> & { _id: string };

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

export function roleRank(role: PageRole): number {
  return PageRole.options.indexOf(role);
}

export function parsePageDocument(document: PageDocument): LedgerPage {
  return LedgerPage.parse(document);
}

export const ledgerSpecs: readonly CollectionSpec[] = [
  {
    name: 'ledger_pages',
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
    indexes: [
      {
        key: { channelId: 1, roleRank: 1, dueAt: 1, url: 1 },
        since: '2026-11-22',
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
