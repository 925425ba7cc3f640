import { z } from 'zod';
import type { Actor } from '../../domain/case.ts';
import { Conflict } from '../../domain/errors.ts';
import type { PassedAs } from '../../domain/passed.ts';
import type { Post } from '../../domain/post.ts';
import type { RaiseCommand } from '../../domain/raising.ts';
import type { CaseVisibility, RecordedDecision } from '../../ports/case-store.ts';
import type { DeskStore, PassedCount, PassedQuery } from '../../ports/desk-store.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { isSameCommand, sealCommand } from '../decision-record.ts';
import { buildCaseAudit, buildCaseOutbox } from '../judged-case.ts';
import { buildRaising, type PassedPost } from '../raised-case.ts';
import { insertFacts } from './audit-documents.ts';
import {
  type CaseCollections,
  caseCollections,
  parseCaseDocument,
  parseEventDocument,
  toCaseDocument,
} from './case-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { changedWithCase, noteChanges } from './fact-changes.ts';
import { countFacetDocuments, findNewestCaseDocuments, listFilteredDocuments } from './filtered-queue.ts';
import { loadJudgedDocuments, loadPostDocuments } from './list-documents.ts';
import { type PostCollections, parsePostDocument, postCollections, textId } from './post-documents.ts';
import { findByAddressDocuments } from './search.ts';

type DeskCollections = CaseCollections & Pick<PostCollections, 'verdicts'>;
type Session = Parameters<Parameters<typeof inMongoTransaction>[1]>[0];
interface Scope {
  at: DeskCollections;
  session: Session;
}

export function openMongoDeskStore({ client, db }: MongoConnection): DeskStore {
  const posts = postCollections(db);
  const at = { ...caseCollections(db), verdicts: posts.verdicts };
  return {
    listFiltered: (query) => listFilteredDocuments(at, query),
    countFacets: (query) => countFacetDocuments(at, query),
    findNewestCases: (postIds, { accessClasses }) => findNewestCaseDocuments(at, postIds, accessClasses),
    loadPosts: (ids) => loadPostDocuments(posts, ids),
    loadTexts: (wanted, sight) => loadJudgedDocuments(posts, wanted, sight),
    findByAddress: (query) => findByAddressDocuments(at, query),
    countPassed: (query) => countPassed(at, query),
    listPassed: (query) => listPassed(at, query),
    raise: (command, actor, sight) =>
      inMongoTransaction(client, (session) => raise({ at, session }, command, actor, sight)),
  };
}

async function countPassed(
  at: DeskCollections,
  { fromDay, accessClasses }: { fromDay: string } & CaseVisibility,
): Promise<PassedCount[]> {
  const rows = await at.posts
    .aggregate<{ _id: { day: string; channelId: string; passed: PassedAs }; n: number }>([
      {
        $match: {
          passed: { $in: ['noise', 'praise'] },
          bucketHour: { $gte: fromDay },
          accessClass: { $in: [...accessClasses] },
        },
      },
      {
        $group: {
          _id: { day: { $substrBytes: ['$bucketHour', 0, 10] }, channelId: '$channelId', passed: '$passed' },
          n: { $sum: 1 },
        },
      },
      { $sort: { '_id.day': 1, '_id.channelId': 1, '_id.passed': 1 } },
    ])
    .toArray();
  return rows.map(({ _id: { day, channelId, passed }, n }) => ({
    day,
    channelId,
    passedAs: passed,
    count: n,
  }));
}

const PassedCursor = z.tuple([z.string(), z.string()]);

async function listPassed(at: DeskCollections, query: PassedQuery): Promise<Page<Post>> {
  const after = query.cursor === null ? null : parseCursor(query.cursor, PassedCursor);
  const found = await at.posts
    .find({
      passed: query.passedAs,
      accessClass: { $in: [...query.accessClasses] },
      ...(after === null
        ? {}
        : { $or: [{ gatheredAt: { $lt: after[0] } }, { gatheredAt: after[0], _id: { $lt: after[1] } }] }),
    })
    .sort({ gatheredAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .toArray();
  const shown = found.slice(0, query.limit);
  const last = shown.at(-1);
  const more = found.length > query.limit && last !== undefined;
  return {
    items: shown.map(parsePostDocument),
    nextCursor: more ? encodeCursor([last.gatheredAt, last._id]) : null,
  };
}

async function findPassed({ at, session }: Scope, postId: string): Promise<PassedPost | null> {
  const stored = await at.posts.findOne({ _id: postId }, { session });
  if (stored === null) return null;
  const judged = await at.verdicts.findOne({ _id: textId(postId, stored.textVersion) }, { session });
  if (judged === null) return null;
  const newest = await at.cases.findOne({ postIds: postId }, { session, sort: { openedAt: -1, _id: -1 } });
  const current = newest === null ? null : parseCaseDocument(newest);
  return { post: parsePostDocument(stored), verdict: judged.verdict, current };
}

async function raise(
  scope: Scope,
  command: RaiseCommand,
  actor: Actor,
  sight: CaseVisibility & { at: string },
): Promise<RecordedDecision> {
  const { at, session } = scope;
  const known = await at.events.findOne({ _id: command.commandId }, { session });
  if (known !== null) {
    const one = await at.cases.findOne({ _id: known.caseId }, { session });
    if (one === null || known.seal === null || !isSameCommand(known.seal, command, actor)) {
      throw new Conflict('同一编号的操作已经记录过，内容不同。');
    }
    return { case: parseCaseDocument(one), event: parseEventDocument(known), repeated: true };
  }
  const found = await findPassed(scope, command.postId);
  const { next, event, classes } = buildRaising(found, command, actor, sight);
  const { postId, textVersion } = command;
  // First, so that whoever else raises it at this moment, or judges a new text, meets us here.
  const moved = await at.posts.updateOne(
    { _id: postId, textVersion, state: 'judged' },
    { $set: { ...classes, passed: null } },
    { session },
  );
  if (moved.matchedCount === 0) throw new Conflict('这条信息的正文已有变化，请刷新后再看。');
  await at.texts.updateMany({ postId }, { $set: classes }, { session });
  await at.index.updateOne({ _id: postId }, { $set: classes }, { session });
  await at.cases.insertOne(toCaseDocument(next), { session });
  await noteChanges(at, session, changedWithCase(null, next));
  const { id, ...fields } = event;
  await at.events.insertOne({ _id: id, ...fields, seal: sealCommand(command, actor) }, { session });
  await insertFacts(at, session, [buildCaseAudit(event)], [buildCaseOutbox(event)]);
  return { case: next, event, repeated: false };
}
