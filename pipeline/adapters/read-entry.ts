import { z } from 'zod';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import type { ReadRecord } from '../ports/read-log.ts';

/** What can be erased of a reading after the audit term; the defaults stand for what was erased. */
export const ReadPayload = z.object({
  caseId: z.string().nullable().default(null),
  purpose: z.string().default(''),
});

/** A reading as an entry of the audit mechanism: who, when and which version of which post stay in the chain. */
export function readEntry(read: ReadRecord): NewAuditEntry {
  const { id, at, actorId, postId, textVersion, caseId, purpose } = read;
  return {
    id,
    log: 'read',
    at,
    actorId,
    action: 'read-text',
    subject: `${postId}@${textVersion}`,
    payload: { caseId, purpose },
  };
}

/** @throws Error for a subject that `readEntry` did not write */
export function parseReadSubject(subject: string): Pick<ReadRecord, 'postId' | 'textVersion'> {
  const at = subject.lastIndexOf('@');
  const textVersion = Number(subject.slice(at + 1));
  if (at < 1 || !Number.isInteger(textVersion)) throw new Error(`Not the subject of a reading: ${subject}`);
  return { postId: subject.slice(0, at), textVersion };
}
