import { type ClientSession, type Collection, type Db, ObjectId } from 'mongodb';
import type { Case } from '../../domain/case.ts';
import type { Fact } from '../../domain/rollup.ts';
import { type CollectionSpec, field } from './schema.ts';

/** What waits to be counted: whose fact may be another one now. `_id`s rise with time. */
interface ChangeDocument {
  _id: string;
  kind: Fact['kind'];
  subject: string;
}

export interface ChangeCollections {
  changes: Collection<ChangeDocument>;
}

export function changeCollections(db: Db): ChangeCollections {
  return { changes: db.collection('fact_changes') };
}

export const changeSpecs: readonly CollectionSpec[] = [
  { name: 'fact_changes', fields: { kind: field.text, subject: field.text }, indexes: [] },
];

/** Ids of posts, cases and slips. A case stands for its slips too, and a post for the cases that were opened on it. */
export interface Changed {
  items?: Iterable<string>;
  cases?: Iterable<string>;
  handovers?: Iterable<string>;
}

/**
 * In the transaction that makes the change, so that none is lost; one round trip. Each is a document of its own: whoever counts
 * takes away just those that were seen, and no writer ever waits for another here.
 */
export async function noteChanges(
  { changes }: ChangeCollections,
  session: ClientSession | null,
  { items = [], cases = [], handovers = [] }: Changed,
): Promise<void> {
  const of = (kind: Fact['kind'], ids: Iterable<string>) =>
    [...new Set(ids)].map((subject) => ({ _id: new ObjectId().toHexString(), kind, subject }));
  const noted = [...of('item', items), ...of('case', cases), ...of('handover', handovers)];
  if (noted.length > 0) await changes.insertMany(noted, session === null ? {} : { session });
}

/**
 * Whose facts move with a case: its own, and those of posts that it takes in, lets go, or takes along to another unit or class.
 * @param before null: it is new @param after null: it goes
 */
export function changedWithCase(
  before: Case | null,
  after: Case | null,
): { items: string[]; cases: string[] } {
  const was = before?.postIds ?? [];
  const is = after?.postIds ?? [];
  const along =
    before === null ||
    after === null ||
    before.unitId !== after.unitId ||
    before.accessClass !== after.accessClass;
  const moved = [...was.filter((id) => !is.includes(id)), ...is.filter((id) => !was.includes(id))];
  const one = after ?? before;
  return { items: along ? [...new Set([...was, ...is])] : moved, cases: one === null ? [] : [one.id] };
}
