import { Binary, type Collection, type Db } from 'mongodb';
import { CaseFact, HandoverFact } from '../../domain/case-fact.ts';
import { type CubeBytes, CubeKey, cubeKeyText, type DayCube, parseCube } from '../../domain/item-cube.ts';
import { ItemFact } from '../../domain/item-fact.ts';
import { DayKey, type DayTally, dayKeyText, type Tally } from '../../domain/rollup.ts';
import { parseTally, toTallyRow } from '../tally-row.ts';
import { type ChangeCollections, changeCollections } from './fact-changes.ts';
import { type CollectionSpec, field } from './schema.ts';
import { type TopicDueDocument, topicDue } from './topic-due.ts';

/** Of nobody's, as the rollups have it: found like any unit. */
const nobody = '';
type Found<T extends { unitId: string | null }> = Omit<T, 'unitId'> & { unitId: string };
/** By the hour of the Shanghai clock it is found too. */
type ItemFields = Found<Omit<ItemFact, 'postId'>> & { clock: number };

/** `_id` is the post's. */
export type ItemFactDocument = ItemFields & { _id: string };
/** `_id` is the case's. */
export type CaseFactDocument = Found<Omit<CaseFact, 'caseId'>> & { _id: string };
/** `_id` is the slip's. */
export type HandoverFactDocument = Omit<HandoverFact, 'handoverId'> & { _id: string };
/** `_id` says all that the key says, as `cubeKeyText` does: should that say it otherwise, `rollupLayout` rises. */
export type CubeDocument = CubeKey & { _id: string; cells: Binary; hours: Binary | null };
/** Its tally as JSON, the lists of minutes apart. */
export type DayDocument = DayKey & { _id: string; tally: string; minutes: string | null };
/** One document, `_id` is `fence`. Whoever counts writes it first, so that they go one after the other. */
interface FenceDocument {
  _id: string;
  runs: number;
  /** In what layout everything was last counted from the beginning. */
  layout: number;
  /** Who is clearing everything for that; nothing is counted meanwhile. */
  clearing: string | null;
}

export interface RollupCollections extends ChangeCollections {
  items: Collection<ItemFactDocument>;
  caseFacts: Collection<CaseFactDocument>;
  handoverFacts: Collection<HandoverFactDocument>;
  cubes: Collection<CubeDocument>;
  days: Collection<DayDocument>;
  fence: Collection<FenceDocument>;
  /** What topics have to look at again. */
  topicDue: Collection<TopicDueDocument>;
}

export function rollupCollections(db: Db): RollupCollections {
  return {
    ...changeCollections(db),
    items: db.collection('item_facts'),
    caseFacts: db.collection('case_facts'),
    handoverFacts: db.collection('handover_facts'),
    cubes: db.collection('rollup_cubes'),
    days: db.collection('rollup_days'),
    fence: db.collection('rollup_fence'),
    topicDue: topicDue(db),
  };
}

const since = '2026-11-23';
/** No text, no address and nobody among them. */
const itemFields = {
  ...{ hour: field.text, clock: field.number, channelId: field.text, kind: field.text },
  ...{ accessClass: field.accessClass, unitId: field.text, categories: field.texts },
  ...{ service: field.objectOrNull, tone: field.text, level: field.text },
};

export const rollupSpecs: readonly CollectionSpec[] = [
  {
    name: 'item_facts',
    fields: itemFields,
    indexes: [
      { key: { hour: -1, _id: 1 }, since, reason: 'what a figure of a period was counted from' },
      { key: { channelId: 1, hour: -1, _id: 1 }, since, reason: 'the same for a channel' },
      { key: { unitId: 1, hour: -1, _id: 1 }, since, reason: 'the same for a unit' },
    ],
  },
  {
    name: 'case_facts',
    fields: {
      ...{ openedAt: field.text, channelId: field.text, accessClass: field.accessClass, unitId: field.text },
      ...{ categories: field.texts, service: field.objectOrNull, level: field.text },
      ...{ lifeSafety: field.boolean, state: field.text, decidedAt: field.textOrNull },
      ...{ decision: field.textOrNull, reason: field.textOrNull, replySeenAt: field.textOrNull },
      posts: field.number,
    },
    indexes: [
      { key: { openedAt: -1, _id: 1 }, since, reason: 'cases of a period by when they were opened' },
      { key: { decidedAt: -1, _id: 1 }, since, reason: 'and by when they were decided' },
      { key: { state: 1, openedAt: -1, _id: 1 }, since, reason: 'those that wait now' },
    ],
  },
  {
    name: 'handover_facts',
    fields: {
      ...{ number: field.text, caseId: field.text, channelId: field.text, accessClass: field.accessClass },
      ...{ unitId: field.text, executorUnitId: field.text, urgency: field.text },
      ...{ service: field.objectOrNull, state: field.text, sentAt: field.text },
      ...{ receivedAt: field.textOrNull, answeredAt: field.textOrNull, closedAt: field.textOrNull },
      dueAt: field.text,
    },
    indexes: [
      { key: { sentAt: -1, _id: 1 }, since, reason: 'slips of a period by when they were sent' },
      { key: { receivedAt: -1, _id: 1 }, since, reason: 'by when they were received' },
      { key: { answeredAt: -1, _id: 1 }, since, reason: 'and by when they were answered' },
      { key: { state: 1, sentAt: -1, _id: 1 }, since, reason: 'those that are with their unit now' },
    ],
  },
  {
    name: 'rollup_cubes',
    fields: {
      ...{ plane: field.text, day: field.text, speaker: field.text, accessClass: field.accessClass },
      ...{ cells: field.bytes, hours: field.bytesOrNull },
    },
    indexes: [{ key: { plane: 1, day: 1 }, since, reason: 'the days of a period' }],
  },
  {
    name: 'rollup_days',
    version: 2,
    fields: {
      ...{ day: field.text, family: field.text, key: field.text },
      ...{ accessClass: field.accessClass, tally: field.text, minutes: field.textOrNull },
    },
    indexes: [
      { key: { family: 1, day: 1 }, since, reason: 'the days of a period' },
      { key: { family: 1, key: 1, day: 1 }, since, reason: 'those of a unit' },
    ],
  },
  {
    name: 'rollup_fence',
    fields: { runs: field.number, layout: field.number, clearing: field.textOrNull },
    indexes: [],
  },
];

const unitOf = (found: string) => (found === nobody ? null : found);

export function toItemDocument({ postId, unitId, ...fact }: ItemFact): ItemFactDocument {
  return { _id: postId, ...fact, unitId: unitId ?? nobody, clock: Number(fact.hour.slice(11, 13)) };
}

export function parseItemDocument({ _id, unitId, ...fields }: ItemFactDocument): ItemFact {
  return ItemFact.parse({ postId: _id, unitId: unitOf(unitId), ...fields });
}

export function toCubeDocument(
  { plane, day, speaker, accessClass }: CubeKey,
  { cells, hours }: CubeBytes,
): CubeDocument {
  const key = { plane, day, speaker, accessClass };
  const bytes = { cells: new Binary(cells), hours: hours === null ? null : new Binary(hours) };
  return { _id: cubeKeyText(key), ...key, ...bytes };
}

export function cubeBytes({
  cells,
  hours = null,
}: Pick<CubeDocument, 'cells'> & Partial<CubeDocument>): CubeBytes {
  return { cells: cells.value(), hours: hours === null ? null : hours.value() };
}

/** @param document `hours` may have been left out */
export function parseCubeDocument(document: Omit<CubeDocument, 'hours'> & Partial<CubeDocument>): DayCube {
  return { ...CubeKey.parse(document), cube: parseCube(cubeBytes(document)) };
}

export function toCaseFactDocument({ caseId, unitId, ...fact }: CaseFact): CaseFactDocument {
  return { _id: caseId, unitId: unitId ?? nobody, ...fact };
}

export function parseCaseFactDocument({ _id, unitId, ...fields }: CaseFactDocument): CaseFact {
  return CaseFact.parse({ caseId: _id, unitId: unitOf(unitId), ...fields });
}

export function toHandoverFactDocument({ handoverId, ...fact }: HandoverFact): HandoverFactDocument {
  return { _id: handoverId, ...fact };
}

export function parseHandoverFactDocument({ _id, ...fields }: HandoverFactDocument): HandoverFact {
  return HandoverFact.parse({ handoverId: _id, ...fields });
}

export function toDayDocument({ day, family, key, accessClass }: DayKey, tally: Tally): DayDocument {
  const at = { day, family, key, accessClass };
  return { _id: dayKeyText(at), ...at, ...toTallyRow(tally) };
}

export function parseDayDocument({ tally, minutes, ...key }: DayDocument): DayTally {
  return { ...DayKey.parse(key), tally: parseTally({ tally, minutes }) };
}
