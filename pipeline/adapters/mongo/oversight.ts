import type { Filter } from 'mongodb';
import { z } from 'zod';
import type { AuditQuery, AuditRecord, Oversight, ReadingCount, ReadQuery } from '../../ports/oversight.ts';
import type { Page } from '../../ports/page.ts';
import type { ReadRecord } from '../../ports/read-log.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { yearBounds } from '../lead-record.ts';
import {
  answeringDecisions,
  buildYearFigures,
  familyBounds,
  inReadingOrder,
  OpenedAndDecided,
  parseReading,
  purposeInBody,
} from '../oversight-record.ts';
import type { AuditDocument } from './audit-documents.ts';
import { type CaseCollections, caseCollections } from './case-documents.ts';
import type { MongoConnection } from './connection.ts';

export function openMongoOversight({ db }: MongoConnection): Oversight {
  const at = caseCollections(db);
  return {
    listReads: (query) => listReads(at, query),
    listAudit: (query) => listAudit(at, query),
    countReading: (from, until) => countReading(at, from, until),
    findLastFact: async (action) => {
      const found = await at.audit.findOne({ log: 'audit', action }, { sort: { at: -1, _id: -1 } });
      if (found === null) return null;
      const { at: when, actorId, payload } = found;
      return { at: when, actorId, payload: payload === null ? null : JSON.parse(payload.body) };
    },
    countYear: (year) => countYear(at, year),
  };
}

const Cursor = z.tuple([z.string(), z.string()]);

async function listReads({ audit }: CaseCollections, query: ReadQuery): Promise<Page<ReadRecord>> {
  const { actorId, from, until, purpose, limit } = query;
  const filter: Filter<AuditDocument> = { log: 'read' };
  if (actorId !== undefined) filter.actorId = actorId;
  if (from !== undefined || until !== undefined) {
    filter.at = {
      ...(from === undefined ? {} : { $gte: from }),
      ...(until === undefined ? {} : { $lt: until }),
    };
  }
  if (purpose !== undefined) {
    filter['payload.body'] = { $regex: purposeInBody(purpose).replace(/[.*+?^${}()|[\]\\]/g, '\\$&') };
  }
  if (query.cursor !== null) {
    const [when, id] = parseCursor(query.cursor, Cursor);
    filter.$or = [{ at: { $lt: when } }, { at: when, _id: { $lt: id } }];
  }
  const found = await audit
    .find(filter)
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const items = found.slice(0, limit).map(({ _id, at, actorId: reader, subject, payload }) => {
    return parseReading({ id: _id, at, actorId: reader ?? '', subject }, payload?.body ?? null);
  });
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.at, last.id]) : null };
}

async function listAudit({ audit }: CaseCollections, query: AuditQuery): Promise<Page<AuditRecord>> {
  const { actorId, from, until, family, subject, limit } = query;
  const filter: Filter<AuditDocument> = { log: 'audit' };
  if (actorId !== undefined) filter.actorId = actorId;
  if (subject !== undefined) filter.subject = subject;
  if (family !== undefined) {
    const { first, next } = familyBounds(family);
    filter.action = { $gte: first, $lt: next };
  }
  if (from !== undefined || until !== undefined) {
    filter.at = {
      ...(from === undefined ? {} : { $gte: from }),
      ...(until === undefined ? {} : { $lt: until }),
    };
  }
  if (query.cursor !== null) {
    const [when, id] = parseCursor(query.cursor, Cursor);
    filter.$or = [{ at: { $lt: when } }, { at: when, _id: { $lt: id } }];
  }
  const found = await audit
    .find(filter)
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const items = found.slice(0, limit).map(({ _id: id, at, payload, ...entry }) => ({
    ...{ id, at, actorId: entry.actorId, action: entry.action, subject: entry.subject },
    ...{ chain: entry.chain, linked: entry.linked, erased: payload === null },
  }));
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.at, last.id]) : null };
}

async function countReading(
  { audit }: CaseCollections,
  from: string,
  until: string,
): Promise<ReadingCount[]> {
  const within = { at: { $gte: from, $lt: until } };
  const read = await audit
    .aggregate<{ _id: string; reads: number; texts: number }>([
      { $match: { log: 'read', ...within } },
      { $group: { _id: { actorId: '$actorId', subject: '$subject' }, reads: { $sum: 1 } } },
      { $group: { _id: '$_id.actorId', reads: { $sum: '$reads' }, texts: { $sum: 1 } } },
    ])
    .toArray();
  const acted = await audit
    .aggregate<{ _id: string; n: number }>([
      { $match: { log: 'audit', ...within, actorId: { $in: read.map(({ _id }) => _id) } } },
      { $group: { _id: '$actorId', n: { $sum: 1 } } },
    ])
    .toArray();
  const actionsOf = new Map(acted.map(({ _id, n }) => [_id, n]));
  return inReadingOrder(
    read.map(({ _id: actorId, reads, texts }) => ({
      ...{ actorId, reads, texts, actions: actionsOf.get(actorId) ?? 0 },
    })),
  );
}

async function countYear({ posts, cases }: CaseCollections, year: number) {
  const { from, to } = yearBounds(year);
  const opened = { openedAt: { $gte: from, $lt: to } };
  const items = await posts
    .aggregate<{ _id: string; n: number }>([
      { $match: { bucketHour: { $gte: `${year}-`, $lt: `${year + 1}-` } } },
      { $group: { _id: '$kind', n: { $sum: 1 } } },
    ])
    .toArray();
  const answered = await cases
    .aggregate([
      { $match: { ...opened, decisionId: { $ne: null } } },
      { $lookup: { from: 'case_events', localField: 'decisionId', foreignField: '_id', as: 'holding' } },
      { $match: { 'holding.decision.kind': { $in: [...answeringDecisions] } } },
      { $project: { _id: 0, openedAt: 1, decidedAt: 1 } },
    ])
    .toArray();
  return buildYearFigures(
    items.map(({ _id: kind, n }) => ({ kind, n })),
    await cases.countDocuments(opened),
    answered.map((one) => OpenedAndDecided.parse(one)),
  );
}
