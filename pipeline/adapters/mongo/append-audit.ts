import type { ClientSession } from 'mongodb';
import { z } from 'zod';
import { AuditEntry } from '../../domain/audit.ts';
import { Conflict } from '../../domain/errors.ts';
import type { NewAuditEntry } from '../../ports/audit-log.ts';
import { saltedDigest } from '../audit-entry.ts';
import { type AuditCollections, type AuditDocument, insertFacts } from './audit-documents.ts';

const Known = AuditEntry.omit({ id: true }).extend({
  payload: z.object({ salt: z.string() }).nullable(),
});

/**
 * For use inside a transaction: a repeated call with the same facts changes nothing.
 * @throws Conflict when an id stands for another entry
 */
export async function appendOnce(
  at: AuditCollections,
  session: ClientSession,
  facts: readonly NewAuditEntry[],
): Promise<void> {
  const ids = facts.map(({ id }) => id);
  const known = new Map<string, AuditDocument>();
  for await (const found of at.audit.find({ _id: { $in: ids } }, { session })) known.set(found._id, found);
  const fresh = facts.filter((fact) => {
    const found = known.get(fact.id);
    if (found !== undefined && !isSame(fact, found)) {
      throw new Conflict(`Audit entry ${fact.id} already stands for something else.`);
    }
    return found === undefined;
  });
  await insertFacts(at, session, fresh, []);
}

/** An erased payload cannot be compared any more. */
function isSame({ payload, ...fact }: NewAuditEntry, document: AuditDocument): boolean {
  const known = Known.parse(document);
  const salt = known.payload?.salt ?? null;
  return (
    fact.log === known.log &&
    fact.at === known.at &&
    fact.actorId === known.actorId &&
    fact.action === known.action &&
    fact.subject === known.subject &&
    (salt === null || saltedDigest(salt, JSON.stringify(payload)) === known.payloadDigest)
  );
}
