import {
  type CredentialFacts,
  type CredentialKind,
  type CredentialSecret,
  type CredentialStanding,
  credentialSecrets,
  credentialStanding,
} from '../domain/credential.ts';
import { CredentialExpired, InvalidInput } from '../domain/errors.ts';
import type { KeyRing } from '../domain/key-ring.ts';
import type { Clock } from '../ports/clock.ts';
import type { CredentialStore, SealedCredential } from '../ports/credential-store.ts';
import { openSealed, sealCredential } from './seal-credential.ts';

export interface CredentialPorts {
  store: CredentialStore;
  keys: KeyRing;
  clock: Clock;
}

export interface OpenedCredential<K extends CredentialKind = CredentialKind> {
  secret: CredentialSecret<K>;
  facts: CredentialFacts;
}

interface Saving {
  /** Null where nobody knows. */
  expiresAt: string | null;
  /** Null for the machine. */
  actorId: string | null;
  /** The version it must follow; whatever stands unless told. */
  after?: number;
}

/** What the school's own accounts are let in with. Secrets leave this only by `find`, for the one call that carries them. */
export interface Credentials {
  /**
   * Also one that was refused or has expired: `facts` says so. Null when there is none.
   * @throws CredentialExpired when its key is not in the folder of keys, or it was tampered with
   */
  find<K extends CredentialKind>(channelId: string, kind: K): Promise<OpenedCredential<K> | null>;
  facts(channelId: string): Promise<CredentialFacts[]>;
  /** A new version, which is `ok` again. @throws InvalidInput; Conflict when somebody saved meanwhile */
  save<K extends CredentialKind>(
    channelId: string,
    kind: K,
    secret: CredentialSecret<K>,
    saving: Saving,
  ): Promise<CredentialFacts>;
  /**
   * @param version that was refused: a newer one is not touched
   * @param refusal the platform's code, never its words
   * @returns whether that version still stands
   */
  markRefused(
    channelId: string,
    kind: CredentialKind,
    refusal: { version: number; reason: string },
  ): Promise<boolean>;
  standing(channelId: string, kinds: readonly CredentialKind[], now?: string): Promise<CredentialStanding>;
  remove(channelId: string, kind: CredentialKind, actorId: string | null): Promise<void>;
  /**
   * Makes a new key and seals everything with it, so that the older ones can be put away. Cut off, it is run again.
   * @returns the new key's file and how many were sealed anew
   */
  rotateKey(actorId: string | null): Promise<{ file: string; count: number }>;
}

export function openCredentials(ports: CredentialPorts): Credentials {
  const { store, clock } = ports;
  const change = (actorId: string | null) => ({ id: clock.newId(), at: clock.now(), actorId });
  const credentials: Credentials = {
    find: async (channelId, kind) => {
      const found = await store.find({ channelId, kind });
      return found === null ? null : { secret: openCredential(ports.keys, kind, found), facts: found.facts };
    },
    facts: (channelId) => store.listFacts(channelId),
    save: async (channelId, kind, secret, { expiresAt, actorId, after }) => {
      const body = parseSecret(kind, secret);
      const { id, at } = change(actorId);
      const version = (after ?? (await store.readVersion({ channelId, kind }))) + 1;
      const facts: CredentialFacts = {
        ...{ channelId, kind, version, expiresAt },
        ...{ state: 'ok', savedAt: at, reason: null },
      };
      const key = ports.keys.newest();
      const sealed = sealCredential(key, facts, JSON.stringify(body));
      await store.save({ facts, kid: key.kid, sealed }, { id, at, actorId });
      return facts;
    },
    markRefused: (channelId, kind, { version, reason }) =>
      store.markRefused({ channelId, kind }, { version, reason: codeOf(reason) }, change(null)),
    standing: async (channelId, kinds, now = clock.now()) =>
      kinds.length === 0 ? 'none-needed' : credentialStanding(await store.listFacts(channelId), kinds, now),
    remove: (channelId, kind, actorId) => store.remove({ channelId, kind }, change(actorId)),
    rotateKey: async (actorId) => {
      const { kid } = ports.keys.add();
      return { file: ports.keys.fileOf(kid), count: await sealAnew(ports, credentials, actorId) };
    },
  };
  return credentials;
}

/** A code, not a sentence: letters, digits and a few signs, at most 80. What else a platform said is dropped. */
function codeOf(reason: string): string {
  return (
    reason
      .replace(/[^\w :.,+()/-]/g, '')
      .trim()
      .slice(0, 80) || 'refused'
  );
}

/** @throws InvalidInput that names the fields and never shows what was given */
function parseSecret<K extends CredentialKind>(kind: K, given: unknown): CredentialSecret<K> {
  const parsed = credentialSecrets[kind].safeParse(given);
  if (parsed.success) return parsed.data as CredentialSecret<K>;
  const fields = Object.keys(credentialSecrets[kind].shape).join(', ');
  throw new InvalidInput('secret', `This is no credential of the kind ${kind}.`, `it has ${fields}`);
}

function openCredential<K extends CredentialKind>(
  keys: KeyRing,
  kind: K,
  { facts, kid, sealed }: SealedCredential,
): CredentialSecret<K> {
  const what = `The credential ${kind} of ${facts.channelId}`;
  const key = keys.find(kid);
  if (key === null) {
    throw new CredentialExpired(
      'operator',
      `${what} was sealed with ${keys.fileOf(kid)}, which is not in GUANLAN_KEYS: put it there, or save the credential anew (guanlan credential set).`,
    );
  }
  const body = openSealed(key, facts, sealed);
  if (body === null) {
    throw new CredentialExpired(
      'operator',
      `${what} does not open with ${keys.fileOf(kid)}: it was changed in the database. Save it anew (guanlan credential set).`,
    );
  }
  return parseSecret(kind, JSON.parse(body));
}

/** What the platform refused opens nothing: a new one will be sealed with the newest key. @returns how many were sealed anew */
async function sealAnew(ports: CredentialPorts, credentials: Credentials, actorId: string | null) {
  const { store, keys } = ports;
  const newest = keys.newest().kid;
  let count = 0;
  for (const { channelId, kind } of await store.listFacts()) {
    const found = await store.find({ channelId, kind });
    if (found === null || found.kid === newest || found.facts.state === 'refused') continue;
    const { expiresAt, version: after } = found.facts;
    const secret = openCredential(keys, kind, found);
    await credentials.save(channelId, kind, secret, { expiresAt, actorId, after });
    count += 1;
  }
  return count;
}
