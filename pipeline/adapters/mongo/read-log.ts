import { z } from 'zod';
import type { Page, PageRequest } from '../../ports/page.ts';
import type { ReadLog, ReadRecord } from '../../ports/read-log.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { parseReadSubject, ReadPayload, readEntry } from '../read-entry.ts';
import { appendOnce } from './append-audit.ts';
import { type AuditCollections, auditCollections } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';

const ReadCursor = z.tuple([z.string(), z.string()]);

const ReadDocument = z.object({
  _id: z.string(),
  at: z.string(),
  actorId: z.string(),
  subject: z.string(),
  payload: z.object({ body: z.string() }).nullable(),
});

/** Readings are entries of the audit mechanism, in chains of their own. A majority's disks hold them before the text is shown. */
export function openMongoReadLog({ client, db }: MongoConnection): ReadLog {
  const at = auditCollections(db);
  const recordAll = async (reads: readonly ReadRecord[]) => {
    if (reads.length === 0) return;
    await inMongoTransaction(client, (session) => appendOnce(at, session, reads.map(readEntry)));
  };
  return { record: (read) => recordAll([read]), recordAll, list: (page) => list(at, page) };
}

async function list(at: AuditCollections, page: PageRequest): Promise<Page<ReadRecord>> {
  const found = await at.audit
    .find({ log: 'read', ...(page.cursor === null ? {} : beforeCursor(page.cursor)) })
    .sort({ at: -1, _id: -1 })
    .limit(page.limit + 1)
    .toArray();
  const items = found.slice(0, page.limit).map(parseRead);
  const last = items.at(-1);
  const more = found.length > page.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.at, last.id]) : null };
}

function beforeCursor(cursor: string) {
  const [at, id] = parseCursor(cursor, ReadCursor);
  return { $or: [{ at: { $lt: at } }, { at, _id: { $lt: id } }] };
}

function parseRead(document: unknown): ReadRecord {
  const { _id, at, actorId, subject, payload } = ReadDocument.parse(document);
  const { caseId, purpose } = ReadPayload.parse(payload === null ? {} : JSON.parse(payload.body));
  return { id: _id, at, actorId, caseId, ...parseReadSubject(subject), purpose };
}
