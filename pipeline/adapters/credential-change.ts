import { Conflict } from '../domain/errors.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import type { CredentialChange, CredentialKey, SealedCredential } from '../ports/credential-store.ts';

type CredentialAction = 'credential.saved' | 'credential.refused' | 'credential.removed';

/** Ids, numbers and codes alone. */
export function auditCredential(
  action: CredentialAction,
  { channelId, kind, ...details }: CredentialKey & { version: number; reason?: string; kid?: string },
  { id, at, actorId }: CredentialChange,
): NewAuditEntry {
  const subject = `${channelId} ${kind}`;
  return { id, log: 'audit', at, actorId, action, subject, payload: { channelId, kind, ...details } };
}

export function staleCredential(stored: number, { facts }: SealedCredential): Conflict {
  return new Conflict(
    `The credential ${facts.kind} of ${facts.channelId} is at version ${stored}: version ${facts.version} cannot follow it.`,
  );
}

/** Whether a saved credential is this very one: sealing the same twice gives other bytes. */
export function isSameCredential(
  stored: Pick<SealedCredential, 'kid' | 'sealed'> & { version: number },
  wanted: SealedCredential,
): boolean {
  return (
    stored.version === wanted.facts.version &&
    stored.kid === wanted.kid &&
    Buffer.compare(stored.sealed, wanted.sealed) === 0
  );
}
