import type { ClientSession, Filter } from 'mongodb';
import { Conflict, NotFound } from '../../domain/errors.ts';
import { type Handover, HandoverEvent, isWithUnit } from '../../domain/handover.ts';
import { caseAfterMove } from '../../domain/handover-case.ts';
import { type HandoverFilter, handoverFilters } from '../../domain/handover-filter.ts';
import { HandoverLink, isOpenTo } from '../../domain/handover-link.ts';
import {
  buildMove,
  buildNudge,
  type MoveCommand,
  type Mover,
  type Nudge,
} from '../../domain/handover-moves.ts';
import type {
  HandoverEventWithText,
  HandoverQuery,
  HandoverSight,
  HandoverStore,
  RecordedMove,
} from '../../ports/handover-store.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { buildDecisionAudit, buildDecisionOutbox, isSameCommand, sealCommand } from '../decision-record.ts';
import { DueCursor, saidByCaller } from '../handover-record.ts';
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
import { type HandoverDocument, parseSlipDocument, writeSlipChange } from './handover-documents.ts';
import { isDuplicateKey } from './mongo-errors.ts';

interface Scope {
  at: CaseCollections;
  session: ClientSession;
}
type SlipFilter = Filter<HandoverDocument>;

export function openMongoHandoverStore({ client, db }: MongoConnection): HandoverStore {
  const at = caseCollections(db);
  const inOne = <T>(write: (scope: Scope) => Promise<T>) =>
    inMongoTransaction(client, (session) => write({ at, session }));
  return {
    list: (query) => list(at, query),
    count: (asked) => count(at, asked),
    find: (id, sight) => findOne(at, { _id: id }, sight),
    findByNumber: (number, sight) => findOne(at, { number }, sight),
    listOfCase: async (caseId) => {
      const found = at.handovers.find({ caseId, hidden: false }).sort({ number: -1 });
      return (await found.toArray()).map(parseSlipDocument);
    },
    listEvents: (id, now) => listEvents(at, id, now),
    recordMove: (command, mover, now) => inOne((scope) => recordMove(scope, command, mover, now)),
    recordNudge: (nudge, now) => inOne((scope) => recordNudge(scope, nudge, now)),
    addLink: (link) => addLink(at, link),
    openLink: (asked) => inOne((scope) => openLink(scope, asked)),
    listLinks: async (handoverId) => {
      const found = at.handoverLinks.find({ handoverId }).sort({ createdAt: -1, _id: -1 });
      return (await found.toArray()).map(parseLink);
    },
  };
}

function parseLink({ _id, ...fields }: { _id: string } & Record<string, unknown>): HandoverLink {
  return HandoverLink.parse({ id: _id, ...fields });
}

function conditionOf(
  filter: HandoverFilter,
  { now, until }: Pick<HandoverQuery, 'now' | 'until'>,
): SlipFilter {
  const withUnit = { state: { $in: ['sent', 'received'] as Handover['state'][] } };
  switch (filter) {
    case 'sent':
    case 'received':
    case 'answered':
    case 'returned':
      return { state: filter };
    case 'active':
      return { state: { $in: ['sent', 'received', 'answered', 'returned'] } };
    case 'near':
      return { ...withUnit, dueAt: { $gte: now, $lt: until } };
    case 'overdue':
      return { ...withUnit, dueAt: { $lt: now } };
    case 'extension':
      return { ...withUnit, asks: true };
    case 'supervised':
      return { supervised: true, state: { $in: ['sent', 'received', 'answered', 'returned'] } };
    case 'done':
      return { state: { $in: ['closed', 'withdrawn'] } };
    case 'all':
      return {};
  }
}

function inSight({ units }: HandoverSight): SlipFilter {
  return units === 'all' ? { hidden: false } : { hidden: false, units: { $in: [...units] } };
}

async function list(at: CaseCollections, query: HandoverQuery): Promise<Page<Handover>> {
  const latestFirst = query.filter === 'all' || query.filter === 'done';
  const [than, order] = latestFirst ? (['$lt', -1] as const) : (['$gt', 1] as const);
  const after = query.cursor === null ? null : parseCursor(query.cursor, DueCursor);
  const beyond: SlipFilter =
    after === null
      ? {}
      : { $or: [{ dueAt: { [than]: after[0] } }, { dueAt: after[0], _id: { [than]: after[1] } }] };
  const found = await at.handovers
    .find({ $and: [conditionOf(query.filter, query), inSight(query), beyond] })
    .sort({ dueAt: order, _id: order })
    .limit(query.limit + 1)
    .toArray();
  const items = found.slice(0, query.limit).map(parseSlipDocument);
  const last = items.at(-1);
  const more = found.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.dueAt, last.id]) : null };
}

async function count(
  at: CaseCollections,
  asked: HandoverSight & Pick<HandoverQuery, 'now' | 'until'>,
): Promise<Record<HandoverFilter, number>> {
  const counts = handoverFilters.map(async (filter) => {
    const found = await at.handovers.countDocuments({ $and: [conditionOf(filter, asked), inSight(asked)] });
    return [filter, found] as const;
  });
  return Object.fromEntries(await Promise.all(counts)) as Record<HandoverFilter, number>;
}

async function findOne(
  at: CaseCollections,
  filter: { _id: string } | { number: string },
  sight: HandoverSight,
): Promise<Handover | null> {
  const found = await at.handovers.findOne({ $and: [filter, inSight(sight)] });
  return found === null ? null : parseSlipDocument(found);
}

async function listEvents(at: CaseCollections, id: string, now: string): Promise<HandoverEventWithText[]> {
  const events = await at.handoverEvents.find({ handoverId: id }).sort({ version: 1 }).toArray();
  const living = { handoverId: id, expiresAt: { $gt: now }, accessClass: { $ne: 'safety' as const } };
  const texts = new Map((await at.handoverTexts.find(living).toArray()).map((text) => [text._id, text]));
  return events.map(({ event }) => {
    const text = texts.get(event.id);
    return { ...HandoverEvent.parse(event), text: text?.text ?? null, kept: text?.retentionClass ?? null };
  });
}

async function findSlip({ at, session }: Scope, id: string): Promise<Handover | null> {
  const found = await at.handovers.findOne({ _id: id }, { session });
  return found === null ? null : parseSlipDocument(found);
}

async function getCase({ at, session }: Scope, slip: Handover) {
  const found = await at.cases.findOne({ _id: slip.caseId }, { session });
  if (found === null) throw new NotFound('没有这张转办单。');
  return parseCaseDocument(found);
}

async function recordMove(
  scope: Scope,
  command: MoveCommand,
  mover: Mover,
  now: string,
): Promise<RecordedMove> {
  const { at, session } = scope;
  const actor = { id: mover.id, roles: [] };
  const said = saidByCaller(command);
  const slip = await findSlip(scope, command.handoverId);
  if (slip === null) throw new NotFound('没有这张转办单。');
  const known = await at.handoverEvents.findOne({ _id: command.commandId }, { session });
  if (known !== null) {
    if (known.seal === null || !isSameCommand(known.seal, said, actor)) {
      throw new Conflict('同一编号的操作已经记录过，内容不同。');
    }
    return { handover: slip, event: HandoverEvent.parse(known.event), repeated: true };
  }
  const { next, event } = buildMove(slip, command, mover, now);
  const current = await getCase(scope, slip);
  const decision = await at.events.findOne({ _id: slip.id }, { session });
  const decided = decision === null ? null : parseEventDocument(decision);
  const moved = caseAfterMove({ current, slip, decided }, command, mover, now);
  if (moved !== null) {
    const filter = { _id: current.id, version: current.version };
    const { matchedCount } = await at.cases.replaceOne(filter, toCaseDocument(moved.next), { session });
    if (matchedCount === 0) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
    await noteChanges(at, session, changedWithCase(current, moved.next));
    const { id, ...fields } = moved.event;
    await at.events.insertOne({ _id: id, ...fields, seal: null }, { session });
    await insertFacts(at, session, [buildDecisionAudit(moved.event)], [buildDecisionOutbox(moved.event)]);
  }
  const { text, quoting } = command;
  const seal = sealCommand(said, actor);
  await writeSlipChange(scope, { next, event }, { current: moved?.next ?? current, text, quoting, seal });
  return { handover: next, event, repeated: false };
}

async function recordNudge(scope: Scope, nudge: Nudge, now: string): Promise<boolean> {
  const { at, session } = scope;
  const slip = await findSlip(scope, nudge.handoverId);
  if (slip === null || slip.version !== nudge.version || !isWithUnit(slip.state)) return false;
  const { next, event } = buildNudge(slip, nudge, now);
  if ((await at.handoverEvents.findOne({ _id: event.id }, { session })) !== null) return false;
  const said = { current: await getCase(scope, slip), text: null, quoting: undefined, seal: null };
  await writeSlipChange(scope, { next, event }, said);
  return true;
}

async function addLink(at: CaseCollections, { id, ...fields }: HandoverLink): Promise<void> {
  try {
    await at.handoverLinks.insertOne({ _id: id, ...fields });
  } catch (error) {
    if (isDuplicateKey(error)) throw new Conflict('这个链接已经存在。');
    throw error;
  }
}

async function openLink(
  scope: Scope,
  { digest, deviceDigest, at: now }: Parameters<HandoverStore['openLink']>[0],
): Promise<Awaited<ReturnType<HandoverStore['openLink']>>> {
  const { at, session } = scope;
  const found = await at.handoverLinks.findOne({ digest }, { session });
  if (found === null) return null;
  const link = parseLink(found);
  const handover = await findSlip(scope, link.handoverId);
  if (handover === null || !isOpenTo(link, handover, deviceDigest, now)) return null;
  if (link.deviceDigest !== null) return { link, handover };
  const bound = { deviceDigest, openedAt: now };
  // Whoever comes second meets the first one's write, and looks again.
  const { matchedCount } = await at.handoverLinks.updateOne(
    { _id: link.id, deviceDigest: null },
    { $set: bound },
    { session },
  );
  return matchedCount === 0 ? null : { link: { ...link, ...bound }, handover };
}
