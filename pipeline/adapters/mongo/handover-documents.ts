import type { ClientSession, Collection, Db } from 'mongodb';
import type { Actor, Case, CaseEvent } from '../../domain/case.ts';
import type { DecisionCommand } from '../../domain/decision.ts';
import { Conflict } from '../../domain/errors.ts';
import { buildHandover, Handover, type HandoverEvent, handoverYear, unitsOf } from '../../domain/handover.ts';
import { slipAfterCase } from '../../domain/handover-case.ts';
import type { HandoverLink } from '../../domain/handover-link.ts';
import type { CommandSeal } from '../decision-record.ts';
import {
  buildHandoverAudit,
  buildHandoverOutbox,
  buildHandoverText,
  buildSentEvent,
  type HandoverText,
  orderOf,
} from '../handover-record.ts';
import { type AuditCollections, insertFacts } from './audit-documents.ts';
import { type ChangeCollections, changeCollections, noteChanges } from './fact-changes.ts';
import type { PostCollections } from './post-documents.ts';
import { type CollectionSpec, field } from './schema.ts';

/** The slip whole, and beside it what it is found by. */
export interface HandoverDocument {
  _id: string;
  version: number;
  number: string;
  caseId: string;
  state: Handover['state'];
  dueAt: string;
  supervised: boolean;
  asks: boolean;
  /** Its case went to those on duty: in nobody's list. */
  hidden: boolean;
  units: string[];
  facts: Handover;
}
interface EventDocument {
  _id: string;
  handoverId: string;
  version: number;
  event: HandoverEvent;
  seal: CommandSeal | null;
}
type TextDocument = Omit<HandoverText, 'eventId'> & { _id: string };
type LinkDocument = Omit<HandoverLink, 'id'> & { _id: string };

export interface HandoverCollections extends ChangeCollections {
  handovers: Collection<HandoverDocument>;
  handoverEvents: Collection<EventDocument>;
  handoverTexts: Collection<TextDocument>;
  /** `_id` is the year. */
  handoverNumbers: Collection<{ _id: string; last: number }>;
  handoverLinks: Collection<LinkDocument>;
}

export function handoverCollections(db: Db): HandoverCollections {
  return {
    handovers: db.collection('handovers'),
    handoverEvents: db.collection('handover_events'),
    handoverTexts: db.collection('handover_texts'),
    handoverNumbers: db.collection('handover_numbers'),
    handoverLinks: db.collection('handover_links'),
    ...changeCollections(db),
  };
}

const since = '2026-11-23';

export const handoverSpecs: readonly CollectionSpec[] = [
  {
    name: 'handovers',
    fields: {
      version: field.number,
      number: field.text,
      caseId: field.text,
      state: field.text,
      dueAt: field.text,
      supervised: field.boolean,
      asks: field.boolean,
      hidden: field.boolean,
      units: field.texts,
      facts: field.object,
    },
    indexes: [
      { key: { number: 1 }, options: { unique: true }, since, reason: 'one slip a number' },
      { key: { state: 1, dueAt: 1, _id: 1 }, since, reason: 'those of a state, soonest due first' },
      { key: { units: 1, state: 1, dueAt: 1, _id: 1 }, since, reason: 'those of one unit' },
      { key: { dueAt: 1, _id: 1 }, since, reason: 'all, by their due time' },
      { key: { caseId: 1 }, since, reason: 'those of a case' },
    ],
  },
  {
    name: 'handover_events',
    fields: {
      handoverId: field.text,
      version: field.number,
      event: field.object,
      seal: field.objectOrNull,
    },
    indexes: [
      {
        key: { handoverId: 1, version: 1 },
        options: { unique: true },
        since,
        reason: 'the history of a slip, and no two events for one version',
      },
    ],
  },
  {
    name: 'handover_texts',
    version: 2,
    fields: {
      handoverId: field.text,
      caseId: field.text,
      text: field.text,
      accessClass: field.accessClass,
      retentionClass: field.retentionClass,
      expiresAt: field.text,
    },
    indexes: [
      { key: { handoverId: 1 }, since, reason: 'the texts of a slip; hiding them on a referral' },
      { key: { caseId: 1 }, since, reason: 'those of a case, when its texts end' },
      { key: { expiresAt: 1 }, since, reason: 'the purge' },
    ],
  },
  { name: 'handover_numbers', fields: { last: field.number }, indexes: [] },
  {
    name: 'handover_links',
    fields: {
      handoverId: field.text,
      digest: field.text,
      createdBy: field.text,
      createdAt: field.text,
      expiresAt: field.text,
      deviceDigest: field.textOrNull,
      openedAt: field.textOrNull,
    },
    indexes: [
      { key: { digest: 1 }, options: { unique: true }, since, reason: 'a link by what is left of its token' },
      { key: { handoverId: 1, createdAt: -1 }, since, reason: 'the links of a slip' },
    ],
  },
];

/** What a slip is written with: within the caller's transaction. */
export interface HandoverScope {
  at: HandoverCollections & AuditCollections & Pick<PostCollections, 'texts'>;
  session: ClientSession;
}

export function parseSlipDocument({ facts }: Pick<HandoverDocument, 'facts'>): Handover {
  return Handover.parse(facts);
}

function toDocument(slip: Handover): HandoverDocument {
  const { id, version, number, caseId, state, dueAt } = slip;
  return {
    ...{ _id: id, version, number, caseId, state, dueAt, facts: slip, units: unitsOf(slip) },
    supervised: slip.supervised !== null,
    asks: slip.extension !== null,
    hidden: slip.originAccessClass === 'safety',
  };
}

interface Said {
  current: Case;
  text: string | null;
  quoting: boolean | undefined;
  seal: CommandSeal | null;
}

/** Compare-and-swap on the version. @throws Conflict when another version is stored */
async function updateSlip({ at, session }: HandoverScope, next: Handover, expectedVersion: number) {
  const filter = { _id: next.id, version: expectedVersion };
  const { matchedCount } = await at.handovers.replaceOne(filter, toDocument(next), { session });
  if (matchedCount === 0) throw new Conflict('这张转办单已有更新，请重新打开后再办理。');
  await noteChanges(at, session, { handovers: [next.id] });
}

/** The slip as it becomes, with its event and what stands beside. */
export async function writeSlipChange(
  scope: HandoverScope,
  { next, event }: { next: Handover; event: HandoverEvent },
  said: Said,
): Promise<void> {
  await updateSlip(scope, next, next.version - 1);
  await writeEvent(scope, { next, event }, said);
}

async function writeEvent(
  { at, session }: HandoverScope,
  { next, event }: { next: Handover; event: HandoverEvent },
  { current, text, quoting, seal }: Said,
): Promise<void> {
  const { id, handoverId, handoverVersion: version } = event;
  await at.handoverEvents.insertOne({ _id: id, handoverId, version, event, seal }, { session });
  const [earliest] =
    text === null
      ? []
      : await at.texts
          .find({ postId: { $in: current.postIds }, expiresAt: { $ne: null } }, { session })
          .sort({ expiresAt: 1 })
          .limit(1)
          .toArray();
  const known = { event, slip: next, current, textExpiresAt: earliest?.expiresAt ?? null };
  const built = buildHandoverText(known, text, quoting);
  if (built !== null) {
    const { eventId, ...fields } = built;
    await at.handoverTexts.insertOne({ _id: eventId, ...fields }, { session });
  }
  await insertFacts(at, session, [buildHandoverAudit(event, next.number)], [buildHandoverOutbox(event)]);
}

/** A number that a transaction took and did not keep is the next one's again. */
async function takeNumber({ at, session }: HandoverScope, year: number): Promise<number> {
  const counted = await at.handoverNumbers.findOneAndUpdate(
    { _id: String(year) },
    { $inc: { last: 1 } },
    { upsert: true, returnDocument: 'after', session },
  );
  return counted?.last ?? 1;
}

/** The slip of a hand-over, in the transaction of its decision. */
export async function insertSlip(
  scope: HandoverScope,
  current: Case,
  command: DecisionCommand,
  actor: Actor,
  now: string,
): Promise<void> {
  const running = await takeNumber(scope, handoverYear(now));
  const order = orderOf(command);
  const known = { current, ownerUnitId: command.unitId ?? '', order, id: command.commandId, running };
  const slip = buildHandover(known, actor, now);
  await scope.at.handovers.insertOne(toDocument(slip), { session: scope.session });
  await noteChanges(scope.at, scope.session, { handovers: [slip.id] });
  const said = { current, text: order.request, quoting: undefined, seal: null };
  await writeEvent(scope, { next: slip, event: buildSentEvent(slip, actor) }, said);
}

/** What becomes of a case's slips when it changes by other ways than theirs: in the transaction of that change. */
export async function followCase(
  scope: HandoverScope,
  change: { before: Case; after: Case; cause: CaseEvent },
): Promise<void> {
  const { at, session } = scope;
  const { after } = change;
  const found = await at.handovers.find({ caseId: after.id }, { session }).sort({ number: -1 }).toArray();
  for (const slip of found.map(parseSlipDocument)) {
    const changed = slipAfterCase(slip, change);
    if (changed === null) continue;
    const { next, event } = changed;
    const said = { current: after, text: null, quoting: undefined, seal: null };
    if (event === null) await updateSlip(scope, next, slip.version);
    else await writeSlipChange(scope, { next, event }, said);
    if (next.originAccessClass === 'safety') {
      const hide = { $set: { accessClass: 'safety' as const } };
      await at.handoverTexts.updateMany({ handoverId: slip.id }, hide, { session });
    }
  }
}

/** With their cases, in one transaction. */
export async function deleteHandoversOf(
  at: HandoverCollections,
  session: ClientSession,
  caseIds: readonly string[],
): Promise<void> {
  const found = await at.handovers
    .find({ caseId: { $in: [...caseIds] } }, { session, projection: { _id: 1 } })
    .toArray();
  const ids = found.map(({ _id }) => _id);
  if (ids.length === 0) return;
  const ofThem = { handoverId: { $in: ids } };
  await at.handoverLinks.deleteMany(ofThem, { session });
  await at.handoverTexts.deleteMany(ofThem, { session });
  await at.handoverEvents.deleteMany(ofThem, { session });
  await at.handovers.deleteMany({ _id: { $in: ids } }, { session });
  await noteChanges(at, session, { handovers: ids });
}
