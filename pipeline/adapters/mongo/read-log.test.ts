import { expect, it } from 'vitest';
import { readLogContract } from '../../../test/contracts/read-log.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { auditCollections } from './audit-documents.ts';
import { openMongoReadLog } from './read-log.ts';

describeWithMongo('the MongoDB read log keeps the read log contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  readLogContract(async () => {
    await database().clear();
    return { reads: openMongoReadLog(database()), close: async () => {} };
  });

  const read = {
    id: 'r1',
    at: '2026-03-02T00:00:00.000Z',
    actorId: 'u1',
    caseId: 'c1',
    postId: 'main-site:article:1',
    textVersion: 1,
    purpose: 'case.read',
  };

  it('still tells who read which text after the payload was erased', async () => {
    await database().clear();
    const reads = openMongoReadLog(database());
    await reads.record(read);
    await auditCollections(database().db).audit.updateOne({ _id: 'r1' }, { $set: { payload: null } });
    expect((await reads.list({ cursor: null, limit: 5 })).items).toEqual([
      { ...read, caseId: null, purpose: '' },
    ]);
  });

  it('waits for the disks of a majority', async () => {
    await database().clear();
    const concerns: unknown[] = [];
    const note = (event: { commandName: string; command: { writeConcern?: unknown } }) => {
      if (event.commandName === 'commitTransaction') concerns.push(event.command.writeConcern);
    };
    database().client.on('commandStarted', note);
    await openMongoReadLog(database()).record(read);
    database().client.off('commandStarted', note);
    expect(concerns).toEqual([expect.objectContaining({ w: 'majority', j: true })]);
  });
});
