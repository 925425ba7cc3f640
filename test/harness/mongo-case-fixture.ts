import {
  type CaseCollections,
  caseCollections,
  toCaseDocument,
} from '../../pipeline/adapters/mongo/case-documents.ts';
import { openMongoCaseStore } from '../../pipeline/adapters/mongo/case-store.ts';
import type { Case } from '../../pipeline/domain/case.ts';
import type { CaseEvidence, CaseStoreFixture } from '../contracts/case-store.contract.ts';
import { FakeClock } from './fake-clock.ts';
import type { MongoTestDatabase } from './mongo-database.ts';

export async function seedMongoCase(at: CaseCollections, one: Case): Promise<void> {
  for (const postId of one.postIds) {
    const classed = { postId, accessClass: one.accessClass, expiresAt: null };
    await at.posts.insertOne({ _id: postId, accessClass: one.accessClass, expiresAt: null });
    await at.texts.insertOne({ _id: `${postId}@1`, ...classed });
    await at.index.insertOne({ _id: postId, ...classed });
  }
  await at.cases.insertOne(toCaseDocument(one));
}

export async function countMongoEvidence(at: CaseCollections, caseId: string): Promise<CaseEvidence> {
  return {
    events: await at.events.countDocuments({ caseId }),
    notes: await at.notes.countDocuments({ caseId }),
    auditEntries: await at.audit.countDocuments({ subject: caseId }),
    outboxEntries: await at.outbox.countDocuments({ subject: caseId }),
  };
}

/** Over a database that is emptied first: suites open one and share it between their tests. */
export async function openMongoCaseFixture(database: MongoTestDatabase): Promise<CaseStoreFixture> {
  await database.clear();
  const clock = new FakeClock();
  const at = caseCollections(database.db);
  return {
    store: openMongoCaseStore(database, clock),
    clock,
    seed: (one) => seedMongoCase(at, one),
    countEvidence: (caseId) => countMongoEvidence(at, caseId),
    readTextClasses: async (caseId) => {
      const postIds = (await at.cases.findOne({ _id: caseId }))?.postIds ?? [];
      const members = await at.posts.find({ _id: { $in: postIds } }).toArray();
      for (const texts of [at.texts, at.index]) {
        members.push(...(await texts.find({ postId: { $in: postIds } }).toArray()));
      }
      return members.map((member) => member.accessClass);
    },
    close: async () => {},
  };
}
