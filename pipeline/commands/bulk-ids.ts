import { createHash } from 'node:crypto';

/** A name under a namespace, always the same (UUID version 5, RFC 9562). */
function nameUuid(namespace: string, name: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1').update(space).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The id of the decision that a bulk makes on a case: sent again, after a cut, it meets itself. */
export function bulkDecisionId(bulkId: string, caseId: string): string {
  return nameUuid(bulkId, `decision/${caseId}`);
}

/** The id of the event that takes it back. */
export function bulkUndoId(bulkId: string, caseId: string): string {
  return nameUuid(bulkId, `undo/${caseId}`);
}
