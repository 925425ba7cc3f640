import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileBlobStore } from '../../pipeline/adapters/files/blob-store.ts';
import { openGridFsBlobStore } from '../../pipeline/adapters/mongo/blob-store.ts';
import { openMongoStores } from '../../pipeline/adapters/mongo/open-mongo-stores.ts';
import { openStores } from '../../pipeline/adapters/open-stores.ts';
import { countPhrases } from '../../pipeline/commands/count-phrases.ts';
import { openTopicFollower } from '../../pipeline/commands/follow-topics.ts';
import { measurePhrases, tidyTopics } from '../../pipeline/commands/keep-topics.ts';
import { moveTopic } from '../../pipeline/commands/move-topic.ts';
import { purgeExpired } from '../../pipeline/commands/purge-expired.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import { openPhraseReader } from '../../pipeline/text/phrase-reader.ts';
import { openSegmenter } from '../../pipeline/text/segment.ts';
import { buildGathered, buildVerdict } from '../builders/post.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { useMongoTestDatabase } from '../harness/mongo-database.ts';
import { findInRawFiles } from '../harness/raw-bytes.ts';
import { findInAllDocuments } from '../harness/raw-documents.ts';
import { describeWithMongo } from '../harness/services.ts';

interface Ground {
  stores: Ports['stores'];
  blobs: Ports['blobs'];
  findAnywhere(texts: readonly string[]): Promise<Set<string>>;
  close(): Promise<void>;
}

describe('R8: nobody’s own words outlive them in topics and phrases', () =>
  topicRights(async (clock) => {
    const folder = mkdtempSync(join(tmpdir(), 'guanlan-r8-topics-'));
    const stores = openStores(folder, clock);
    const close = async () => {
      await stores.close();
      rmSync(folder, { recursive: true });
    };
    return {
      ...{ stores, close, blobs: await FileBlobStore.open(join(folder, 'blobs')) },
      findAnywhere: async (texts) => new Set(texts.filter((text) => findInRawFiles(folder, text).length > 0)),
    };
  }));

describeWithMongo('R8 on MongoDB: nobody’s own words outlive them in topics and phrases', (uri) => {
  const database = useMongoTestDatabase(uri);
  topicRights(async (clock) => {
    await database().clear();
    return {
      ...{ stores: openMongoStores(database(), clock), blobs: openGridFsBlobStore(database()) },
      findAnywhere: (texts) => findInAllDocuments(database().db, texts),
      close: async () => {},
    };
  });
});

/** Of one comment alone, of two, and of three of which one is taken out of the topic. */
const own = 'canaryone';
const ofTwo = 'canarytwo';
const ofThree = 'canarythree';
/** Of every comment. */
const matter = 'matterofall';
const dayMs = 86_400_000;
/** So that none is a near copy of another. */
const besides = [
  '食堂的汤实在太淡了点',
  '图书馆周末座位难找',
  '操场夜里没有灯看不清路',
  '校车为什么总是晚到呢',
  '宿舍阳台漏雨没人修理',
  '实验报告打印要排长队',
  '体育馆的空调声音很响',
  '自习室插座坏了好几个',
  '快递柜挪到北门去了吗',
  '选修课名额放得太少了',
  '洗衣房机器经常占着',
];

function topicRights(open: (clock: Clock) => Promise<Ground>): void {
  let ground: Ground;
  let clock: FakeClock;
  beforeEach(async () => {
    clock = new FakeClock('2026-01-01T00:00:00.000Z');
    ground = await open(clock);
  });
  afterEach(() => ground.close());

  function openPorts() {
    const { read } = openPhraseReader(openSegmenter({ dictionaryWords: [] }), []);
    const { stores } = ground;
    return {
      ...{ stores, clock },
      readPhrases: async (texts: readonly string[]) => texts.map(read),
      countPhrases: (scan: Parameters<typeof countPhrases>[0], least: number) =>
        countPhrases(scan, least, { texts: stores.topics, read }),
    };
  }

  async function say(externalId: string, text: string): Promise<void> {
    const { posts, rollups } = ground.stores;
    const differs = `${text}，${besides[Number(externalId) - 1]}`;
    const post = buildGathered({
      ...{ externalId, kind: 'comment', title: '', text: differs, publishedAt: clock.now() },
    });
    await posts.storePosts([{ post, snapshotHash: null }], clock.now());
    const postId = `main-site:comment:${externalId}`;
    const judged = { postId, textVersion: 1, tokens: [], caseId: clock.newId(), verdict: buildVerdict() };
    await posts.storeJudgements([judged], clock.now());
    while ((await rollups.refresh(100)) > 0);
    clock.advance(60_000);
  }

  /** All that is kept of topics and phrases. */
  async function readKept(): Promise<string> {
    const { topics } = ground.stores;
    const all = await topics.listTopics({ lastItemFrom: '2000-01-01T00:00:00.000Z' });
    const kept: unknown[] = [...all, ...(await topics.readPhrases()).phrases];
    for (const { id } of all)
      kept.push(
        await topics.listEvents(id),
        await topics.findMembers({ topicIds: [id], from: '' }),
        await topics.listBars([id]),
      );
    return JSON.stringify(kept);
  }

  it('a word of one comment, or of two, is kept nowhere, neither before nor after its text is erased', async () => {
    const ports = openPorts();
    const { topics } = ground.stores;
    await say('1', `${matter}，${own}`);
    for (const n of [2, 3]) await say(`${n}`, `${matter}，${ofTwo}`);
    for (const n of [4, 5, 6]) await say(`${n}`, `${matter}，${ofThree}`);
    await openTopicFollower(ports)();
    await measurePhrases(ports);
    const [topic] = await topics.listTopics({ lastItemFrom: '2000-01-01T00:00:00.000Z' });
    if (topic === undefined) throw new Error('no topic');
    const before = await readKept();
    expect(before).toContain(matter);
    expect(before).toContain(ofThree);
    expect(before).not.toContain(own);
    expect(before).not.toContain(ofTwo);

    // At once: by the person's step, not by the upkeep.
    const move = { kind: 'remove-item', postId: 'main-site:comment:6' } as const;
    const asked = { topicId: topic.id, version: topic.version, reason: '不是一件事', move };
    const { topic: left } = await moveTopic(asked, { id: 'analyst' }, ports);
    expect(left.phrases.map(({ phrase }) => phrase)).toEqual([matter]);
    expect(JSON.stringify(left)).not.toContain(ofThree);

    clock.advance(91 * dayMs);
    await purgeExpired({ stores: ground.stores, blobs: ground.blobs, clock });
    await measurePhrases(ports);
    await tidyTopics(ports);
    expect(await ground.findAnywhere([own, ofTwo, ofThree])).toEqual(new Set());
  });

  it('age takes neither name nor words from a topic that is spoken of still', async () => {
    const ports = openPorts();
    const { topics } = ground.stores;
    const follow = openTopicFollower(ports);
    for (const n of [1, 2, 3]) await say(`${n}`, `${matter}，${ofThree}`);
    await follow();
    for (let n = 4; n < 12; n += 1) {
      clock.advance(12 * dayMs);
      await say(`${n}`, `${matter}，${ofThree}，own${n}word`);
      await follow();
      await tidyTopics(ports);
    }
    const [born] = await topics.listTopics({ lastItemFrom: '2000-01-01T00:00:00.000Z' });
    clock.advance(80 * dayMs);
    await purgeExpired({ stores: ground.stores, blobs: ground.blobs, clock });
    await tidyTopics(ports);
    const [topic, ...more] = await topics.listTopics({ lastItemFrom: '2000-01-01T00:00:00.000Z' });
    expect(more).toEqual([]);
    expect(topic).toMatchObject({ id: born?.id, name: born?.name });
    expect(topic?.phrases.map(({ phrase }) => phrase)).toEqual(born?.phrases.map(({ phrase }) => phrase));
    const bytes = Array.from({ length: 8 }, (_, at) => `own${at + 4}word`);
    expect([...(await ground.findAnywhere(bytes.slice(0, 7)))]).toEqual([]);
  });
}
