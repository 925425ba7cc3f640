import type { Collection, Db } from 'mongodb';
import { LiveMatch, type MetItem } from '../../domain/live-match.ts';
import type { DueItem } from '../../ports/live-match-store.ts';
import { facetsOf, placeOf } from '../live-record.ts';
import { type CollectionSpec, field } from './schema.ts';

/** `_id` is the post's. */
export type LiveItemDocument = Omit<DueItem, 'postId'> & {
  _id: string;
  address: string | null;
  sortAt: string;
  dueAt: string | null;
};
/** The whole record, JSON, and what finds it. */
export type LiveMatchDocument = Omit<ReturnType<typeof facetsOf>, 'id'> & { _id: string; record: string };
interface CursorDocument {
  _id: string;
  changedAt: string;
}

export interface LiveCollections {
  liveItems: Collection<LiveItemDocument>;
  liveMatches: Collection<LiveMatchDocument>;
  liveCursor: Collection<CursorDocument>;
}

export function liveCollections(db: Db): LiveCollections {
  return {
    liveItems: db.collection('live_items'),
    liveMatches: db.collection('live_matches'),
    liveCursor: db.collection('live_cursor'),
  };
}

export const liveSpecs: readonly CollectionSpec[] = [
  {
    name: 'live_items',
    fields: {
      channelId: field.text,
      url: field.text,
      address: field.textOrNull,
      publishedAt: field.textOrNull,
      publishedPrecision: field.textOrNull,
      contentHash: field.text,
      images: { bsonType: ['array', 'null'] },
      metAt: field.text,
      sortAt: field.text,
      mark: field.number,
      dueAt: field.textOrNull,
    },
    indexes: [
      { key: { dueAt: 1, _id: 1 }, since: '2026-11-23', reason: 'what waits for a look' },
      { key: { channelId: 1, sortAt: 1 }, since: '2026-11-23', reason: 'what a draft may have become' },
      { key: { address: 1 }, since: '2026-11-23', reason: 'the address that an editor filled in' },
    ],
  },
  {
    name: 'live_matches',
    fields: {
      channelId: field.text,
      draftId: field.textOrNull,
      result: field.text,
      accessClass: field.accessClass,
      changedAt: field.text,
      open: field.boolean,
      expiresAt: field.text,
      record: field.text,
    },
    indexes: [
      { key: { changedAt: -1, _id: -1 }, since: '2026-11-23', reason: 'all, last changed first' },
      { key: { open: 1, changedAt: -1, _id: -1 }, since: '2026-11-23', reason: 'what asks for an answer' },
      { key: { draftId: 1 }, since: '2026-11-23', reason: 'those of a draft' },
      { key: { expiresAt: 1 }, since: '2026-11-23', reason: 'the purge' },
    ],
  },
  { name: 'live_cursor', fields: { changedAt: field.text }, indexes: [] },
];

export function parseLiveItem({
  _id,
  address: _a,
  sortAt: _s,
  dueAt: _d,
  ...fields
}: LiveItemDocument): DueItem {
  return { postId: _id, ...fields };
}

export function toLiveItem(item: MetItem, known: DueItem | null, at: string): LiveItemDocument {
  const { postId, ...fields } = item;
  const metAt = known?.metAt ?? at;
  return {
    ...{ _id: postId, ...fields, ...placeOf(item, metAt), metAt },
    ...{ mark: (known?.mark ?? 0) + 1, dueAt: at },
  };
}

export function parseLiveMatch({ record }: Pick<LiveMatchDocument, 'record'>): LiveMatch {
  return LiveMatch.parse(JSON.parse(record));
}

export function toLiveMatch(match: LiveMatch): LiveMatchDocument {
  const { id, ...facets } = facetsOf(match);
  return { _id: id, ...facets, record: JSON.stringify(match) };
}
