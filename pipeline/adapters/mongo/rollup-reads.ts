import type { Collection, Document } from 'mongodb';
import { z } from 'zod';
import type { AccessClass } from '../../domain/access-class.ts';
import { CaseState, isUndecided } from '../../domain/case.ts';
import type { CaseFact, HandoverFact } from '../../domain/case-fact.ts';
import { HandoverState, isWithUnit } from '../../domain/handover.ts';
import { type ItemFact, ItemKind, speakerOf } from '../../domain/item-fact.ts';
import type { Cell, DayTally } from '../../domain/rollup.ts';
import { dayAfter, dayBefore } from '../../domain/time.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import type { FactPeriod, HandoverFilter, ItemFilter, RollupStore } from '../../ports/rollup-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { wholeBatch } from './post-documents.ts';
import {
  type ItemFactDocument,
  parseCaseFactDocument,
  parseCellDocument,
  parseDayDocument,
  parseHandoverFactDocument,
  parseItemDocument,
  type RollupCollections,
} from './rollup-documents.ts';

type Asked<Name extends 'listItems' | 'listCases' | 'listHandovers' | 'readDays'> = Parameters<
  RollupStore[Name]
>[0];

/** One of these values; what is left out does not narrow. */
function among(fields: Record<string, readonly unknown[] | undefined>): Document {
  const told = Object.entries(fields).filter(([, values]) => values !== undefined);
  return Object.fromEntries(told.map(([name, values]) => [name, { $in: [...(values ?? [])] }]));
}

const inSight = ({ accessClasses }: { accessClasses: readonly AccessClass[] }) =>
  among({ accessClass: accessClasses });

/** Hours as texts: those of a day begin with it, and sort before the next day. */
function itemFilter(query: FactPeriod & ItemFilter): Document {
  const { fromDay, toDay, speaker, kinds } = query;
  const spoken = ItemKind.options.filter((kind) => speaker === undefined || speakerOf(kind) === speaker);
  return {
    hour: { $gte: fromDay, $lt: dayAfter(toDay, 1) },
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
  const { family, fromDay, toDay, keys, speaker, minutes = true } = query;
  const found = await days
    .find(
      {
        family,
        day: { $gte: fromDay, $lte: toDay },
        ...inSight(query),
        ...among({ key: keys, speaker: speaker === undefined ? undefined : [speaker] }),
      },
      { ...(minutes ? {} : { projection: { minutes: 0 } }), ...wholeBatch },
    )
    .toArray();
  return found.map(parseDayDocument);
}

export async function readCellDocuments(
  { cells }: RollupCollections,
  query: FactPeriod & ItemFilter,
): Promise<Cell[]> {
  return (await cells.find(itemFilter(query), wholeBatch).toArray()).map(parseCellDocument);
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
 * By windows of days, the newest first and each twice as long as the one before: a page is mostly full after the first one, and a
 * compatible server, which sorts what it has found, sorts no more than that.
 */
export async function listItemDocuments(
  { items }: RollupCollections,
  query: Asked<'listItems'>,
): Promise<Page<ItemFact>> {
  const { fromDay, cursor, limit } = query;
  const after = cursor === null ? null : parseCursor(cursor, Cursor);
  const found: ItemFactDocument[] = [];
  const earlier = (a: string, b: string) => (a < b ? a : b);
  let toDay = after === null ? query.toDay : earlier(query.toDay, after[0].slice(0, 10));
  for (let days = 1; toDay >= fromDay && found.length <= limit; days *= 2) {
    const start = [fromDay, dayBefore(toDay, days - 1)].toSorted().at(-1) ?? fromDay;
    const window = { ...query, fromDay: start, toDay };
    const listing = { filter: itemFilter(window), by: 'hour', after };
    found.push(...(await findNewest(items, listing, limit + 1 - found.length)));
    toDay = dayBefore(start, 1);
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
