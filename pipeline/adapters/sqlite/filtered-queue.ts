import { z } from 'zod';
import type { Case } from '../../domain/case.ts';
import { type CaseSort, tagGroups, tagOf } from '../../domain/case-filter.ts';
import type { FacetCounts, FilteredQuery, WordsFilter } from '../../ports/desk-store.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import {
  type CaseKey,
  comesAfter,
  deadlineBounds,
  mergeKeys,
  mostCounted,
  mostTexts,
  type OrderKey,
  pageOfKeys,
  parseOrder,
} from '../queue-order.ts';
import { caseColumns, parseCase } from './case-rows.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { toMatch } from './search.ts';

const list = (values: readonly string[]) => JSON.stringify(values);

const KeyRow = z
  .object({
    id: z.string(),
    life: z.number(),
    risk: z.number(),
    openedAt: z.string(),
    deadline: z.string().nullable(),
  })
  .transform(({ life, risk, ...key }): CaseKey => ({ ...key, lifeSafety: life === 1, riskScore: risk }));

const keyColumns =
  'c.id, c.life_safety AS life, c.risk_score AS risk, c.opened_at AS openedAt, c.deadline AS deadline';

/** As many groups as a filter has, and one for the queue. */
const groupSlots = Array.from({ length: 11 }, (_, slot) => `g${slot}`);
const hasTags = groupSlots
  .map(
    (slot) => `AND (@${slot} IS NULL OR EXISTS (SELECT 1 FROM case_tags x WHERE x.case_id = c.id
      AND x.tag IN (SELECT value FROM json_each(@${slot}))))`,
  )
  .join(' ');

/** What is no tag. Every question is asked in full, so that there are few statements. */
const rest = `AND (@openedFrom IS NULL OR c.opened_at >= @openedFrom) AND (@openedTo IS NULL OR c.opened_at < @openedTo)
  AND (@free = 0 OR c.claim_expires_at IS NULL OR c.claim_expires_at <= @now)
  AND (@dueFrom IS NULL OR (c.deadline >= @dueFrom AND c.deadline < @dueTo))`;
const ofClass = 'access_class IN (SELECT value FROM json_each(@classes))';

const byRisk = '(t.life_after, t.risk_after, t.opened_at, t.case_id)';
const along: Record<CaseSort, string> = {
  risk: `FROM case_tags t INDEXED BY case_tags_risk CROSS JOIN cases c ON c.id = t.case_id
    WHERE t.tag = @tag AND t.state = @state AND t.${ofClass} AND ${byRisk} > (@k0, @k1, @k2, @k3)`,
  oldest: `FROM case_tags t INDEXED BY case_tags_opened CROSS JOIN cases c ON c.id = t.case_id
    WHERE t.tag = @tag AND t.state = @state AND t.${ofClass} AND (t.opened_at, t.case_id) > (@k0, @k1)`,
  newest: `FROM case_tags t INDEXED BY case_tags_opened CROSS JOIN cases c ON c.id = t.case_id
    WHERE t.tag = @tag AND t.state = @state AND t.${ofClass} AND (t.opened_at, t.case_id) < (@k0, @k1)`,
  deadline: `FROM case_queues t INDEXED BY case_queues_due CROSS JOIN cases c ON c.id = t.case_id
    WHERE t.queue = @queue AND t.state = @state AND t.${ofClass} AND t.deadline IS NOT NULL
      AND (t.deadline, t.case_id) > (@k0, @k1)`,
};
const order: Record<CaseSort, string> = {
  risk: 'ORDER BY t.life_after, t.risk_after, t.opened_at, t.case_id',
  oldest: 'ORDER BY t.opened_at, t.case_id',
  newest: 'ORDER BY t.opened_at DESC, t.case_id DESC',
  deadline: 'ORDER BY t.deadline, t.case_id',
};
const first: Record<CaseSort, OrderKey> = {
  risk: [-1, -1e9, '', ''],
  oldest: ['', ''],
  newest: ['9', ''],
  deadline: ['', ''],
};

const among = `FROM json_each(@ids) i CROSS JOIN cases c ON c.id = i.value
  WHERE c.state IN (SELECT value FROM json_each(@states)) AND c.${ofClass}`;

function paramsOf(query: FilteredQuery, sort: CaseSort, after: OrderKey | null, groups: string[][]) {
  const { filter, reader } = query;
  const bounds = deadlineBounds(sort, query);
  const key = after ?? first[sort];
  return {
    ...Object.fromEntries(
      groupSlots.map((slot, index) => {
        const group = groups[index];
        return [slot, group === undefined ? null : list(group)];
      }),
    ),
    classes: list(query.accessClasses),
    openedFrom: filter.openedFrom ?? null,
    openedTo: filter.openedTo ?? null,
    free: filter.held === 'nobody' ? 1 : 0,
    now: reader.now,
    dueFrom: bounds?.from ?? null,
    dueTo: bounds?.to ?? null,
    queue: query.queue,
    ...{ k0: key[0] ?? '', k1: key[1] ?? '', k2: key[2] ?? '', k3: key[3] ?? '' },
  };
}

/** Only what a statement names may be given to it. */
function pick(sql: string, params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => new RegExp(`@${name}\\b`).test(sql)));
}

/** In order, at most `limit` of them. */
function findKeys(
  db: SqliteDatabase,
  query: FilteredQuery,
  { sort, after, limit }: { sort: CaseSort; after: OrderKey | null; limit: number },
): CaseKey[] {
  const groups = tagGroups(query.filter);
  const inQueue = [tagOf('queue', query.queue)];
  const ids = findCandidates(db, query);
  if (ids !== null) {
    const sql = `SELECT ${keyColumns} ${among} ${hasTags} ${rest}`;
    const params = { ...paramsOf(query, sort, after, [inQueue, ...groups]), states: list(query.states) };
    const rows = statement(db, sql).all(pick(sql, { ...params, ids: list(ids) }));
    const keys = mergeKeys(
      sort,
      rows.map((row) => KeyRow.parse(row)),
    );
    return keys.filter((key) => comesAfter(sort, key, after)).slice(0, limit);
  }
  // Read along the most telling of what is asked for, or else along the whole queue.
  const [driving = inQueue, ...others] = sort === 'deadline' ? [inQueue, ...groups] : groups;
  const params = paramsOf(query, sort, after, driving === inQueue ? others : [inQueue, ...others]);
  const sql = `SELECT ${keyColumns} ${along[sort]} ${hasTags} ${rest} ${order[sort]} LIMIT @limit`;
  const read = statement(db, sql);
  const found = query.states.flatMap((state) =>
    driving.flatMap((tag) =>
      read.all(pick(sql, { ...params, state, tag, limit })).map((row) => KeyRow.parse(row)),
    ),
  );
  return mergeKeys(sort, found).slice(0, limit);
}

type Find = (db: SqliteDatabase, query: FilteredQuery) => string[];

const ids = (rows: unknown[]) => rows.map((row) => z.object({ id: z.string() }).parse(row).id);

const findMine: Find = (db, { reader }) =>
  ids(
    statement(db, 'SELECT id FROM cases WHERE claim_actor = ? AND claim_expires_at > ?').all(
      reader.actorId,
      reader.now,
    ),
  );

const findDeleted: Find = (db) =>
  ids(
    statement(
      db,
      `SELECT DISTINCT m.case_id AS id FROM (SELECT id FROM posts WHERE instr(marks, '"source-deleted"') > 0
         ORDER BY seq DESC LIMIT ${mostTexts}) p JOIN case_posts m ON m.post_id = p.id`,
    ).all(),
  );

function findByWords(db: SqliteDatabase, { words, accessClasses }: WordsFilter, now: string): string[] {
  const match = toMatch(words);
  if (match === null) return [];
  return ids(
    statement(
      db,
      `SELECT DISTINCT m.case_id AS id FROM (
         SELECT rowid AS seq, access_class, expires_at FROM post_index WHERE post_index MATCH @match
           ORDER BY rowid DESC LIMIT ${mostTexts}) h
       JOIN posts p ON p.seq = h.seq JOIN case_posts m ON m.post_id = p.id
       WHERE h.access_class IN (SELECT value FROM json_each(@classes))
         AND (h.expires_at IS NULL OR h.expires_at > @now)`,
    ).all({ match, classes: list(accessClasses), now }),
  );
}

/** Cases that something else than a tag leads to; null where nothing of the kind is asked for. */
function findCandidates(db: SqliteDatabase, query: FilteredQuery): string[] | null {
  const sets: string[][] = [];
  if (query.filter.held === 'me') sets.push(findMine(db, query));
  if (query.filter.deleted === true) sets.push(findDeleted(db, query));
  if (query.words !== null) sets.push(findByWords(db, query.words, query.reader.now));
  const [one, ...others] = sets;
  if (one === undefined) return null;
  const inAll = others.map((set) => new Set(set));
  return one.filter((id) => inAll.every((set) => set.has(id)));
}

export function listFilteredCases(
  db: SqliteDatabase,
  query: FilteredQuery & PageRequest & { sort: CaseSort },
): Page<Case> {
  const { sort, limit } = query;
  const keys = findKeys(db, query, { sort, after: parseOrder(sort, query.cursor), limit: limit + 1 });
  const { items, nextCursor } = pageOfKeys(sort, keys, query);
  return { items: loadCases(db, items), nextCursor };
}

/** In the order of `caseIds`. */
function loadCases(db: SqliteDatabase, caseIds: readonly string[]): Case[] {
  if (caseIds.length === 0) return [];
  const sql = `SELECT ${caseColumns} FROM json_each(?) i CROSS JOIN cases c ON c.id = i.value ORDER BY i.key`;
  return statement(db, sql).all(list(caseIds)).map(parseCase);
}

const CountRow = z.object({ tag: z.string(), n: z.number() });

export function countFacetRows(db: SqliteDatabase, query: FilteredQuery): FacetCounts {
  const keys = findKeys(db, query, { sort: 'oldest', after: null, limit: mostCounted + 1 });
  const counted = keys.slice(0, mostCounted).map(({ id }) => id);
  const rows = statement(
    db,
    `SELECT t.tag, count(*) AS n FROM json_each(?) i CROSS JOIN case_tags t ON t.case_id = i.value GROUP BY t.tag`,
  )
    .all(list(counted))
    .map((row) => CountRow.parse(row));
  return {
    total: counted.length,
    complete: keys.length <= mostCounted,
    counts: Object.fromEntries(rows.map(({ tag, n }) => [tag, n])),
  };
}

/** By post: the newest that may be seen. */
export function findNewestCaseRows(
  db: SqliteDatabase,
  postIds: readonly string[],
  accessClasses: readonly string[],
): Map<string, Case> {
  const rows = statement<unknown[], { post_id: string }>(
    db,
    `SELECT m.post_id, ${caseColumns} FROM json_each(@posts) i CROSS JOIN case_posts m ON m.post_id = i.value
       JOIN cases c ON c.id = m.case_id ORDER BY c.opened_at, c.id`,
  ).all({ posts: list(postIds) });
  const newest = new Map(rows.map(({ post_id, ...row }) => [post_id, parseCase(row)]));
  // The newest decides: an older one behind it would tell that there is one that is not for these eyes.
  return new Map([...newest].filter(([, one]) => accessClasses.includes(one.accessClass)));
}
