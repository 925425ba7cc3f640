import { Binary, type ClientSession, type Collection } from 'mongodb';
import { CredentialFacts } from '../../domain/credential.ts';
import type {
  CredentialChange,
  CredentialKey,
  CredentialStore,
  SealedCredential,
} from '../../ports/credential-store.ts';
import { auditCredential, isSameCredential, staleCredential } from '../credential-change.ts';
import { type AuditCollections, auditCollections, insertFacts } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { CredentialDocument } from './credential-documents.ts';

interface Held extends AuditCollections {
  credentials: Collection<CredentialDocument>;
  session: ClientSession;
}

const idOf = ({ channelId, kind }: CredentialKey) => `${channelId} ${kind}`;

export function openMongoCredentialStore({ client, db }: MongoConnection): CredentialStore {
  const credentials = db.collection<CredentialDocument>('credentials');
  const change = <T>(write: (held: Held) => Promise<T>) =>
    inMongoTransaction(client, (session) => write({ ...auditCollections(db), credentials, session }));
  return {
    find: async (key) => {
      const found = await credentials.findOne({ _id: idOf(key) });
      return found === null ? null : toSealed(CredentialDocument.parse(found));
    },
    readVersion: async (key) => {
      const found = await credentials.findOne({ _id: idOf(key) }, { projection: { version: 1 } });
      return found?.version ?? 0;
    },
    listFacts: async (channelId) => {
      const wanted = { sealed: { $ne: null }, ...(channelId === undefined ? {} : { channelId }) };
      const found = await credentials
        .find(wanted, { projection: { sealed: 0 } })
        .sort({ channelId: 1, kind: 1 })
        .toArray();
      return found.map((document) => CredentialFacts.parse(document));
    },
    save: (credential, by) => change((held) => save(held, credential, by)),
    markRefused: (key, refusal, by) => change((held) => markRefused(held, { ...key, ...refusal }, by)),
    remove: (key, by) => change((held) => remove(held, key, by)),
  };
}

function toSealed({ sealed, kid, _id, ...facts }: CredentialDocument): SealedCredential | null {
  return sealed === null ? null : { facts, kid, sealed: new Uint8Array(sealed.buffer) };
}

async function findHeld({ credentials, session }: Held, key: CredentialKey) {
  const found = await credentials.findOne({ _id: idOf(key) }, { session });
  return found === null ? null : CredentialDocument.parse(found);
}

async function save(held: Held, credential: SealedCredential, by: CredentialChange): Promise<void> {
  const { facts, kid, sealed } = credential;
  const document = await findHeld(held, facts);
  const known = document === null ? null : toSealed(document);
  if (known !== null && isSameCredential({ ...known, version: known.facts.version }, credential)) return;
  const stored = document?.version ?? 0;
  if (stored + 1 !== facts.version) throw staleCredential(stored, credential);
  const { credentials, session } = held;
  const body = { ...CredentialFacts.parse(facts), kid, sealed: new Binary(Buffer.from(sealed)) };
  const _id = idOf(facts);
  if (document === null) await credentials.insertOne({ _id, ...body }, { session });
  else await credentials.replaceOne({ _id, version: stored }, body, { session });
  const { channelId, kind, version } = facts;
  await insertFacts(
    held,
    session,
    [auditCredential('credential.saved', { channelId, kind, version, kid }, by)],
    [],
  );
}

async function markRefused(
  held: Held,
  { channelId, kind, version, reason }: CredentialKey & { version: number; reason: string },
  by: CredentialChange,
): Promise<boolean> {
  const key = { channelId, kind };
  const document = await findHeld(held, key);
  if (document === null || document.sealed === null || document.version !== version) return false;
  if (document.state === 'refused') return true;
  const { credentials, session } = held;
  await credentials.updateOne(
    { _id: idOf(key), version },
    { $set: { state: 'refused', reason } },
    { session },
  );
  const fact = auditCredential('credential.refused', { ...key, version, reason }, by);
  await insertFacts(held, session, [fact], []);
  return true;
}

async function remove(held: Held, key: CredentialKey, by: CredentialChange): Promise<void> {
  const document = await findHeld(held, key);
  if (document === null || document.sealed === null) return;
  const { credentials, session } = held;
  const version = document.version + 1;
  const gone = { sealed: null, version, savedAt: by.at };
  await credentials.updateOne({ _id: idOf(key), version: document.version }, { $set: gone }, { session });
  await insertFacts(held, session, [auditCredential('credential.removed', { ...key, version }, by)], []);
}
