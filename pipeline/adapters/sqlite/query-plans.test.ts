import { expect, it } from 'vitest';
import type { ItemFact } from '../../domain/item-fact.ts';
import { buildRollupChange } from '../../domain/rollup.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';
import { openDeskStore } from './desk-store.ts';
import { openDraftStore } from './draft-store.ts';
import { openLeadStore } from './lead-store.ts';
import { openLedgerStore } from './ledger-store.ts';
import { writeFact } from './rollup-rows.ts';
import { openRollupStore } from './rollup-store.ts';
import { writeRollupChange } from './rollup-sums.ts';
import { openStandInStore } from './stand-in-store.ts';

/** The one item of the database: whatever is asked for finds it. */
const fact: ItemFact = {
  ...{ postId: 'post', hour: '2026-11-20T10', channelId: 'weibo', kind: 'comment', accessClass: 'open' },
  ...{ unitId: 'library', categories: ['fraud'], service: { kind: 'complaint', topic: 'canteen' } },
  ...{ tone: 'negative', level: 'low' },
};
function storeFact(db: SqliteDatabase): void {
  const after = { kind: 'item', fact } as const;
  writeFact(db, after, 1);
  writeRollupChange(db, buildRollupChange([{ before: null, after }]));
}

const at = '2026-11-22T00:00:00.000Z';
const page = { accessClasses: ['open'], cursor: null, limit: 5 } as const;

const queue = {
  queue: 'review',
  states: ['open'],
  filter: {},
  words: null,
  cursor: null,
  limit: 5,
  accessClasses: ['open'],
  reader: { actorId: 'user-1', now: at },
} as const;
const ofCanteen = { ...queue, filter: { topics: ['canteen' as const] } };

const head = {
  id: 'user-1',
  student: false,
  appointments: [{ role: 'unit-head', unitId: 'library', onBehalfOf: null }],
} as const;
const drafts = {
  mover: head,
  now: at,
  words: null,
  cursor: null,
  limit: 5,
  units: 'all',
  personIds: [],
} as const;

const period = { fromDay: '2026-11-01', toDay: '2026-11-30', accessClasses: ['open'] } as const;
const items = { ...period, ...page };

/** What a store asks, and by what index: the very statements, not copies of them. */
it.each<[string, (db: SqliteDatabase) => Promise<unknown>, string]>([
  ['leads, newest first', (db) => openLeadStore(db).list(page), 'posts_lead ('],
  [
    'leads of one number',
    (db) => openLeadStore(db).list({ ...page, documentKey: '教办2026第8号' }),
    'posts_lead_number',
  ],
  ['leads of a year', (db) => openLeadStore(db).countYear(2026, ['open']), 'posts_lead ('],
  [
    'whom somebody stands in for',
    (db) => openStandInStore(db).listActive('user-1', at),
    'stand_ins_received (stand_in_id=? AND ends_at>?',
  ],
  [
    'a queue, riskiest first',
    (db) => openDeskStore(db).listFiltered({ ...queue, sort: 'risk' }),
    'case_tags_risk (tag=? AND state=? AND (life_after,risk_after,opened_at,case_id)>(',
  ],
  [
    'a filtered queue, newest first',
    (db) => openDeskStore(db).listFiltered({ ...ofCanteen, sort: 'newest' }),
    'case_tags_opened (tag=? AND state=? AND (opened_at,case_id)<(',
  ],
  [
    'what has a deadline',
    (db) => openDeskStore(db).listFiltered({ ...ofCanteen, sort: 'deadline' }),
    'case_queues_due (queue=? AND (deadline,case_id)>(',
  ],
  [
    'praise and noise by day',
    (db) => openDeskStore(db).countPassed({ fromDay: '2026-11-20', accessClasses: ['open'] }),
    'COVERING INDEX posts_passed (passed=? AND bucket_hour>',
  ],
  [
    'praise and noise, newest first',
    (db) => openDeskStore(db).listPassed({ ...page, passedAs: 'noise' }),
    'posts_passed_newest (passed=?',
  ],
  [
    'lists of a channel with many articles',
    (db) => openLedgerStore(db).listStaleLists('main', at, 5),
    'role_rank=?',
  ],
  [
    'open gaps of a channel',
    (db) => openLedgerStore(db).listGaps('main', 'open', 5),
    'gaps_open (channel_id=?',
  ],
  [
    'filled gaps of a channel',
    (db) => openLedgerStore(db).listGaps('main', 'filled', 5),
    'gaps_channel (channel_id=?',
  ],
  [
    'drafts that wait for somebody',
    (db) => openDraftStore(db).list({ ...drafts, filter: 'to-review' }),
    'sqlite_autoindex_drafts_1 (id=?)',
  ],
  [
    'drafts that have to be taken down',
    (db) => openDraftStore(db).list({ ...drafts, filter: 'take-down' }),
    'drafts_take_down (',
  ],
  [
    'what is or was sealed, since a time',
    (db) => openDraftStore(db).listSealed({ channelId: null, changedSince: at, cursor: null, limit: 5 }),
    'drafts_sealed ((changed_at,id)>(',
  ],
  [
    'figures of some days',
    (db) => openRollupStore(db).readDays({ ...period, family: 'unit', keys: ['library'] }),
    'sqlite_autoindex_rollup_days_1 (family=? AND day>? AND day<?)',
  ],
  [
    'cubes of some days',
    (db) => openRollupStore(db).readCubes({ ...period, plane: 'whole', hours: true }),
    'sqlite_autoindex_rollup_cubes_1 (plane=? AND day>? AND day<?)',
  ],
  ['items of some days', (db) => openRollupStore(db).listItems(items), 'item_facts_hour (hour=?)'],
  [
    'items of a channel',
    (db) => openRollupStore(db).listItems({ ...items, channelIds: ['weibo'] }),
    'item_facts_channel (channel_id=? AND hour=?)',
  ],
  [
    'items of a unit',
    (db) => openRollupStore(db).listItems({ ...items, unitIds: ['library'], tones: ['negative'] }),
    'item_facts_unit (unit_id=? AND hour=?)',
  ],
  [
    'items of a topic',
    (db) => openRollupStore(db).listItems({ ...items, topics: ['canteen'], unitIds: ['library'] }),
    'item_facts_topic (topic=? AND hour=?)',
  ],
  [
    'items of a category',
    (db) => openRollupStore(db).listItems({ ...items, categories: ['fraud'] }),
    'item_facts_found (hour=?)',
  ],
  [
    'cases decided in some days',
    (db) => openRollupStore(db).listCases({ ...items, moment: 'decided' }),
    'case_facts_decided (decided_at>? AND decided_at<?)',
  ],
  [
    'cases that wait',
    (db) => openRollupStore(db).listCases({ ...items, moment: 'undecided-now' }),
    'case_facts_undecided (opened_at<?)',
  ],
  [
    'slips answered in some days',
    (db) => openRollupStore(db).listHandovers({ ...items, moment: 'answered' }),
    'handover_facts_answered (answered_at>? AND answered_at<?)',
  ],
  [
    'slips with their units',
    (db) => openRollupStore(db).listHandovers({ ...items, moment: 'with-unit-now' }),
    'handover_facts_open (sent_at<?)',
  ],
])('%s are found without reading all others', async (_name, ask, index) => {
  const asked: string[] = [];
  const db = openDatabase(':memory:', { onStatement: (sql) => asked.push(sql) });
  storeFact(db);
  asked.length = 0;
  await ask(db);
  // Pages of items first ask the cubes for their hours, which stand above as a question of their own.
  const own = asked.filter((sql) => asked.length === 1 || !sql.includes('FROM rollup_cubes'));
  expect(own).toHaveLength(1);
  const steps = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${own[0]}`).all();
  expect(steps[0]?.detail).toContain(index);
  // In the order of an index: no page is sorted out of all that fits. Of items only the hours of the page are asked for.
  if (/(case|handover)_facts_/.test(index))
    expect(steps.map(({ detail }) => detail).join()).not.toContain('TEMP B-TREE');
  db.close();
});
