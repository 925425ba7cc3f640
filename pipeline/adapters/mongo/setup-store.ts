import type { ClientSession } from 'mongodb';
import type { SetupReceipt, SetupStore, SetupWrite } from '../../ports/setup-store.ts';
import { prepareVersion } from '../settings-version.ts';
import { accountTaken, describeImport, readReceipt, settingsMoved } from '../setup-record.ts';
import { auditCollections, insertFacts } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { isDuplicateKey } from './mongo-errors.ts';
import { saveVersion, settingsCollections } from './settings-store.ts';
import { openUserWrites } from './user-store.ts';

export function openMongoSetupStore(connection: MongoConnection): SetupStore {
  return {
    apply: async (write) => {
      try {
        return await inMongoTransaction(connection.client, (session) => apply(connection, session, write));
      } catch (error) {
        throw isDuplicateKey(error) ? accountTaken() : error;
      }
    },
    find: (commandId, digest) => find(connection, { commandId, digest }),
  };
}

async function find(
  { db }: MongoConnection,
  { commandId, digest }: { commandId: string; digest: string },
  session?: ClientSession,
): Promise<SetupReceipt | null> {
  const options = session === undefined ? {} : { session };
  const found = await auditCollections(db).audit.findOne({ _id: commandId }, options);
  if (found === null) return null;
  return readReceipt({ ...found, body: found.payload?.body ?? null }, digest);
}

async function apply(
  connection: MongoConnection,
  session: ClientSession,
  write: SetupWrite,
): Promise<SetupReceipt> {
  const done = await find(connection, write, session);
  if (done !== null) return done;
  await saveSettings(connection, session, write);
  const users = openUserWrites(connection, session);
  await users.add(write.add);
  for (const { user, audit } of write.update) await users.update(user, audit);
  for (const { userId, audit } of write.leave) await users.disable(userId, audit);
  await insertFacts(auditCollections(connection.db), session, [describeImport(write)], []);
  return { counts: write.counts, repeated: false };
}

async function saveSettings(
  { db }: MongoConnection,
  session: ClientSession,
  { settings, settingsVersion, actorId, source, at }: SetupWrite,
): Promise<void> {
  const collections = settingsCollections(db);
  const head = await collections.head.findOne({ _id: 'head' }, { session });
  let version = head?.version ?? 0;
  if (version !== settingsVersion) throw settingsMoved();
  for (const kind of ['units', 'chains', 'roster'] as const) {
    const change = settings[kind];
    if (change === undefined) continue;
    const prepared = prepareVersion({ kind, ...change, expectedVersion: version, actorId, source, at });
    version = await saveVersion(collections, session, prepared);
  }
}
