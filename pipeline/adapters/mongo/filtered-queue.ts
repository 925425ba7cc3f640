import type { Filter, Sort } from 'mongodb';
import type { Case } from '../../domain/case.ts';
import { type CaseSort, tagGroups } from '../../domain/case-filter.ts';
import type { FacetCounts, FilteredQuery, WordsFilter } from '../../ports/desk-store.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import {
  type CaseKey,
  deadlineBounds,
  mergeKeys,
  mostCounted,
  mostTexts,
  type OrderKey,
  pageOfKeys,
  parseOrder,
} from '../queue-order.ts';
import { type CaseCollections, type CaseDocument, parseCaseDocument } from './case-documents.ts';
import { holdsAll } from './fresh-entries.ts';
import { wholeBatch } from './post-documents.ts';
import { indexTokens } from './search.ts';

type Match = Filter<CaseDocument>;

const sorts: Record<CaseSort, Sort> = {
  risk: { lifeSafety: -1, riskScore: -1, openedAt: 1, _id: 1 },
  oldest: { openedAt: 1, _id: 1 },
  newest: { openedAt: -1, _id: -1 },
  deadline: { deadline: 1, _id: 1 },
};

function afterRisk([lifeAfter, riskAfter, openedAt, id]: OrderKey): Match {
  const lifeSafety = lifeAfter === 0;
  const riskScore = -Number(riskAfter);
  const at = String(openedAt);
  return {
    $or: [
      ...(lifeSafety ? [{ lifeSafety: false }] : []),
      { lifeSafety, riskScore: { $lt: riskScore } },
      { lifeSafety, riskScore, openedAt: { $gt: at } },
      { lifeSafety, riskScore, openedAt: at, _id: { $gt: String(id) } },
    ],
  };
}

function afterKey(sort: CaseSort, after: OrderKey | null): Match[] {
  if (after === null) return [];
  if (sort === 'risk') return [afterRisk(after)];
  const [at, id] = [String(after[0]), String(after[1])];
  if (sort === 'deadline') return [{ $or: [{ deadline: { $gt: at } }, { deadline: at, _id: { $gt: id } }] }];
  const further = sort === 'newest' ? ('$lt' as const) : ('$gt' as const);
  return [
    { $or: [{ openedAt: { [further]: at } }, { openedAt: at, _id: { [further]: id } }] } as unknown as Match,
  ];
}

/** What is no tag. */
function restOf(query: FilteredQuery, sort: CaseSort): Match[] {
  const { filter, reader } = query;
  const { openedFrom, openedTo, held } = filter;
  const bounds = deadlineBounds(sort, query);
  return [
    ...(openedFrom === undefined ? [] : [{ openedAt: { $gte: openedFrom } }]),
    ...(openedTo === undefined ? [] : [{ openedAt: { $lt: openedTo } }]),
    ...(held === 'nobody' ? [{ $or: [{ claim: null }, { 'claim.expiresAt': { $lte: reader.now } }] }] : []),
    ...(bounds === null ? [] : [{ deadline: { $gt: '', $gte: bounds.from, $lt: bounds.to } }]),
  ];
}

const keyFields = { lifeSafety: 1, riskScore: 1, openedAt: 1, deadline: 1 } as const;

function toKey({ _id, lifeSafety, riskScore, openedAt, deadline }: CaseDocument): CaseKey {
  return { id: _id, lifeSafety, riskScore, openedAt, deadline: deadline ?? null };
}

/** In order, at most `limit` of them. */
async function findKeys(
  at: CaseCollections,
  query: FilteredQuery,
  { sort, after, limit }: { sort: CaseSort; after: OrderKey | null; limit: number },
): Promise<CaseKey[]> {
  const candidates = await findCandidates(at, query);
  const groups = tagGroups(query.filter);
  // Read along the most telling of what is asked for, or else along the whole queue.
  const drives = candidates === null && sort !== 'deadline' ? groups.slice(0, 1) : [];
  const others = groups.slice(drives.length);
  const conditions: Match[] = [
    ...others.map((group) => ({ tags: { $in: group } })),
    ...restOf(query, sort),
    ...afterKey(sort, after),
    ...(candidates === null ? [] : [{ _id: { $in: candidates } }]),
  ];
  const read = (state: CaseDocument['state'], tag: string | null) =>
    at.cases
      .find(
        {
          ...(tag === null ? {} : { tags: tag }),
          queues: query.queue,
          state,
          accessClass: { $in: [...query.accessClasses] },
          ...(conditions.length === 0 ? {} : { $and: conditions }),
        },
        { projection: keyFields, ...wholeBatch },
      )
      .sort(sorts[sort])
      .limit(limit)
      .toArray();
  const tags = drives[0] ?? [null];
  const found = await Promise.all(query.states.flatMap((state) => tags.map((tag) => read(state, tag))));
  return mergeKeys(sort, found.flat().map(toKey)).slice(0, limit);
}

async function caseIdsOf(at: CaseCollections, postIds: readonly string[]): Promise<string[]> {
  if (postIds.length === 0) return [];
  const found = await at.cases
    .find({ postIds: { $in: [...postIds] } }, { projection: { _id: 1 }, ...wholeBatch })
    .toArray();
  return found.map(({ _id }) => _id);
}

async function findMine(at: CaseCollections, { reader }: FilteredQuery): Promise<string[]> {
  const mine = { 'claim.actorId': reader.actorId, 'claim.expiresAt': { $gt: reader.now } };
  const found = await at.cases.find(mine, { projection: { _id: 1 } }).toArray();
  return found.map(({ _id }) => _id);
}

async function findDeleted(at: CaseCollections): Promise<string[]> {
  const gone = await at.posts
    .find({ marks: 'source-deleted' }, { projection: { _id: 1 }, ...wholeBatch })
    .sort({ gatheredAt: -1, _id: -1 })
    .limit(mostTexts)
    .toArray();
  return caseIdsOf(
    at,
    gone.map(({ _id }) => _id),
  );
}

async function findByWords(
  at: CaseCollections,
  { words, accessClasses }: WordsFilter,
  now: string,
): Promise<string[]> {
  const tokens = indexTokens(words);
  if (tokens.length === 0) return [];
  const hits = await at.index
    .find(
      {
        accessClass: { $in: [...accessClasses] },
        $and: [holdsAll(tokens), { $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] }],
      },
      { projection: { _id: 1 }, ...wholeBatch },
    )
    .sort({ sortAt: -1, _id: -1 })
    .limit(mostTexts)
    .toArray();
  return caseIdsOf(
    at,
    hits.map(({ _id }) => _id),
  );
}

/** Cases that something else than a tag leads to; null where nothing of the kind is asked for. */
async function findCandidates(at: CaseCollections, query: FilteredQuery): Promise<string[] | null> {
  const sets: string[][] = [];
  if (query.filter.held === 'me') sets.push(await findMine(at, query));
  if (query.filter.deleted === true) sets.push(await findDeleted(at));
  if (query.words !== null) sets.push(await findByWords(at, query.words, query.reader.now));
  const [one, ...others] = sets;
  if (one === undefined) return null;
  const inAll = others.map((set) => new Set(set));
  return one.filter((id) => inAll.every((set) => set.has(id)));
}

export async function listFilteredDocuments(
  at: CaseCollections,
  query: FilteredQuery & PageRequest & { sort: CaseSort },
): Promise<Page<Case>> {
  const { sort, limit } = query;
  const keys = await findKeys(at, query, { sort, after: parseOrder(sort, query.cursor), limit: limit + 1 });
  const { items: ids, nextCursor } = pageOfKeys(sort, keys, query);
  const found = await at.cases.find({ _id: { $in: ids } }, wholeBatch).toArray();
  const byId = new Map(found.map((document) => [document._id, document]));
  const items = ids.flatMap((id) => {
    const document = byId.get(id);
    return document === undefined ? [] : [parseCaseDocument(document)];
  });
  return { items, nextCursor };
}

export async function countFacetDocuments(at: CaseCollections, query: FilteredQuery): Promise<FacetCounts> {
  const keys = await findKeys(at, query, { sort: 'oldest', after: null, limit: mostCounted + 1 });
  const counted = keys.slice(0, mostCounted).map(({ id }) => id);
  const rows = await at.cases
    .aggregate<{ _id: string; n: number }>([
      { $match: { _id: { $in: counted } } },
      { $project: { tags: 1 } },
      { $unwind: '$tags' },
      { $group: { _id: '$tags', n: { $sum: 1 } } },
    ])
    .toArray();
  return {
    total: counted.length,
    complete: keys.length <= mostCounted,
    counts: Object.fromEntries(rows.map(({ _id, n }) => [_id, n])),
  };
}

/** By post: the newest that may be seen. */
export async function findNewestCaseDocuments(
  at: CaseCollections,
  postIds: readonly string[],
  accessClasses: readonly string[],
): Promise<Map<string, Case>> {
  const found = await at.cases
    .find({ postIds: { $in: [...postIds] } }, wholeBatch)
    .sort({ openedAt: 1, _id: 1 })
    .toArray();
  const newest = new Map<string, Case>();
  for (const document of found) {
    const one = parseCaseDocument(document);
    for (const postId of one.postIds) if (postIds.includes(postId)) newest.set(postId, one);
  }
  // The newest decides: an older one behind it would tell that there is one that is not for these eyes.
  return new Map([...newest].filter(([, one]) => accessClasses.includes(one.accessClass)));
}
