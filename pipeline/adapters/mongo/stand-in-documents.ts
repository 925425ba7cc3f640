import type { Collection, Db, Filter, FindOptions } from 'mongodb';
import { StandIn } from '../../domain/stand-in.ts';
import { type CollectionSpec, field } from './schema.ts';

export type StandInDocument = Omit<StandIn, 'id'> & { _id: string };
export type StandIns = Collection<StandInDocument>;

export function standInCollection(db: Db): StandIns {
  return db.collection('stand_ins');
}

export function toStandInDocument({ id, ...fields }: StandIn): StandInDocument {
  return { _id: id, ...fields };
}

export function parseStandInDocument({ _id, ...fields }: StandInDocument): StandIn {
  return StandIn.parse({ id: _id, ...fields });
}

export async function findStandIns(
  at: StandIns,
  filter: Filter<StandInDocument>,
  options: FindOptions = {},
): Promise<StandIn[]> {
  return (await at.find(filter, options).toArray()).map(parseStandInDocument);
}

/** Given and received by any of these, those that are not over. */
export function findOpenOf(
  at: StandIns,
  personIds: readonly string[],
  now: string,
  options: FindOptions,
): Promise<StandIn[]> {
  const theirs = { $in: [...personIds] };
  const either = [
    { absentId: theirs, endsAt: { $gt: now } },
    { standInId: theirs, endsAt: { $gt: now } },
  ];
  return findStandIns(at, { $or: either }, options);
}

export const standInSpecs: readonly CollectionSpec[] = [
  {
    name: 'stand_ins',
    fields: {
      version: field.number,
      absentId: field.text,
      standInId: field.text,
      roles: field.texts,
      from: field.text,
      until: field.text,
      startsAt: field.text,
      endsAt: field.text,
      reason: field.text,
      madeBy: field.text,
      madeAt: field.text,
      endedAt: field.textOrNull,
      endedBy: field.textOrNull,
    },
    indexes: [
      {
        key: { standInId: 1, endsAt: 1 },
        since: '2026-11-23',
        reason: 'asked at every request: whom a person stands in for',
      },
      { key: { absentId: 1, endsAt: 1 }, since: '2026-11-23', reason: 'who stands in for a person' },
      { key: { endsAt: 1, _id: 1 }, since: '2026-11-23', reason: 'the list, the last to end first' },
    ],
  },
];
