import {
  type CaseCollections,
  caseCollections,
  toCaseDocument,
} from '../../pipeline/adapters/mongo/case-documents.ts';
import { openMongoCaseStore } from '../../pipeline/adapters/mongo/case-store.ts';
import { noteChanges } from '../../pipeline/adapters/mongo/fact-changes.ts';
import type { PostDocument } from '../../pipeline/adapters/mongo/post-documents.ts';
import type { Case } from '../../pipeline/domain/case.ts';
import { bucketHour } from '../../pipeline/domain/time.ts';
import type { CaseEvidence, CaseStoreFixture } from '../contracts/case-store.contract.ts';
import { FakeClock } from './fake-clock.ts';
import type { MongoTestDatabase } from './mongo-database.ts';

/** Bare posts with a text and an index entry, so that a class has something to change. */
export async function seedMongoCase(at: CaseCollections, one: Case): Promise<void> {
  for (const postId of one.postIds) {
    const classes = { accessClass: one.accessClass, retentionClass: 'own-article', expiresAt: null } as const;
    await at.posts.insertOne(buildBarePost(postId, one, classes));
    await at.texts.insertOne({
      _id: `${postId}@1`,
      postId,
      textVersion: 1,
      title: '标题',
      text: '正文',
      links: [],
      attachments: [],
      contentHash: '',
      snapshotHash: null,
      gatheredAt: one.openedAt,
      ...classes,
    });
    await at.index.insertOne({
      _id: postId,
      tokens: ['标题', '正文'],
      fresh: null,
      freshAt: null,
      sortAt: one.openedAt,
      ...classes,
    });
  }
  await at.cases.insertOne(toCaseDocument(one));
  await noteChanges(at, null, { items: one.postIds, cases: [one.id] });
}

function buildBarePost(
  postId: string,
  one: Case,
  classes: Pick<PostDocument, 'accessClass' | 'retentionClass' | 'expiresAt'>,
): PostDocument {
  return {
    _id: postId,
    channelId: one.channelId,
    kind: 'article',
    externalId: postId,
    url: '',
    parentId: null,
    rootId: null,
    textVersion: 1,
    publishedAt: null,
    publishedPrecision: null,
    bucketHour: bucketHour(one.openedAt),
    gatheredAt: one.openedAt,
    sortAt: one.openedAt,
    state: 'judged',
    marks: [],
    metrics: {},
    ...classes,
    dueAt: null,
    attempts: 0,
    lastError: null,
    judgedVersion: 1,
  };
}

export async function countMongoEvidence(at: CaseCollections, caseId: string): Promise<CaseEvidence> {
  return {
    events: await at.events.countDocuments({ caseId }),
    notes: await at.notes.countDocuments({ caseId }),
    auditEntries: await at.audit.countDocuments({ subject: caseId }),
    outboxEntries: await at.outbox.countDocuments({ subject: caseId }),
  };
}

/**
 * Over a database that is emptied first: suites open one and share it between their tests.
 * @param counted wraps what writes, as `watchMongoFacts` tells
 */
export async function openMongoCaseFixture(
  database: MongoTestDatabase,
  counted: <T extends object>(store: T) => T = (store) => store,
): Promise<CaseStoreFixture> {
  await database.clear();
  const clock = new FakeClock();
  const at = caseCollections(database.db);
  return {
    store: counted(openMongoCaseStore(database, clock)),
    clock,
    ...counted({ seed: (one: Case) => seedMongoCase(at, one) }),
    countEvidence: (caseId) => countMongoEvidence(at, caseId),
    readTextClasses: async (caseId) => {
      const postIds = (await at.cases.findOne({ _id: caseId }))?.postIds ?? [];
      const posts = await at.posts.find({ _id: { $in: postIds } }).toArray();
      const texts = await at.texts.find({ postId: { $in: postIds } }).toArray();
      const entries = await at.index.find({ _id: { $in: postIds } }).toArray();
      return [...posts, ...texts, ...entries].map((member) => member.accessClass);
    },
    close: async () => {},
  };
}
