import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileBlobStore } from '../../pipeline/adapters/files/blob-store.ts';
import { openGridFsBlobStore } from '../../pipeline/adapters/mongo/blob-store.ts';
import { openMongoStores } from '../../pipeline/adapters/mongo/open-mongo-stores.ts';
import { openStores } from '../../pipeline/adapters/open-stores.ts';
import { purgeExpired } from '../../pipeline/commands/purge-expired.ts';
import { refreshRollups } from '../../pipeline/commands/refresh-rollups.ts';
import { buildDocketText, type DocketText } from '../../pipeline/domain/docket.ts';
import { usualOrder } from '../../pipeline/domain/handover.ts';
import { listCells } from '../../pipeline/domain/item-cube.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import { buildDecisionCommand, reviewer, safetyOfficer } from '../builders/case.ts';
import { buildOutcome } from '../builders/crawl.ts';
import { buildGathered, buildQueuedVerdict, buildVerdict } from '../builders/post.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { useMongoTestDatabase } from '../harness/mongo-database.ts';
import { findInRawFiles } from '../harness/raw-bytes.ts';
import { findInAllDocuments } from '../harness/raw-documents.ts';
import { describeWithMongo } from '../harness/services.ts';

const dayMs = 86_400_000;
const everything = { accessClasses: ['open', 'victim', 'safety'] as const };

/** Six letters as a number: that is how they stand in the bytes of a row, and in those of an index. */
const fingerprintKey = Number.parseInt(Buffer.from('CKEYZQ').toString('hex'), 16);

/** Each of these strings stands in one kind of text; the days say when it must still be there and when it must be gone. */
const canaries = {
  article: 'CANARYARTICLE文章正文',
  comment: 'CANARYCOMMENT评论原文',
  commentToken: 'canarytoken分词',
  commentSnapshot: 'CANARYSNAPSHOT快照',
  note: 'CANARYNOTE处理备注',
  slip: 'CANARYSLIP转办要求',
  reply: 'CANARYREPLY回应稿',
  helpReply: 'CANARYHELP求助回复',
  noise: 'CANARYNOISE广告文本',
  noiseToken: 'canarynoisetoken',
  rawPage: 'CANARYRAWPAGE未知页面',
  docketText: 'CANARYDOCKET申请说明',
  docketFile: 'CANARYFILE导出文件',
  fingerprint: String(fingerprintKey),
} as const;
type CanaryName = keyof typeof canaries;
/** Other forms in which one stands. */
const disguises: Partial<Record<CanaryName, string[]>> = {
  fingerprint: ['CKEYZQ', fingerprintKey.toString(36)],
};

const lastDayThere: Record<CanaryName, number> = {
  article: 400,
  comment: 89,
  commentToken: 89,
  fingerprint: 89,
  commentSnapshot: 89,
  note: 89,
  slip: 89,
  reply: 89,
  helpReply: 6,
  noise: 6,
  noiseToken: 6,
  rawPage: 29,
  docketText: 89,
  docketFile: 0,
};

/** A set-up, and where in it a text still stands, read past its stores. */
interface Ground {
  stores: Ports['stores'];
  blobs: Ports['blobs'];
  /** Those of the texts that still stand somewhere. */
  findAnywhere(texts: readonly string[]): Promise<Set<string>>;
  /** In how many forms a fingerprint stands here. */
  fingerprintForms: number;
  close(): Promise<void>;
}

describe('R8: every class of text is gone from the bytes when its time has come', () =>
  retentionRights(async (clock) => {
    const folder = mkdtempSync(join(tmpdir(), 'guanlan-r8-'));
    const stores = openStores(folder, clock);
    return {
      stores,
      blobs: await FileBlobStore.open(join(folder, 'blobs')),
      findAnywhere: async (texts) => new Set(texts.filter((text) => findInRawFiles(folder, text).length > 0)),
      fingerprintForms: 2,
      close: async () => {
        await stores.close();
        rmSync(folder, { recursive: true });
      },
    };
  }));

/** The server's free pages are out of our reach: what can be promised is that no document and no blob holds it. */
describeWithMongo('R8 on MongoDB: every class of text is gone from every document', (uri) => {
  const database = useMongoTestDatabase(uri);
  retentionRights(async (clock) => ({
    stores: openMongoStores(database(), clock),
    blobs: openGridFsBlobStore(database()),
    findAnywhere: (texts) => findInAllDocuments(database().db, texts),
    fingerprintForms: 1,
    close: async () => {},
  }));
});

function retentionRights(open: (clock: Clock) => Promise<Ground>): void {
  let ground: Ground;
  let stores: Ground['stores'];
  let blobs: Ground['blobs'];
  const clock = new FakeClock('2026-01-01T00:00:00.000Z');
  let caseId: string;

  beforeAll(async () => {
    ground = await open(clock);
    ({ stores, blobs } = ground);
    await stores.settings.save(
      'channels',
      [{ id: 'main-site', kind: 'manual', platform: 'x', name: '官网', unit: 'publicity', state: 'live' }],
      { expectedVersion: 0, actorId: null, source: 'seed:test', at: clock.now(), id: clock.newId() },
    );
    caseId = await fill();
  });
  afterAll(() => ground.close());

  async function fill(): Promise<string> {
    const at = clock.now();
    const snapshotHash = await blobs.put('comment', gzipSync(canaries.commentSnapshot));
    const comment = buildGathered({ externalId: 'c', kind: 'comment', title: '', text: canaries.comment });
    const noise = buildGathered({ externalId: 'n', kind: 'comment', title: '', text: canaries.noise });
    await stores.posts.storePosts(
      [
        { post: buildGathered({ externalId: 'a', text: canaries.article }), snapshotHash: null },
        { post: comment, snapshotHash },
        { post: noise, snapshotHash: null },
        {
          post: buildGathered({ externalId: 'h', kind: 'comment', title: '', text: '暖气不热' }),
          snapshotHash: null,
        },
      ],
      at,
    );
    const opened = await stores.posts.storeJudgements(
      [
        {
          postId: 'main-site:article:a',
          textVersion: 1,
          verdict: buildVerdict(),
          tokens: [],
          caseId: clock.newId(),
        },
        {
          postId: 'main-site:comment:c',
          textVersion: 1,
          verdict: buildQueuedVerdict(),
          tokens: [canaries.commentToken],
          fingerprint: { exact: true, keys: [fingerprintKey] },
          caseId: clock.newId(),
        },
        {
          postId: 'main-site:comment:n',
          textVersion: 1,
          verdict: buildVerdict({ noise: true }),
          tokens: [canaries.noiseToken],
          caseId: clock.newId(),
        },
        {
          postId: 'main-site:comment:h',
          textVersion: 1,
          verdict: buildQueuedVerdict(),
          tokens: [],
          caseId: clock.newId(),
        },
      ],
      at,
    );
    const decided = opened[0] ?? '';
    const command = buildDecisionCommand({ commandId: clock.newId(), caseId: decided, note: canaries.note });
    await draftReplies(decided, at);
    await stores.cases.recordDecision(command, reviewer, at);
    await handOver(opened[1] ?? '', at);
    await keepUnknownPage(at);
    await openDocketEntry(at);
    return decided;
  }

  async function handOver(oneCase: string, at: string): Promise<void> {
    const order = { ...usualOrder, request: canaries.slip };
    const kind = { kind: 'hand-over', reason: 'service-need', unitId: 'logistics' } as const;
    const command = buildDecisionCommand({ commandId: clock.newId(), caseId: oneCase, ...kind });
    await stores.cases.recordDecision({ ...command, handover: order }, reviewer, at);
  }

  async function draftReplies(oneCase: string, at: string): Promise<void> {
    const sight = { ...everything, at };
    const from = { stockAnswerId: null, stockAnswerVersion: null };
    const write = {
      type: 'write' as const,
      commandId: clock.newId(),
      caseId: oneCase,
      version: null,
      ...from,
    };
    await stores.replies.changeReply({ ...write, text: canaries.reply }, reviewer, sight);
    const place = { postId: 'main-site:comment:c', channelId: 'main-site', edited: false, hasSecond: false };
    const locator = { link: null, article: null, at: null, commentId: 'c' };
    const release = {
      commandId: clock.newId(),
      caseId: oneCase,
      caseVersion: 1,
      collectorId: 'user-operator',
    };
    const text = { replyText: canaries.helpReply, stockAnswerId: 'help-1', stockAnswerVersion: 1 };
    const facts = { ...place, locator, textExpiresAt: null };
    await stores.replies.release({ ...release, ...text }, facts, safetyOfficer, sight);
  }

  /** A request by the public, as the desk keeps it, with a file that lives for a day. */
  async function openDocketEntry(at: string): Promise<void> {
    const expiresAt = new Date(Date.parse(at) + dayMs).toISOString();
    const file = { name: 'file', text: canaries.docketFile, accessClass: 'open', postIds: [], expiresAt };
    await stores.docket.open({
      ...{ commandId: clock.newId(), kind: 'removal', asked: {}, at, actorId: 'u', onBehalfOf: null },
      facts: {
        ...{ kind: 'removal', state: 'proposed', platform: 'weibo', postId: null, ground: 'threat' },
        ...{ basis: { law: 'criminal', article: 293 }, screenshotSha256: 'a'.repeat(64), proposedBy: 'u' },
        ...{ approval: null, done: null, appeal: null },
      },
      texts: [buildDocketText('statement', canaries.docketText, { at }), file as DocketText],
    });
  }

  async function keepUnknownPage(at: string): Promise<void> {
    const url = 'https://www.canglan.example/odd.htm';
    const hash = await blobs.put('raw-page', gzipSync(canaries.rawPage));
    await stores.ledger.discover('main-site', [{ url, role: 'article', pageNumber: 0 }], at);
    const kept = { snapshotHash: hash, error: 'unknown page', dueAt: '2099-01-01T00:00:00.000Z' };
    const outcome = buildOutcome({ state: 'unknown-page', attempts: 1, fetchedAt: at, ...kept });
    await stores.ledger.settle('main-site', url, outcome);
  }

  const names = Object.keys(canaries) as CanaryName[];
  const formsOf = (name: CanaryName) => [canaries[name], ...(disguises[name] ?? [])];
  async function present(): Promise<CanaryName[]> {
    const found = await ground.findAnywhere(names.flatMap(formsOf));
    return names.filter((name) => formsOf(name).some((form) => found.has(form)));
  }
  const isPresent = async (name: CanaryName) => (await ground.findAnywhere(formsOf(name))).size > 0;

  it('finds every canary at first, so that finding none later means something', async () => {
    expect((await present()).sort()).toEqual([...names].sort());
  });

  it('finds the fingerprint in every form that the set-up gives it', async () => {
    const forms = [canaries.fingerprint, ...(disguises.fingerprint ?? [])];
    expect((await ground.findAnywhere(forms)).size).toBeGreaterThanOrEqual(ground.fingerprintForms);
  });

  it('counts all of it without a word of it', async () => {
    await refreshRollups({ stores });
    const period = { fromDay: '2020-01-01', toDay: '2030-12-31', accessClasses: everything.accessClasses };
    const page = { cursor: null, limit: 50 };
    const { items } = await stores.rollups.listItems({ ...period, ...page });
    expect(items.map(({ postId }) => postId)).toContain('main-site:comment:c');
    const cubes = await stores.rollups.readCubes({ ...period, plane: 'whole', hours: true });
    const cells = cubes.flatMap(listCells);
    const days = await stores.rollups.readDays({ ...period, family: 'channel' });
    expect(cells.length * days.length).toBeGreaterThan(0);
    const cases = await stores.rollups.listCases({ ...period, ...page, moment: 'opened' });
    const slips = await stores.rollups.listHandovers({ ...period, ...page, moment: 'sent' });
    const said = JSON.stringify([items, cells, days, cases, slips]);
    for (const form of names.flatMap(formsOf)) expect(said).not.toContain(form);
  });

  it('walks 400 days with a purge each day', { timeout: 120_000 }, async () => {
    const wrong: string[] = [];
    for (let day = 1; day <= 400; day += 1) {
      clock.advance(dayMs);
      await purgeExpired({ stores, blobs, clock });
      // The bytes are read around each boundary and now and then between.
      const near = names.some((name) => Math.abs(day - lastDayThere[name]) <= 1) || day % 50 === 0;
      if (!near) continue;
      await refreshRollups({ stores });
      const there = new Set(await present());
      for (const name of names) {
        const should = day <= lastDayThere[name];
        if (there.has(name) !== should)
          wrong.push(`day ${day}: ${name} ${should ? 'is missing' : 'is still there'}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('leaves the text-free rows for counts and evidence', async () => {
    const post = await stores.posts.findPost('main-site:comment:c');
    expect(post?.marks).toEqual(['text-erased']);
    expect(await stores.posts.findVerdict('main-site:comment:c', 1)).toMatchObject({ queues: ['review'] });
    expect(await stores.cases.findCase(caseId, everything)).toMatchObject({ state: 'decided' });
  });

  it('does not take an erased text in again from the platform', async () => {
    const again = buildGathered({ externalId: 'c', kind: 'comment', title: '', text: canaries.comment });
    expect(await stores.posts.storePosts([{ post: again, snapshotHash: null }], clock.now())).toEqual([
      'unchanged',
    ]);
    expect(await isPresent('comment')).toBe(false);
  });

  it('keeps an own article that was taken down for three years, and not a day longer', async () => {
    await stores.posts.markDeleted('main-site:article:a', clock.now());
    clock.advance(1095 * dayMs);
    await purgeExpired({ stores, blobs, clock });
    expect(await isPresent('article')).toBe(true);
    clock.advance(2 * dayMs);
    await purgeExpired({ stores, blobs, clock });
    expect(await isPresent('article')).toBe(false);
  });
}
