import type { ClientSession } from 'mongodb';
import type { AccessClass } from '../../domain/access-class.ts';
import type { Actor, Case } from '../../domain/case.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import {
  buildRelease,
  changeRelease,
  HelpRelease,
  type NewRelease,
  type ReleaseCommand,
  type ReleaseFacts,
} from '../../domain/help-release.ts';
import { changeReply, Reply, type ReplyCommand } from '../../domain/reply.ts';
import type { ReplyStore } from '../../ports/reply-store.ts';
import { buildReleaseAudit, buildReplyAudit, buildReplyOutbox, classesOfDrafts } from '../answer-record.ts';
import { noteExpiry } from '../decision-record.ts';
import {
  type AnswerCollections,
  answerCollections,
  findRepeatedSubject,
  noteUse,
} from './answer-documents.ts';
import { insertFacts } from './audit-documents.ts';
import {
  type CaseCollections,
  caseCollections,
  parseCaseDocument,
  parseEventDocument,
} from './case-documents.ts';
import { meetAtCase } from './case-writings.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';

type Sight = Parameters<ReplyStore['changeReply']>[2];
interface Scope {
  at: AnswerCollections & CaseCollections;
  session: ClientSession;
}

export function openMongoReplyStore({ client, db }: MongoConnection): ReplyStore {
  const at = { ...caseCollections(db), ...answerCollections(db) };
  const inOne = <T>(write: (scope: Scope) => Promise<T>) =>
    inMongoTransaction(client, (session) => write({ at, session }));
  return {
    changeReply: (command, actor, sight) => inOne((scope) => change(scope, command, actor, sight)),
    findReply: async (caseId, { accessClasses, now }) => {
      const one = await at.cases.findOne({ _id: caseId });
      if (one === null || !accessClasses.includes(one.accessClass)) return null;
      return findNewest(at, caseId, classesOfDrafts(one, accessClasses), now);
    },
    release: (command, facts, actor, sight) =>
      inOne((scope) => release(scope, { command, facts }, actor, sight)),
    changeRelease: (command, actor, now) => inOne((scope) => moveRelease(scope, command, actor, now)),
    listReleases: async (caseId, { accessClasses, now }) => {
      if (!accessClasses.includes('safety')) return [];
      const found = at.releases.find({ caseId, expiresAt: { $gt: now } }).sort({ createdAt: -1, _id: -1 });
      return (await found.toArray()).map(parseRelease);
    },
    listCollected: async (collectorId, now) => {
      const state = { $in: ['released' as const, 'posted' as const, 'declined' as const] };
      const found = at.releases.find({ collectorId, state, expiresAt: { $gt: now } });
      return (await found.sort({ createdAt: -1, _id: -1 }).toArray()).map(parseRelease);
    },
  };
}

function parseRelease({ _id: id, ...fields }: { _id: string }): HelpRelease {
  return HelpRelease.parse({ id, ...fields });
}

async function findNewest(
  at: AnswerCollections,
  caseId: string,
  accessClasses: readonly AccessClass[],
  now: string,
  session?: ClientSession,
): Promise<Reply | null> {
  const filter = { caseId, accessClass: { $in: [...accessClasses] }, expiresAt: { $gt: now } };
  const options = {
    sort: { changedAt: -1, _id: -1 },
    ...(session === undefined ? {} : { session }),
  } as const;
  const found = await at.replies.findOne(filter, options);
  if (found === null) return null;
  const { _id: id, ...fields } = found;
  return Reply.parse({ id, ...fields });
}

async function getCase({ at, session }: Scope, caseId: string, { accessClasses }: Sight): Promise<Case> {
  const found = await at.cases.findOne({ _id: caseId }, { session });
  if (found === null || !accessClasses.includes(found.accessClass)) throw new NotFound('没有这条线索。');
  return parseCaseDocument(found);
}

async function findHolding({ at, session }: Scope, { decisionId }: Case) {
  const found = decisionId === null ? null : await at.events.findOne({ _id: decisionId }, { session });
  return found === null ? null : parseEventDocument(found);
}

/** When the first of its texts goes; null where none has a term yet. */
async function findEarliestExpiry({ at, session }: Scope, { postIds }: Case): Promise<string | null> {
  const filter = { postId: { $in: postIds }, expiresAt: { $ne: null } };
  return (await at.texts.findOne(filter, { session, sort: { expiresAt: 1 } }))?.expiresAt ?? null;
}

async function change(
  scope: Scope,
  command: ReplyCommand,
  actor: Actor,
  sight: Sight,
): Promise<{ reply: Reply; repeated: boolean }> {
  const { at, session } = scope;
  await meetAtCase(at, session, command.caseId);
  const current = await getCase(scope, command.caseId, sight);
  if ((await findRepeatedSubject(scope, command, actor)) !== null) {
    const known = await findNewest(at, current.id, sight.accessClasses, sight.at, session);
    if (known === null) throw new NotFound('没有这份回应稿。');
    return { reply: known, repeated: true };
  }
  const expiresAt = noteExpiry(sight.at, await findEarliestExpiry(scope, current));
  const before = await findNewest(at, current.id, ['open', 'victim'], sight.at, session);
  const known = { current, holding: await findHolding(scope, current), reply: before, expiresAt };
  const reply = changeReply(known, command, actor, sight.at);
  const { id: _id, ...fields } = { ...reply, retentionClass: 'comment' as const };
  if (before === null) {
    const serial = (await findLastSerial(scope, current.id)) + 1;
    await at.replies.insertOne({ _id, ...fields, serial }, { session });
  } else {
    const filter = { _id, version: before.version };
    const { matchedCount } = await at.replies.updateOne(filter, { $set: fields }, { session });
    if (matchedCount === 0) throw new Conflict('这份回应稿已有更新，请重新打开后再改。');
  }
  await noteUse(scope, reply.stockAnswerId, reply.id);
  await insertFacts(
    at,
    session,
    [buildReplyAudit(reply, command, actor, sight.at)],
    [buildReplyOutbox(reply, command)],
  );
  return { reply, repeated: false };
}

/** Of all drafts that the case ever had and that are still kept, whoever sees them. */
async function findLastSerial({ at, session }: Scope, caseId: string): Promise<number> {
  const last = await at.replies.findOne({ caseId }, { session, sort: { serial: -1 } });
  return last?.serial ?? 0;
}

async function getRelease({ at, session }: Scope, id: string): Promise<HelpRelease> {
  const found = await at.releases.findOne({ _id: id }, { session });
  if (found === null) throw new NotFound('没有这条待发布回复，或已过期清除。');
  return parseRelease(found);
}

async function release(
  scope: Scope,
  { command, facts }: { command: NewRelease; facts: ReleaseFacts },
  actor: Actor,
  sight: Sight,
): Promise<{ release: HelpRelease; repeated: boolean }> {
  const { at, session } = scope;
  const repeated = await findRepeatedSubject(scope, command, actor);
  if (repeated !== null) return { release: await getRelease(scope, repeated), repeated: true };
  const current = await getCase(scope, command.caseId, sight);
  if (current.version !== command.caseVersion) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
  const built = buildRelease(command, facts, actor, sight.at);
  const { id: _id, ...fields } = built;
  const kept = { accessClass: 'safety', retentionClass: 'comment' } as const;
  await at.releases.insertOne({ _id, ...fields, ...kept }, { session });
  await noteUse(scope, built.stockAnswerId, built.id);
  await insertFacts(at, session, [buildReleaseAudit(built, command, actor, sight.at)], []);
  return { release: built, repeated: false };
}

async function moveRelease(
  scope: Scope,
  command: ReleaseCommand,
  actor: Actor,
  now: string,
): Promise<{ release: HelpRelease; repeated: boolean }> {
  const { at, session } = scope;
  const repeated = await findRepeatedSubject(scope, command, actor);
  if (repeated !== null) return { release: await getRelease(scope, repeated), repeated: true };
  const before = await getRelease(scope, command.releaseId);
  const next = changeRelease(before, command, actor, now);
  const { state, version, releasedBy, releasedAt, settledAt, reason } = next;
  const { matchedCount } = await at.releases.updateOne(
    { _id: next.id, version: before.version },
    { $set: { state, version, releasedBy, releasedAt, settledAt, reason } },
    { session },
  );
  if (matchedCount === 0) throw new Conflict('已有更新，请重新打开后再处理。');
  await insertFacts(at, session, [buildReleaseAudit(next, command, actor, now)], []);
  return { release: next, repeated: false };
}
