import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodejieba from 'nodejieba';
import { collections } from '../pipeline/adapters/mongo/collections.ts';
import { openMongo } from '../pipeline/adapters/mongo/connection.ts';
import { findPostsOfKeys, fingerprintCollections } from '../pipeline/adapters/mongo/fingerprint-documents.ts';
import { ensureSchema } from '../pipeline/adapters/mongo/schema.ts';
import { openDatabase, type SqliteDatabase } from '../pipeline/adapters/sqlite/database.ts';
import { findTwin } from '../pipeline/adapters/sqlite/fingerprint-rows.ts';
import { openPostStore } from '../pipeline/adapters/sqlite/post-store.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import type { Fingerprint } from '../pipeline/domain/near-copy.ts';
import type { Judgement } from '../pipeline/ports/post-store.ts';
import { buildFingerprint } from '../pipeline/text/fingerprint.ts';
import { normalise } from '../pipeline/text/normalise.ts';
import { indexTokens } from '../pipeline/text/segment.ts';
import { buildQueuedVerdict } from '../test/builders/post.ts';
import { mongoUri } from '../test/harness/services.ts';
import { writeComments } from '../test/judgement/comment-copies.ts';
import { median, timeMs } from './measure.ts';
import { benchPostId, gatherPosts, writePosts } from './ordinary-posts.ts';

const sizes = { few: 10_000, many: 1_000_000 };
const mongoSizes = { few: 2000, many: 20_000 };
const keysOfText = 16;
const probes = 500;
const rounds = 5;

function judge(text: string, index: number): Judgement {
  const normalised = normalise(text).text;
  return {
    postId: benchPostId(index),
    textVersion: 1,
    verdict: buildQueuedVerdict(),
    tokens: indexTokens(nodejieba.cut(normalised)),
    fingerprint: buildFingerprint(normalised),
    caseId: systemClock.newId(),
  };
}

/** The originals that the probes are copies of, as they come in life; then fingerprints of others, up to so many. */
async function fill(db: SqliteDatabase, originals: readonly string[], total: number): Promise<void> {
  const posts = openPostStore(db, systemClock);
  await posts.storePosts(gatherPosts(originals), systemClock.now());
  await posts.storeJudgements(originals.map(judge), systemClock.now());
  db.prepare(
    `INSERT OR IGNORE INTO fingerprint_keys
       WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @rows)
       SELECT abs(random()) % 9007199254740991, 1000000 + CAST(i / @each AS INTEGER) FROM n ORDER BY 1`,
  ).run({ rows: (total - originals.length) * keysOfText, each: keysOfText });
}

/** Microseconds for the whole question whose copy a text is: keys, words of the candidates, their cases. */
async function measureLookup(copies: readonly Judgement[], originals: readonly string[], total: number) {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-bench-'));
  const db = openDatabase(join(folder, 'clusters.db'));
  await fill(db, originals, total);
  const times: number[] = [];
  let found = 0;
  for (let round = -1; round < rounds; round += 1) {
    found = 0;
    const ms = await timeMs(() => {
      for (const copy of copies) {
        const post = { id: `copy of ${copy.postId}`, kind: 'comment', seq: 0 } as const;
        if (findTwin(db, post, copy, null, systemClock.now()) !== null) found += 1;
      }
    });
    if (round >= 0) times.push(ms);
  }
  db.close();
  rmSync(folder, { recursive: true });
  return { us: (median(times) / copies.length) * 1000, found: found / copies.length };
}

function randomFingerprint(): Fingerprint {
  const keys = Array.from({ length: keysOfText }, () => randomBytes(6).readUIntBE(0, 6));
  return { exact: false, keys };
}

/** Milliseconds for the keys of a batch of two hundred texts, among so many, on MongoDB. */
async function measureMongoLookup(uri: string, total: number): Promise<number> {
  const connection = await openMongo(uri, `guanlan_bench_${randomBytes(4).toString('hex')}`);
  try {
    await ensureSchema(connection.db, collections);
    const at = fingerprintCollections(connection.db);
    const stored = Array.from({ length: total }, randomFingerprint);
    for (let start = 0; start < total; start += 500) {
      const documents = stored
        .slice(start, start + 500)
        .flatMap(({ keys }, index) =>
          keys.map((key) => ({ _id: key.toString(36), posts: [`${start + index}`] })),
        );
      await at.fingerprintKeys.insertMany(documents, { ordered: false });
    }
    const asked = stored.filter((_, index) => index % Math.floor(total / 200) === 0).slice(0, 200);
    const times: number[] = [];
    await connection.client.withSession(async (session) => {
      for (let round = -2; round < rounds; round += 1) {
        const ms = await timeMs(async () => void (await findPostsOfKeys(at, session, asked)));
        if (round >= 0) times.push(ms);
      }
    });
    return median(times);
  } finally {
    await connection.db.dropDatabase();
    await connection.client.close();
  }
}

/** Of a text that needs a person; the others get none. */
async function benchFingerprint() {
  const texts = writePosts(3000, 20261122).map((text) => normalise(text).text);
  const cutMs: number[] = [];
  const fingerprintMs: number[] = [];
  for (let round = -2; round < rounds; round += 1) {
    const cut = await timeMs(() => {
      for (const text of texts) nodejieba.cut(text);
    });
    const print = await timeMs(() => {
      for (const text of texts) buildFingerprint(text);
    });
    if (round < 0) continue;
    cutMs.push(cut);
    fingerprintMs.push(print);
  }
  return {
    name: 'fingerprint/cut',
    ratio: Math.round((median(fingerprintMs) / median(cutMs)) * 1000) / 1000,
    usPerText: Math.round((median(fingerprintMs) / texts.length) * 100_000) / 100,
    rounds,
  };
}

const rounded = (value: number) => Math.round(value * 100) / 100;

/** A lookup, not a scan: a hundred times as many fingerprints must not cost much more. */
export async function* benchClusters(): AsyncGenerator<object> {
  yield await benchFingerprint();
  const originals = writeComments(probes, 7).map(({ text }) => text);
  const copies = originals.map((text, index) => judge(`速看！${text}`, index));
  const few = await measureLookup(copies, originals, sizes.few);
  const many = await measureLookup(copies, originals, sizes.many);
  yield {
    name: 'near-copy-lookup/sqlite',
    ratio: rounded(many.us / few.us),
    aim: 2,
    fingerprints: sizes,
    usPerText: { few: rounded(few.us), many: rounded(many.us) },
    found: many.found,
    rounds,
  };
  if (mongoUri === null) return;
  const fewMs = await measureMongoLookup(mongoUri, mongoSizes.few);
  const manyMs = await measureMongoLookup(mongoUri, mongoSizes.many);
  yield {
    name: 'near-copy-lookup/mongodb',
    ratio: rounded(manyMs / fewMs),
    aim: 2,
    fingerprints: mongoSizes,
    msPerBatchOf200: { few: rounded(fewMs), many: rounded(manyMs) },
    rounds,
  };
}
