import type { ClientSession, Collection, Db } from 'mongodb';
import { type Settings, SettingsChange, type SettingsKind } from '../../domain/settings.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import {
  assembleSettings,
  describeVersion,
  type PreparedVersion,
  prepareVersion,
  readBody,
  staleVersion,
} from '../settings-version.ts';
import { type AuditCollections, auditCollections, insertFacts } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { SettingsHead, SettingsVersionDocument } from './settings-documents.ts';

interface SettingsCollections extends AuditCollections {
  head: Collection<SettingsHead>;
  versions: Collection<SettingsVersionDocument>;
}

export function settingsCollections(db: Db): SettingsCollections {
  return {
    ...auditCollections(db),
    head: db.collection('settings_head'),
    versions: db.collection('settings_versions'),
  };
}

export function openMongoSettingsStore({ client, db }: MongoConnection): SettingsStore {
  const at = settingsCollections(db);
  return {
    read: () => readAll(at),
    readPast: async (kind, version) => {
      const found = await at.versions.findOne({ _id: `${kind}@${version}` });
      return found === null ? null : readBody(kind, SettingsVersionDocument.parse(found).body);
    },
    readVersion: async () => {
      const head = await at.head.findOne({ _id: 'head' }, { projection: { version: 1 } });
      return head?.version ?? 0;
    },
    save: async (kind, body, change) => {
      const version = prepareVersion({ kind, body, ...change });
      return inMongoTransaction(client, (session) => saveVersion(at, session, version));
    },
    listChanges: async () => {
      const found = await at.versions
        .find({}, { projection: { body: 0 } })
        .sort({ version: -1 })
        .toArray();
      return found.map((change) => SettingsChange.parse(change));
    },
  };
}

async function readHead(
  at: SettingsCollections,
  options: { session?: ClientSession } = {},
): Promise<SettingsHead | null> {
  const found = await at.head.findOne({ _id: 'head' }, options);
  return found === null ? null : SettingsHead.parse(found);
}

async function readAll(at: SettingsCollections): Promise<Settings> {
  const head = await readHead(at);
  if (head === null) return assembleSettings(0, []);
  const ids = Object.entries(head.newest).map(([kind, { version }]) => `${kind}@${version}`);
  const found = await at.versions.find({ _id: { $in: ids } }).toArray();
  return assembleSettings(
    head.version,
    found.map((one) => SettingsVersionDocument.parse(one)),
  );
}

/** For use inside a transaction. */
export async function saveVersion(
  at: SettingsCollections,
  session: ClientSession,
  change: PreparedVersion,
): Promise<number> {
  const { kind, body, digest, actorId, source } = change;
  const head = await readHead(at, { session });
  const version = head?.version ?? 0;
  // Asked before the version is compared: a repeated call comes with the version that it has itself made stale.
  if (digest === head?.newest[kind]?.digest) return version;
  if (version !== change.expectedVersion) throw staleVersion(version, change.expectedVersion);
  const next = version + 1;
  await moveHead(at, session, { head, kind, next, digest });
  await at.versions.insertOne(
    { _id: `${kind}@${next}`, version: next, kind, body, digest, at: change.at, actorId, source },
    { session },
  );
  const { audit, outbox } = describeVersion(change, next);
  await insertFacts(at, session, [audit], [outbox]);
  return next;
}

async function moveHead(
  at: SettingsCollections,
  session: ClientSession,
  move: { head: SettingsHead | null; kind: SettingsKind; next: number; digest: string },
): Promise<void> {
  const { head, kind, next, digest } = move;
  const newest = { ...head?.newest, [kind]: { version: next, digest } };
  if (head === null) {
    await at.head.insertOne({ _id: 'head', version: next, newest }, { session });
    return;
  }
  const moved = await at.head.updateOne(
    { _id: 'head', version: head.version },
    { $set: { version: next, newest } },
    { session },
  );
  if (moved.matchedCount === 0) throw staleVersion(next, head.version);
}
