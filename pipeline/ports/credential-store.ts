import type { CredentialFacts, CredentialKind } from '../domain/credential.ts';

/** As it is kept: bytes that only a key outside the database opens. */
export interface SealedCredential {
  facts: CredentialFacts;
  /** The key that opens it. */
  kid: string;
  sealed: Uint8Array;
}

export interface CredentialKey {
  channelId: string;
  kind: CredentialKind;
}

/** Who did it and when; `id` names the audit entry, which says what was done, never with which secret. */
export interface CredentialChange {
  id: string;
  at: string;
  /** Null for the machine. */
  actorId: string | null;
}

/** One credential a channel and kind; its version only grows, over removals too. Every change is audited in its transaction. */
export interface CredentialStore {
  find(key: CredentialKey): Promise<SealedCredential | null>;

  /** Of the last one saved or removed; 0 when there never was one. */
  readVersion(key: CredentialKey): Promise<number>;

  /** Without what is sealed; of one channel or of all. By channel, then by kind. */
  listFacts(channelId?: string): Promise<CredentialFacts[]>;

  /** Compare-and-swap: its version must be the next one; of the one before nothing stays. Saving the very same again is harmless. @throws Conflict */
  save(credential: SealedCredential, change: CredentialChange): Promise<void>;

  /**
   * The platform would not take this version. A newer one is not touched. Told again, it keeps the first reason.
   * @returns whether the version that stands is this one
   */
  markRefused(
    key: CredentialKey,
    refusal: { version: number; reason: string },
    change: CredentialChange,
  ): Promise<boolean>;

  /** What was sealed is gone from the database. Harmless when there is none. */
  remove(key: CredentialKey, change: CredentialChange): Promise<void>;
}
