import type { Collection, Document } from 'mongodb';
import { z } from 'zod';
import type { AccessClass } from '../../domain/access-class.ts';
import { CaseState, isUndecided } from '../../domain/case.ts';
import type { CaseFact, HandoverFact } from '../../domain/case-fact.ts';
import { HandoverState, isWithUnit } from '../../domain/handover.ts';
import type { DayCube } from '../../domain/item-cube.ts';
import { type ItemFact, ItemKind, speakerOf } from '../../domain/item-fact.ts';
import type { DayTally } from '../../domain/rollup.ts';
import { dayAfter } from '../../domain/time.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import type { FactPeriod, HandoverFilter, ItemFilter, RollupStore } from '../../ports/rollup-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { listItemHours, listWindows, planItemHours, takeHours } from '../item-hours.ts';
import { wholeBatch } from './post-documents.ts';
import {
  type ItemFactDocument,
  parseCaseFactDocument,
  parseCubeDocument,
  parseDayDocument,
  parseHandoverFactDocument,
  parseItemDocument,
  type RollupCollections,
} from './rollup-documents.ts';

type Asked<Name extends 'readCubes' | 'listItems' | 'listCases' | 'listHandovers' | 'readDays'> = Parameters<
  RollupStore[Name]
>[0];

/** One of these values; what is left out does not narrow. */
function among(fields: Record<string, readonly unknown[] | undefined>): Document {
  const told = Object.entries(fields).filter(([, values]) => values !== undefined);
  return Object.fromEntries(told.map(([name, values]) => [name, { $in: [...(values ?? [])] }]));
}

const inSight = ({ accessClasses }: { accessClasses: readonly AccessClass[] }) =>
  among({ accessClass: accessClasses });

function itemFilter(query: Pick<FactPeriod, 'accessClasses'> & ItemFilter): Document {
  const { speaker, kinds } = query;
  const spoken = ItemKind.options.filter((kind) => speaker === undefined || speakerOf(kind) === speaker);
  return {
    ...inSight(query),
    ...among({
      kind: speaker === undefined ? kinds : spoken.filter((kind) => kinds?.includes(kind) ?? true),
      ...{ channelId: query.channelIds, unitId: query.unitIds, tone: query.tones, level: query.levels },
      ...{ categories: query.categories, clock: query.hours },
      ...{ 'service.kind': query.serviceKinds, 'service.topic': query.topics },
    }),
  };
}

export async function readDayDocuments(
  { days }: RollupCollections,
  query: Asked<'readDays'>,
): Promise<DayTally[]> {
  const { family, fromDay, toDay, keys } = query;
  const day = { $gte: fromDay, $lte: toDay };
  const found = await days
    .find({ family, day, ...inSight(query), ...among({ key: keys }) }, wholeBatch)
    .toArray();
  return found.map(parseDayDocument);
}

export async function readCubeDocuments(
  { cubes }: RollupCollections,
  query: Asked<'readCubes'>,
): Promise<DayCube[]> {
  const { plane, hours, fromDay, toDay, speaker } = query;
  const day = { $gte: fromDay, $lte: toDay };
  const spoken = among({ speaker: speaker === undefined ? undefined : [speaker] });
  const found = await cubes
    .find(
      { plane, day, ...inSight(query), ...spoken },
      { ...(hours ? {} : { projection: { hours: 0 } }), ...wholeBatch },
    )
    .toArray();
  return found.map(parseCubeDocument);
}

export async function findItemDocuments(
  { items }: RollupCollections,
  postIds: readonly string[],
  accessClasses: readonly AccessClass[],
): Promise<ItemFact[]> {
  const found = await items
    .find({ _id: { $in: [...postIds] }, ...inSight({ accessClasses }) }, wholeBatch)
    .sort({ _id: 1 })
    .toArray();
  return found.map(parseItemDocument);
}

const Cursor = z.tuple([z.string(), z.string()]);

/** What is listed, by which of its texts: the newest first, then by id, and after what. */
interface Listing {
  filter: Document;
  by: string;
  after: z.infer<typeof Cursor> | null;
}

async function findNewest<T extends { _id: string }>(
  collection: Collection<T>,
  { filter, by, after }: Listing,
  most: number,
): Promise<T[]> {
  const beyond = ([moment, id]: z.infer<typeof Cursor>): Document => ({
    $or: [{ [by]: { $lt: moment } }, { [by]: moment, _id: { $gt: id } }],
  });
  // One type for all three: the driver's depend on each collection's fields.
  const found = (collection as unknown as Collection<Document>)
    .find({ $and: after === null ? [filter] : [filter, beyond(after)] }, wholeBatch)
    .sort({ [by]: -1, _id: 1 })
    .limit(most);
  return (await found.toArray()) as unknown as T[];
}

async function listPage<T extends { _id: string }>(
  collection: Collection<T>,
  { filter, by }: Omit<Listing, 'after'>,
  { cursor, limit }: PageRequest,
): Promise<{ found: T[]; nextCursor: string | null }> {
  const after = cursor === null ? null : parseCursor(cursor, Cursor);
  const found = await findNewest(collection, { filter, by, after }, limit + 1);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const more = found.length > limit && last !== undefined;
  const moment = (last as Record<string, unknown> | undefined)?.[by];
  return { found: shown, nextCursor: more ? encodeCursor([moment, last._id]) : null };
}

/**
 * Cubes tell in which hours there is something, so that no fact of another hour is looked at, and a compatible server, which sorts
 * what it has found, sorts no more than a page and an hour.
 */
export async function listItemDocuments(
  at: RollupCollections,
  query: Asked<'listItems'>,
): Promise<Page<ItemFact>> {
  const { cursor, limit, accessClasses, speaker } = query;
  const after = cursor === null ? null : parseCursor(cursor, Cursor);
  const found: ItemFactDocument[] = [];
  for (const days of listWindows(query, after?.[0].slice(0, 10) ?? null)) {
    const asked = { ...days, accessClasses, ...(speaker && { speaker }), ...planItemHours(query) };
    const hours = listItemHours(await readCubeDocuments(at, asked), query);
    const open = hours.filter(({ hour }) => after === null || hour <= after[0]);
    while (open.length > 0 && found.length <= limit) {
      const most = limit + 1 - found.length;
      const filter = {
        ...itemFilter(query),
        hour: { $in: takeHours(open, { items: most, after: after?.[0] ?? null }) },
      };
      found.push(...(await findNewest(at.items, { filter, by: 'hour', after }, most)));
    }
    if (found.length > limit) break;
  }
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const more = found.length > limit && last !== undefined;
  return {
    items: shown.map(parseItemDocument),
    nextCursor: more ? encodeCursor([last.hour, last._id]) : null,
  };
}

/** When a day of Shanghai begins. */
const dayStart = (day: string) => new Date(Date.parse(`${day}T00:00:00+08:00`)).toISOString();

const within = ({ fromDay, toDay }: FactPeriod) => ({
  $gte: dayStart(fromDay),
  $lt: dayStart(dayAfter(toDay, 1)),
});

const inPlace = (query: HandoverFilter & FactPeriod): Document => ({
  ...inSight(query),
  ...among({ channelId: query.channelIds, unitId: query.unitIds, 'service.topic': query.topics }),
});

export async function listCaseDocuments(
  { caseFacts }: RollupCollections,
  query: Asked<'listCases'>,
): Promise<Page<CaseFact>> {
  const { moment, categories, levels } = query;
  const by = moment === 'decided' ? 'decidedAt' : 'openedAt';
  const period =
    moment === 'undecided-now'
      ? { state: { $in: CaseState.options.filter(isUndecided) } }
      : { [by]: within(query) };
  const filter = { ...period, ...inPlace(query), ...among({ categories, level: levels }) };
  const { found, nextCursor } = await listPage(caseFacts, { filter, by }, query);
  return { items: found.map(parseCaseFactDocument), nextCursor };
}

const slipMoments = { sent: 'sentAt', received: 'receivedAt', answered: 'answeredAt' } as const;

export async function listHandoverDocuments(
  { handoverFacts }: RollupCollections,
  query: Asked<'listHandovers'>,
): Promise<Page<HandoverFact>> {
  const { moment } = query;
  const by = moment === 'with-unit-now' ? 'sentAt' : slipMoments[moment];
  const period =
    moment === 'with-unit-now'
      ? { state: { $in: HandoverState.options.filter(isWithUnit) } }
      : { [by]: within(query) };
  const filter = { ...period, ...inPlace(query) };
  const { found, nextCursor } = await listPage(handoverFacts, { filter, by }, query);
  return { items: found.map(parseHandoverFactDocument), nextCursor };
}
