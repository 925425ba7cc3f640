import type { ClientSession } from 'mongodb';
import { z } from 'zod';
import { type AccessClass, strictestAccess } from '../../domain/access-class.ts';
import type { Actor, Case } from '../../domain/case.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import {
  buildLead,
  type ChangeLead,
  type Lead,
  type LeadSource,
  type RegisterLead,
  type WithdrawLead,
} from '../../domain/lead.ts';
import { changeLead, type LeadOutcome, withdrawLead } from '../../domain/lead-change.ts';
import { type Post, postId } from '../../domain/post.ts';
import type { LeadCount, LeadQuery, LeadStore, ListedLead, RecordedLead } from '../../ports/lead-store.ts';
import type { Page } from '../../ports/page.ts';
import { contentHash } from '../content-hash.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { buildDecisionAudit, buildDecisionOutbox } from '../decision-record.ts';
import {
  assertSameLead,
  buildLeadAudit,
  buildLeadPost,
  type LeadAction,
  yearBounds,
} from '../lead-record.ts';
import { insertFacts } from './audit-documents.ts';
import {
  type CaseCollections,
  caseCollections,
  parseCaseDocument,
  toCaseDocument,
} from './case-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { changedWithCase, noteChanges } from './fact-changes.ts';
import { type GatheredState, gatherAgain, startNew } from './gathered-post.ts';
import { followCase } from './handover-documents.ts';
import { type PostDocument, parsePostDocument, textId, wholeBatch } from './post-documents.ts';
import { insertNote } from './record-decision.ts';

type Sight = Parameters<LeadStore['change']>[2];
type LeadDocument = PostDocument & { lead: Lead };
interface Scope {
  at: CaseCollections;
  session: ClientSession;
}

export function openMongoLeadStore({ client, db }: MongoConnection): LeadStore {
  const at = caseCollections(db);
  const inOne = <T>(write: (scope: Scope) => Promise<T>) =>
    inMongoTransaction(client, (session) => write({ at, session }));
  return {
    register: (command, actor, now) => inOne((scope) => register(scope, command, actor, now)),
    change: (command, actor, sight) => inOne((scope) => change(scope, command, actor, sight)),
    withdraw: (command, actor, sight) => inOne((scope) => withdraw(scope, command, actor, sight)),
    list: (query) => list(at, query),
    countYear: (year, accessClasses) => countYear(at, year, accessClasses),
  };
}

/** As the port has it: without what only the store knows. */
function toLeadPost(document: LeadDocument): Post & { lead: Lead } {
  return { ...parsePostDocument(document), lead: document.lead };
}

function asLead(document: PostDocument | null): LeadDocument | null {
  return document?.lead === undefined ? null : { ...document, lead: document.lead };
}

async function getLead({ at, session }: Scope, id: string): Promise<LeadDocument> {
  const found = asLead(await at.posts.findOne({ _id: id }, { session }));
  if (found === null) throw new NotFound('没有这条登记。');
  return found;
}

async function register(
  { at, session }: Scope,
  command: RegisterLead,
  actor: Actor,
  now: string,
): Promise<RecordedLead> {
  const post = buildLeadPost(command, command.commandId);
  const known = asLead(await at.posts.findOne({ _id: postId(post) }, { session }));
  if (known !== null) {
    const text = await at.texts.findOne({ _id: textId(known._id, 1) }, { session });
    const stored = { lead: known.lead, url: known.url, contentHash: text?.contentHash ?? null };
    assertSameLead(stored, command, { actor, contentHash: contentHash(post) });
    return { post: toLeadPost(known), repeated: true };
  }
  const lead = buildLead(command, actor.id);
  const { post: fresh, newTexts } = startNew({ post, snapshotHash: null }, now);
  const document: LeadDocument = { ...fresh, lead };
  await at.posts.insertOne(document, { session });
  await at.texts.insertMany(newTexts, { session });
  await noteChanges(at, session, { items: [document._id] });
  const { commandId } = command;
  const audit = buildLeadAudit('lead.registered', { commandId, postId: document._id, lead }, actor, now);
  await insertFacts(at, session, [audit], []);
  return { post: toLeadPost(document), repeated: false };
}

async function find(
  scope: Scope,
  command: ChangeLead | WithdrawLead,
  action: LeadAction,
  { accessClasses }: Sight,
): Promise<{ post: LeadDocument; current: Case | null; repeated: boolean }> {
  const { at, session } = scope;
  const post = await getLead(scope, command.postId);
  const newest = await at.cases.findOne({ postIds: post._id }, { session, sort: { openedAt: -1, _id: -1 } });
  const current = newest === null ? null : parseCaseDocument(newest);
  const access = strictestAccess([post.accessClass, current?.accessClass ?? 'open']);
  if (!accessClasses.includes(access)) throw new NotFound('没有这条登记。');
  const { commandId } = command;
  const known = await at.audit
    .find({ _id: { $in: [commandId, `${commandId}/lead`] } }, { session })
    .toArray();
  const last = known.sort((a, b) => b._id.length - a._id.length)[0];
  if (last === undefined) return { post, current, repeated: false };
  if (last.action !== action || last.subject !== post._id) {
    throw new Conflict('同一编号的操作已经记录过，内容不同。');
  }
  return { post, current, repeated: true };
}

async function change(scope: Scope, command: ChangeLead, actor: Actor, sight: Sight): Promise<RecordedLead> {
  const { at, session } = scope;
  const { post, current, repeated } = await find(scope, command, 'lead.changed', sight);
  if (repeated) return { post: toLeadPost(post), repeated };
  const stored = await at.texts.findOne({ _id: textId(post._id, post.textVersion) }, { session });
  if (stored === null) throw new Conflict('登记的摘要已按期限清除，不能再修改。');
  const before = { summary: stored.text, link: post.url };
  const content = { ...command, summary: command.summary ?? stored.text };
  const outcome = changeLead({ lead: post.lead, current, before }, content, actor, sight.at);
  const gathered = buildLeadPost(content, post.externalId);
  const laid: GatheredState = {
    ...{ stored: post, post, newestHash: stored.contentHash },
    ...{ newTexts: [], awaitsPerson: false },
  };
  gatherAgain(laid, { post: gathered, snapshotHash: null }, sight.at);
  const { _id, ...fields } = laid.post;
  const { url, publishedAt } = gathered;
  await replacePost(scope, post, { ...fields, url, publishedAt, lead: outcome.lead });
  if (laid.newTexts.length > 0) await at.texts.insertMany(laid.newTexts, { session });
  await write(
    scope,
    { post, outcome, commandId: command.commandId, action: 'lead.changed' },
    actor,
    sight.at,
  );
  return { post: toLeadPost(await getLead(scope, _id)), repeated: false };
}

async function withdraw(
  scope: Scope,
  command: WithdrawLead,
  actor: Actor,
  sight: Sight,
): Promise<RecordedLead> {
  const { post, current, repeated } = await find(scope, command, 'lead.withdrawn', sight);
  if (repeated) return { post: toLeadPost(post), repeated };
  const outcome = withdrawLead({ lead: post.lead, current }, command, actor, sight.at);
  // A judgement that is under way comes too late.
  await replacePost(scope, post, { state: 'judged', dueAt: null, lead: outcome.lead });
  await write(
    scope,
    { post, outcome, commandId: command.commandId, action: 'lead.withdrawn' },
    actor,
    sight.at,
  );
  return { post: toLeadPost(await getLead(scope, post._id)), repeated: false };
}

async function replacePost(
  { at, session }: Scope,
  { _id, textVersion }: PostDocument,
  change: Partial<PostDocument>,
): Promise<void> {
  const { matchedCount } = await at.posts.updateOne({ _id, textVersion }, { $set: change }, { session });
  if (matchedCount === 0) throw new Conflict('登记内容已有更新，请重新打开后再修改。');
  await noteChanges(at, session, { items: [_id] });
}

async function write(
  scope: Scope,
  done: { post: LeadDocument; outcome: LeadOutcome; commandId: string; action: LeadAction },
  actor: Actor,
  now: string,
): Promise<void> {
  const { at, session } = scope;
  const { lead, case: moved, note } = done.outcome;
  if (moved !== null) {
    const { next, event } = moved;
    const stored = await at.cases.findOne({ _id: next.id }, { session });
    const current = stored === null ? null : parseCaseDocument(stored);
    const filter = { _id: next.id, version: next.version - 1 };
    const { matchedCount } = await at.cases.replaceOne(filter, toCaseDocument(next), { session });
    if (matchedCount === 0) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
    await noteChanges(at, session, changedWithCase(current, next));
    const { id, ...fields } = event;
    await at.events.insertOne({ _id: id, ...fields, seal: null }, { session });
    await insertNote(scope, event, next, note);
    if (current !== null) await followCase(scope, { before: current, after: next, cause: event });
  }
  const commandId = `${done.commandId}/lead`;
  const audit = buildLeadAudit(done.action, { commandId, postId: done.post._id, lead }, actor, now);
  const told = moved === null ? [] : [moved.event];
  await insertFacts(
    at,
    session,
    [...told.map((event) => buildDecisionAudit(event, actor)), audit],
    told.map(buildDecisionOutbox),
  );
}

const LeadCursor = z.tuple([z.string(), z.string()]);
const isRegistered = { 'lead.revision': { $exists: true, $gte: 1 } } as const;

async function list(at: CaseCollections, query: LeadQuery): Promise<Page<ListedLead>> {
  const { documentKey } = query;
  const after = query.cursor === null ? null : parseCursor(query.cursor, LeadCursor);
  const found = await at.posts
    .find({
      ...isRegistered,
      ...(documentKey === undefined ? {} : { 'lead.documentKey': documentKey }),
      accessClass: { $in: [...query.accessClasses] },
      ...(after === null
        ? {}
        : { $or: [{ gatheredAt: { $lt: after[0] } }, { gatheredAt: after[0], _id: { $lt: after[1] } }] }),
    })
    .sort({ gatheredAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .toArray();
  const leads = found.slice(0, query.limit).flatMap((document) => asLead(document) ?? []);
  const cases = await at.cases
    .find({ postIds: { $in: leads.map(({ _id }) => _id) } }, { ...wholeBatch })
    .sort({ openedAt: -1, _id: -1 })
    .toArray();
  const items = leads.map((document): ListedLead => {
    const one = cases.find(({ postIds }) => postIds.includes(document._id));
    return { post: toLeadPost(document), case: one === undefined ? null : { id: one._id, state: one.state } };
  });
  const last = items.at(-1)?.post;
  const more = found.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.gatheredAt, last.id]) : null };
}

async function countYear(
  at: CaseCollections,
  year: number,
  accessClasses: readonly AccessClass[],
): Promise<LeadCount[]> {
  const { from, to } = yearBounds(year);
  const rows = await at.posts
    .aggregate<{ _id: LeadSource; registered: number; withdrawn: number }>([
      {
        $match: {
          ...isRegistered,
          gatheredAt: { $gte: from, $lt: to },
          accessClass: { $in: [...accessClasses] },
        },
      },
      {
        $group: {
          _id: '$lead.source',
          registered: { $sum: 1 },
          withdrawn: { $sum: { $cond: [{ $eq: ['$lead.withdrawnAt', null] }, 0, 1] } },
        },
      },
      { $sort: { _id: 1 } },
    ])
    .toArray();
  return rows.map(({ _id: source, registered, withdrawn }) => ({ source, registered, withdrawn }));
}
