import { expect, it } from 'vitest';
import { settingsStoreContract } from '../../../test/contracts/settings-store.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { auditCollections } from './audit-documents.ts';
import { openMongoSettingsStore } from './settings-store.ts';

describeWithMongo('the MongoDB settings store keeps the settings store contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  settingsStoreContract(async () => {
    await database().clear();
    const { audit, outbox } = auditCollections(database().db);
    return {
      settings: openMongoSettingsStore(database()),
      reopen: async () => openMongoSettingsStore(database()),
      listEvidence: async () => ({
        audit: (await audit.find().sort({ at: 1, _id: 1 }).toArray()).map(({ subject }) => subject),
        outbox: (await outbox.find().sort({ createdAt: 1, _id: 1 }).toArray()).map(({ subject }) => subject),
      }),
      close: async () => {},
    };
  });

  it('asks for the version with one read of one document', async () => {
    await database().clear();
    const settings = openMongoSettingsStore(database());
    const change = { expectedVersion: 0, actorId: null, source: 'units.yaml', id: 'change-1' };
    await settings.save('units', [], { ...change, at: '2026-03-02T00:00:00.000Z' });
    const commands: unknown[] = [];
    const note = ({ command }: { command: unknown }) => void commands.push(command);
    database().client.on('commandStarted', note);
    expect(await settings.readVersion()).toBe(1);
    database().client.off('commandStarted', note);
    expect(commands).toEqual([
      expect.objectContaining({ find: 'settings_head', filter: { _id: 'head' }, limit: 1 }),
    ]);
  });
});
