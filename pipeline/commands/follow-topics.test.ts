import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildGathered, buildVerdict } from '../../test/builders/post.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openCaseStore } from '../adapters/sqlite/case-store.ts';
import { openDatabase, type SqliteDatabase } from '../adapters/sqlite/database.ts';
import { openPostStore } from '../adapters/sqlite/post-store.ts';
import { openRollupStore } from '../adapters/sqlite/rollup-store.ts';
import { openTopicStore } from '../adapters/sqlite/topic-store.ts';
import type { ReadText } from './count-phrases.ts';
import { openTopicFollower } from './follow-topics.ts';
import { measurePhrases, tidyTopics } from './keep-topics.ts';

let db: SqliteDatabase;
let clock: FakeClock;
let reads: string[];
beforeEach(() => {
  db = openDatabase(':memory:');
  clock = new FakeClock();
  reads = [];
});
afterEach(() => db.close());

/** Words stand between blanks: what segmenting does is tested where it is done. */
const read = (text: string): ReadText => ({ phrases: text.split(' '), copies: null });
const readPhrases = async (texts: readonly string[]) => {
  reads.push(...texts);
  return texts.map(read);
};

function openScene() {
  const posts = openPostStore(db, clock);
  const rollups = openRollupStore(db);
  const topics = openTopicStore(db);
  const ports = {
    stores: { topics, rollups },
    clock,
    readPhrases,
    countPhrases: async () => ({ items: 1, phrases: new Map() }),
  };
  const say = async (externalId: string, text: string, accessClass: 'open' | 'victim' = 'open') => {
    const post = buildGathered({ externalId, kind: 'comment', title: '', text, publishedAt: clock.now() });
    await posts.storePosts([{ post, snapshotHash: null }], clock.now());
    const { textVersion = 1 } = (await posts.findPost(`main-site:comment:${externalId}`)) ?? {};
    const judged = {
      postId: `main-site:comment:${externalId}`,
      textVersion,
      tokens: [],
      caseId: clock.newId(),
    };
    await posts.storeJudgements([{ ...judged, verdict: buildVerdict({ accessClass }) }], clock.now());
    while ((await rollups.refresh(100)) > 0);
    clock.advance(60_000);
  };
  const since = { lastItemFrom: '2000-01-01T00:00:00.000Z' };
  return { ports, say, topics, list: () => topics.listTopics(since), cases: openCaseStore(db, clock) };
}

it('finds a topic in what comes in, reads each text once, and does nothing twice', async () => {
  const { ports, say, list } = openScene();
  const follow = openTopicFollower(ports);
  for (const n of [1, 2]) await say(`w${n}`, `停水 七号楼 别的${n}`);
  expect(await follow()).toBe(2);
  expect(await list()).toEqual([]);
  await say('w3', '停水 七号楼 又来');
  expect(await follow()).toBe(1);
  expect(await list()).toMatchObject([{ units: 3, state: 'active' }]);
  expect(reads).toHaveLength(3);
  expect(await follow()).toBe(0);
});

it('goes on after a restart, and two at once do it once', async () => {
  const { ports, say, list, topics } = openScene();
  for (const n of [1, 2]) await say(`w${n}`, `停水 七号楼 别的${n}`);
  await openTopicFollower(ports)();
  await say('w3', '停水 七号楼 又来');
  await Promise.all([openTopicFollower(ports)(), openTopicFollower(ports)()]);
  await openTopicFollower(ports)();
  const [topic, ...more] = await list();
  expect(more).toEqual([]);
  expect(topic).toMatchObject({ units: 3 });
  expect((await topics.listMembers(topic?.id ?? '', { cursor: null, limit: 10 })).items).toHaveLength(3);
});

it('what becomes another class leaves its topic, and its words with it', async () => {
  const { ports, say, list, topics } = openScene();
  const follow = openTopicFollower(ports);
  for (const n of [1, 2, 3]) await say(`w${n}`, `停水 七号楼 别的${n}`);
  await follow();
  await say('w3', '停水 七号楼 有人的电话', 'victim');
  await follow();
  const [topic] = await list();
  expect(topic).toMatchObject({ units: 2, phrases: [] });
  expect(await topics.findMembers({ postIds: ['main-site:comment:w3'] })).toEqual([]);
});

it('gets quiet, ends, and loses the words of what was erased before it was settled', async () => {
  const { ports, say, list } = openScene();
  for (const n of [1, 2, 3]) await say(`w${n}`, `停水 七号楼 别的${n}`);
  await openTopicFollower(ports)();
  db.prepare("UPDATE post_texts SET expires_at = ? WHERE post_id = 'main-site:comment:w1'").run(clock.now());
  clock.advance(6 * 86_400_000);
  expect(await tidyTopics(ports)).toBe(true);
  expect(await tidyTopics(ports)).toBe(false);
  expect(await list()).toMatchObject([{ state: 'quiet', phrases: [], name: '话题' }]);
  clock.advance(30 * 86_400_000);
  await tidyTopics(ports);
  expect(await list()).toMatchObject([{ state: 'ended' }]);
});

it('counts what is usual once a day', async () => {
  const { ports } = openScene();
  expect(await measurePhrases(ports)).toBe(1);
  expect(await measurePhrases(ports)).toBeNull();
  clock.advance(86_400_000);
  expect(await measurePhrases(ports)).toBe(2);
});

it('counts what is usual as soon as there is something, not a day after there was nothing', async () => {
  const { ports } = openScene();
  const empty = { ...ports, countPhrases: async () => ({ items: 0, phrases: new Map<string, number>() }) };
  expect(await measurePhrases(empty)).toBeNull();
  clock.advance(60_000);
  expect(await measurePhrases(ports)).toBe(1);
});
