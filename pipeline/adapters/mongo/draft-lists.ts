import type { Filter } from 'mongodb';
import type { Draft } from '../../domain/draft.ts';
import { type DraftFilter, draftFilters } from '../../domain/draft-filter.ts';
import type { DraftMover } from '../../domain/draft-steps.ts';
import type { DraftQuery, DraftSight, DraftStore, SealedDrafts } from '../../ports/draft-store.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { DraftCursor, draftOrder, filterStates, isListed, placeOf, waitsForMover } from '../draft-record.ts';
import { type DraftCollections, type DraftDocument, parseDraftDocument } from './draft-documents.ts';

type Condition = Filter<DraftDocument>;
type Asked = { mover: DraftMover; now: string };
const nothing: Condition = { _id: { $in: [] } };

/** What waits is looked up by its keys, for each of those whose place somebody takes. */
function toReview(mover: DraftMover): Condition {
  const { held, signed } = waitsForMover(mover);
  const holders = [...new Set(held.map(({ holder }) => holder))];
  const ways: Condition[] = holders.map((holder) => ({
    waits: { $in: held.filter((one) => one.holder === holder).map(({ key }) => key) },
    involved: { $nin: [mover.id, holder] },
  }));
  const all = signed.length === 0 ? ways : [...ways, { waits: { $in: signed } }];
  return all.length === 0 ? nothing : { $or: all };
}

function conditionOf(filter: DraftFilter, { mover, now }: Asked): Condition {
  switch (filter) {
    case 'mine':
      return { writers: mover.id };
    case 'to-review':
      return toReview(mover);
    case 'late':
      return { lateBy: { $gt: '' } };
    case 'unconfirmed':
      return { confirmBy: { $gt: '' } };
    case 'take-down':
      return { takeDownAt: { $gt: '', $lte: now } };
    case 'all':
      return {};
    default:
      return { state: { $in: [...filterStates[filter]] } };
  }
}

function inSight({ units, personIds }: DraftSight): Condition {
  if (units === 'all') return {};
  return { $or: [{ unitId: { $in: [...units] } }, { named: { $in: [...personIds] } }] };
}

const fields = {
  changed: 'changedAt',
  late: 'lateBy',
  confirm: 'confirmBy',
  'take-down': 'takeDownAt',
} as const;

/** In an expression, what was typed stands for itself. */
const escapePattern = (words: string) => words.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function saying(words: string | null): Condition {
  const said = words?.trim() ?? '';
  return said === ''
    ? {}
    : { $or: [{ title: { $regex: escapePattern(said), $options: 'i' } }, { number: said }] };
}

export async function listDrafts(at: DraftCollections, query: DraftQuery): Promise<Page<Draft>> {
  const { by, latestFirst } = draftOrder[query.filter];
  const name = fields[by];
  const [than, order] = latestFirst ? (['$lt', -1] as const) : (['$gt', 1] as const);
  const after = query.cursor === null ? null : parseCursor(query.cursor, DraftCursor);
  const beyond: Condition =
    after === null
      ? {}
      : { $or: [{ [name]: { [than]: after[0] } }, { [name]: after[0], _id: { [than]: after[1] } }] };
  const asked = [conditionOf(query.filter, query), inSight(query), saying(query.words), beyond];
  const rows = await at.drafts
    .find({ $and: asked })
    .sort({ [name]: order, _id: order })
    .limit(query.limit + 1)
    .toArray();
  const found = rows.slice(0, query.limit).map(parseDraftDocument);
  const last = found.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  return {
    items: found.filter((draft) => isListed(draft, query.filter, query.mover)),
    nextCursor: more ? encodeCursor(placeOf(last, query.filter)) : null,
  };
}

/** One question a filter: each has its own index. */
export async function countDrafts(
  at: DraftCollections,
  asked: Parameters<DraftStore['count']>[0],
): Promise<Record<DraftFilter, number>> {
  const counts = draftFilters.map(async (filter) => {
    const found = await at.drafts.countDocuments({ $and: [conditionOf(filter, asked), inSight(asked)] });
    return [filter, found] as const;
  });
  return Object.fromEntries(await Promise.all(counts)) as Record<DraftFilter, number>;
}

export async function findInSight(
  at: DraftCollections,
  filter: { _id: string } | { number: string },
  sight: DraftSight,
): Promise<Draft | null> {
  const found = await at.drafts.findOne({ $and: [filter, inSight(sight)] });
  return found === null ? null : parseDraftDocument(found);
}

export async function listSealed(
  at: DraftCollections,
  { channelId, changedSince, cursor, limit }: Parameters<SealedDrafts['listSealed']>[0],
): Promise<Page<Draft>> {
  const [changedAt, id] = cursor === null ? [changedSince ?? '', ''] : parseCursor(cursor, DraftCursor);
  const beyond = { $or: [{ changedAt: { $gt: changedAt } }, { changedAt, _id: { $gt: id } }] };
  const ofChannel = channelId === null ? {} : { channels: channelId };
  const rows = await at.drafts
    .find({ $and: [{ sealed: true }, ofChannel, beyond] })
    .sort({ changedAt: 1, _id: 1 })
    .limit(limit + 1)
    .toArray();
  const items = rows.slice(0, limit).map(parseDraftDocument);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.changedAt, last.id]) : null };
}
