import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { openDatabase, type SqliteDatabase } from '../pipeline/adapters/sqlite/database.ts';
import { openPostStore } from '../pipeline/adapters/sqlite/post-store.ts';
import { openRollupStore } from '../pipeline/adapters/sqlite/rollup-store.ts';
import { openTopicStore } from '../pipeline/adapters/sqlite/topic-store.ts';
import { findLiveTopic } from '../pipeline/commands/find-live-topic.ts';
import { openTopicFollower } from '../pipeline/commands/follow-topics.ts';
import { tidyTopics } from '../pipeline/commands/keep-topics.ts';
import { moveTopic, type TopicMove } from '../pipeline/commands/move-topic.ts';
import type { Topic } from '../pipeline/domain/topic.ts';
import { buildGathered, buildVerdict } from './builders/post.ts';
import { FakeClock } from './harness/fake-clock.ts';

let db: SqliteDatabase | undefined;
afterEach(() => db?.close());

const actor = { id: 'analyst' };
const everything = { lastItemFrom: '2000-01-01T00:00:00.000Z' };
const idOf = (externalId: string) => `main-site:comment:${externalId}`;

function openScene() {
  db?.close();
  db = openDatabase(':memory:');
  const clock = new FakeClock();
  const topics = openTopicStore(db);
  const rollups = openRollupStore(db);
  const posts = openPostStore(db, clock);
  const ports = {
    stores: { topics },
    clock,
    // Words stand between blanks; what is marked # tells copies.
    readPhrases: async (texts: readonly string[]) =>
      texts.map((text) => {
        const words = text.trim().split(/\s+/);
        const key = words.find((word) => word.startsWith('#'));
        const copies = key === undefined ? null : { exact: true, keys: [Number(key.slice(1))] };
        return { phrases: words.filter((word) => !word.startsWith('#')), copies };
      }),
    countPhrases: async () => ({ items: 0, phrases: new Map<string, number>() }),
  };
  const judge = async (postId: string, accessClass: 'open' | 'victim') => {
    const { textVersion = 1 } = (await posts.findPost(postId)) ?? {};
    const judged = { postId, textVersion, tokens: [], caseId: clock.newId() };
    await posts.storeJudgements([{ ...judged, verdict: buildVerdict({ accessClass }) }], clock.now());
    while ((await rollups.refresh(100)) > 0);
  };
  const say = async (externalId: string, text: string) => {
    const post = buildGathered({ externalId, kind: 'comment', title: '', text, publishedAt: clock.now() });
    await posts.storePosts([{ post, snapshotHash: null }], clock.now());
    await judge(idOf(externalId), 'open');
    clock.advance(60_000);
  };
  /** As another process would: nothing is remembered. */
  const follow = () => openTopicFollower(ports)();
  const list = () => topics.listTopics(everything);
  const move = async (topic: Topic, what: TopicMove) =>
    moveTopic({ topicId: topic.id, version: topic.version, reason: '核对过', move: what }, actor, ports);
  return { ...{ clock, topics, ports, say, judge, follow, list, move } };
}
type Scene = ReturnType<typeof openScene>;

const membersOf = async ({ topics }: Scene, id: string) =>
  (await topics.findMembers({ topicIds: [id], from: '' })).map(({ postId }) => postId).sort();
const live = async (scene: Scene) => (await scene.list()).filter(({ mergedInto }) => mergedInto === null);

async function openWaterTopic() {
  const scene = openScene();
  for (const n of [1, 2, 3, 4]) await scene.say(`w${n}`, `停水 七号楼 别的${n}`);
  for (const n of [5, 6, 7]) await scene.say(`w${n}`, `停水 七号楼 热水费`);
  await scene.follow();
  const [topic] = await scene.list();
  if (topic === undefined) throw new Error('no topic');
  return { scene, topic };
}
const feeItems = ['w5', 'w6', 'w7'].map(idOf);

it('a person splits a topic: the rest keeps id and name, both tell of it, and the words go along', async () => {
  const { scene, topic } = await openWaterTopic();
  expect(topic.phrases.map(({ phrase }) => phrase)).toContain('热水费');
  const { topic: left, begunId } = await scene.move(topic, {
    kind: 'split',
    name: '热水收费',
    postIds: feeItems,
  });
  expect(left).toMatchObject({ id: topic.id, units: 4, apartFrom: [begunId] });
  expect(left.phrases).toEqual(
    expect.arrayContaining([
      { phrase: '停水', items: 4 },
      { phrase: '七号楼', items: 4 },
    ]),
  );
  expect(left.phrases).toHaveLength(2);
  const begun = await scene.topics.findTopic(begunId ?? '');
  expect(begun).toMatchObject({ name: '热水收费', namedBy: 'person', splitFrom: topic.id, units: 3 });
  expect(begun?.phrases.find(({ phrase }) => phrase === '热水费')).toEqual({ phrase: '热水费', items: 3 });
  expect(await membersOf(scene, begunId ?? '')).toEqual(feeItems);
  for (const [id, kind] of [
    [topic.id, 'parted'],
    [begunId ?? '', 'split-off'],
  ] as const)
    expect((await scene.topics.listEvents(id)).at(-1)).toMatchObject({
      ...{ kind, actorId: 'analyst', reason: '核对过', items: 3 },
    });
});

it('copies go along, those of later too, and the machine never brings together what was parted', async () => {
  const scene = openScene();
  for (const n of [1, 2, 3]) await scene.say(`w${n}`, `停水 七号楼 别的${n}`);
  await scene.say('c1', '停水 七号楼 转发 #7');
  await scene.say('c2', '停水 七号楼 转发 #7');
  await scene.follow();
  const [topic] = await scene.list();
  if (topic === undefined) throw new Error('no topic');
  const { begunId } = await scene.move(topic, { kind: 'split', name: '转发', postIds: [idOf('c2')] });
  await scene.say('c3', '停水 七号楼 转发 #7');
  for (const n of [4, 5, 6, 7]) await scene.say(`w${n}`, `停水 七号楼 别的${n}`);
  await scene.follow();
  expect(await membersOf(scene, begunId ?? '')).toEqual(expect.arrayContaining(['c1', 'c2', 'c3'].map(idOf)));
  expect(await membersOf(scene, topic.id)).not.toEqual(expect.arrayContaining([idOf('c3')]));
  expect(await live(scene)).toHaveLength(2);
  const [old, begun] = [await findLiveTopic(topic.id, scene.ports.stores), begunId ?? ''];
  await scene.move(old, { kind: 'merge', intoId: begun });
  expect(await scene.topics.listBars([topic.id, begun])).toEqual([]);
  expect(await findLiveTopic(topic.id, scene.ports.stores)).toMatchObject({
    ...{ id: begun, apartFrom: [], isJoined: true },
  });
});

it('a merge brings the words along, and an item that is taken out takes its own away at once', async () => {
  const { scene, topic } = await openWaterTopic();
  for (const n of [1, 2, 3]) await scene.say(`g${n}`, `选课 系统 崩溃`);
  await scene.follow();
  const other = (await scene.list()).find(({ id }) => id !== topic.id);
  if (other === undefined) throw new Error('no second topic');
  await scene.move(other, { kind: 'merge', intoId: topic.id });
  const joined = await findLiveTopic(other.id, scene.ports.stores);
  expect(joined.phrases).toEqual(
    expect.arrayContaining([
      { phrase: '停水', items: 7 },
      { phrase: '选课', items: 3 },
    ]),
  );
  expect((await scene.topics.findTopic(other.id))?.phrases).toEqual([]);
  const { topic: left } = await scene.move(joined, { kind: 'remove-item', postId: idOf('g2') });
  expect(left.phrases.map(({ phrase }) => phrase)).not.toContain('选课');
  expect(left).toMatchObject({ units: 9 });
});

it('refuses a name that quotes, names an account, or tells of what is not of the topic', async () => {
  const { scene, topic } = await openWaterTopic();
  const long = '七号楼已经停水三天而没有任何人出来解释一下原因';
  await scene.say('w8', `停水 七号楼 ${long}`);
  await scene.follow();
  const now = await findLiveTopic(topic.id, scene.ports.stores);
  const split = (name: string, postIds = feeItems): TopicMove => ({ kind: 'split', name, postIds });
  for (const [move, field] of [
    [split('@某某同学'), 'move.name'],
    [split(long), 'move.name'],
    [{ kind: 'rename', name: long }, 'move.name'],
    [split('别的事', ['nowhere']), 'move.postIds'],
    [split('别的事', await membersOf(scene, topic.id)), 'move.postIds'],
  ] as const)
    await expect(scene.move(now, move)).rejects.toMatchObject({ field });
  expect(await live(scene)).toHaveLength(1);
});

/** Spoken of as one at first, then for days apart. */
async function openTwoMatters() {
  const scene = openScene();
  for (const n of [1, 2, 3, 4]) await scene.say(`b${n}`, '停水 七号楼 热水费 涨价');
  await scene.follow();
  const [topic, ...more] = await scene.list();
  if (topic === undefined || more.length > 0) throw new Error('not one topic');
  let said = 0;
  const speak = async (days: number) => {
    for (const until = said + days; said < until; said += 1) {
      scene.clock.advance(86_400_000);
      await scene.say(`w${said}`, '停水 七号楼');
      await scene.say(`x${said}`, '停水 七号楼 水泵');
      await scene.say(`f${said}`, '热水费 涨价');
      await scene.follow();
      await tidyTopics(scene.ports);
    }
  };
  return { scene, topic, speak };
}

it('what has become two matters is parted by the machine; the larger part stays what it was', async () => {
  const { scene, topic, speak } = await openTwoMatters();
  await speak(5);
  expect(await live(scene)).toHaveLength(1);
  await speak(4);
  const [old, begun, ...more] = (await live(scene)).sort((a) => (a.id === topic.id ? -1 : 1));
  expect(more).toEqual([]);
  expect(old).toMatchObject({ id: topic.id, name: topic.name });
  expect(begun).toMatchObject({ splitFrom: topic.id, namedBy: 'machine', apartFrom: [] });
  expect(begun?.name).toContain('涨价');
  expect(await membersOf(scene, begun?.id ?? '')).toEqual(
    expect.arrayContaining(['f1', 'f5', 'f8'].map(idOf)),
  );
  expect((await scene.topics.listEvents(topic.id)).at(-1)).toMatchObject({ kind: 'parted', actorId: null });
});

it('what a person joined is never parted by the machine', async () => {
  const { scene, topic, speak } = await openTwoMatters();
  for (const n of [1, 2, 3]) await scene.say(`g${n}`, '选课 系统 崩溃');
  await scene.follow();
  const other = (await scene.list()).find(({ id }) => id !== topic.id);
  if (other === undefined) throw new Error('no second topic');
  await scene.move(other, { kind: 'merge', intoId: topic.id });
  await speak(10);
  expect((await live(scene)).map(({ id }) => id)).toEqual([topic.id]);
});

/** What people said so far: pairs that are apart, and pairs that are together. */
class Said {
  readonly apart = new Set<string>();
  readonly together = new Set<string>();
  /** Posts that were taken out of a topic. */
  readonly out: { postId: string; topicId: string }[] = [];
  readonly #key = (a: string, b: string) => [a, b].sort().join(' ');

  part(some: readonly string[], others: readonly string[]): void {
    for (const a of some)
      for (const b of others) {
        this.apart.add(this.#key(a, b));
        this.together.delete(this.#key(a, b));
      }
  }

  join(some: readonly string[]): void {
    const together = new Set(some);
    this.out.splice(0, this.out.length, ...this.out.filter(({ postId }) => !together.has(postId)));
    for (const [index, a] of some.entries())
      for (const b of some.slice(index + 1)) {
        this.together.add(this.#key(a, b));
        this.apart.delete(this.#key(a, b));
      }
  }

  /** It stands alone now: what was said of it was said of where it stood. */
  forget(postId: string): void {
    for (const pairs of [this.together, this.apart])
      for (const key of pairs) if (key.split(' ').includes(postId)) pairs.delete(key);
  }
}

const words = [
  '停水 水泵 备用泵',
  '断水 加压泵 送水车',
  '停水 水泵 备用泵 断水 加压泵 送水车',
  '选课 系统 崩溃',
];
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('say' as const), n: fc.nat(3), many: fc.nat(7) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 6, max: 40 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('split' as const, 'merge' as const, 'remove' as const, 'close' as const),
      pick: fc.nat(99),
      other: fc.nat(99),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What a person does, on whatever there is. */
async function actOn(scene: Scene, asked: Extract<Step, { pick: number }>, said: Said): Promise<void> {
  const standing = await live(scene);
  const topic = standing[asked.pick % Math.max(1, standing.length)];
  if (topic === undefined) return;
  const members = await membersOf(scene, topic.id);
  const one = members[asked.other % Math.max(1, members.length)];
  const into = standing[asked.other % standing.length];
  if (asked.kind === 'merge' && into !== undefined && into.id !== topic.id) {
    await scene.move(topic, { kind: 'merge', intoId: into.id });
    said.join(await membersOf(scene, into.id));
  } else if (asked.kind === 'split' && members.length > 1) {
    const half = members.slice(0, Math.ceil(members.length / 2) - (members.length === 2 ? 0 : 1));
    const { begunId } = await scene.move(topic, { kind: 'split', name: '另一件事', postIds: half });
    said.part(await membersOf(scene, begunId ?? ''), await membersOf(scene, topic.id));
  } else if (asked.kind === 'remove' && one !== undefined) {
    await scene.move(topic, { kind: 'remove-item', postId: one });
    said.forget(one);
    said.out.push({ postId: one, topicId: topic.id });
  } else if (asked.kind === 'close' && one !== undefined) {
    await scene.judge(one, 'victim');
    said.forget(one);
  }
}

async function expectKept(scene: Scene, said: Said, ids: ReadonlySet<string>): Promise<void> {
  const topicOf = new Map<string, string>();
  const stored = await scene.list();
  const members = await scene.topics.findMembers({ topicIds: stored.map(({ id }) => id), from: '' });
  for (const { postId, topicId } of members) {
    expect(topicOf.has(postId)).toBe(false);
    topicOf.set(postId, topicId);
  }
  const standing = new Set((await live(scene)).map(({ id }) => id));
  for (const topicId of topicOf.values()) expect(standing).toContain(topicId);
  for (const key of said.apart) {
    const [a = '', b = ''] = key.split(' ');
    if (topicOf.has(a) && topicOf.has(b)) expect(topicOf.get(a)).not.toBe(topicOf.get(b));
  }
  for (const key of said.together) {
    const [a = '', b = ''] = key.split(' ');
    expect([key, topicOf.get(a)]).toEqual([key, topicOf.get(b)]);
  }
  for (const { postId, topicId } of said.out)
    expect(topicOf.get(postId)).not.toBe((await findLiveTopic(topicId, scene.ports.stores)).id);
  for (const id of ids) expect(standing).toContain((await findLiveTopic(id, scene.ports.stores)).id);
}

it('whatever comes in and whatever people do: no item twice, nothing undone, no id lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 22 }), async (steps) => {
      const scene = openScene();
      const said = new Said();
      const ids = new Set<string>();
      let count = 0;
      for (const asked of steps) {
        if (asked.kind === 'say') {
          for (let n = 0; n <= asked.many; n += 1)
            await scene.say(`p${count++}`, `${words[asked.n]} 别的${count}`);
        } else if (asked.kind === 'wait') {
          scene.clock.advance(asked.hours * 3_600_000);
          await tidyTopics(scene.ports);
        } else await actOn(scene, asked, said);
        await scene.follow();
        for (const { id } of await scene.list()) ids.add(id);
        await expectKept(scene, said, ids);
      }
    }),
    { numRuns: 12, seed: 20261123 },
  );
}, 30_000);
