import { setImmediate } from 'node:timers/promises';
import type { UndoHindrance } from '../domain/bulk.ts';
import type { Actor } from '../domain/case.ts';
import { Conflict, NotFound, NotPermitted } from '../domain/errors.ts';
import type { Rights } from '../domain/role.ts';
import { type BulkPorts, bulkChunk } from './bulk-decide.ts';
import { bulkDecisionId, bulkUndoId } from './bulk-ids.ts';

export interface UndoneOfBulk {
  caseId: string;
  hindrance: UndoHindrance | null;
  repeated: boolean;
}

/** Takes back exactly those decisions of the bulk that still hold; each with an event of its own, and once however often it is sent. */
export async function undoBulk(
  { bulkId, caseIds }: { bulkId: string; caseIds: readonly string[] },
  worker: { actor: Actor; rights: Rights },
  ports: BulkPorts,
): Promise<UndoneOfBulk[]> {
  const undone: UndoneOfBulk[] = [];
  for (const [place, caseId] of caseIds.entries()) {
    if (place > 0 && place % bulkChunk === 0) await setImmediate();
    undone.push({ caseId, ...(await undoOne(bulkId, caseId, worker, ports)) });
  }
  return undone;
}

async function undoOne(
  bulkId: string,
  caseId: string,
  { actor, rights }: { actor: Actor; rights: Rights },
  { stores: { cases }, clock }: BulkPorts,
): Promise<Omit<UndoneOfBulk, 'caseId'>> {
  const left = (hindrance: UndoHindrance) => ({ hindrance, repeated: false });
  const decisionId = bulkDecisionId(bulkId, caseId);
  const commandId = bulkUndoId(bulkId, caseId);
  const found = await cases.findCase(caseId, rights);
  if (found === null) return left((await cases.findReferral(caseId)) === null ? 'not-found' : 'referred');
  const ids = new Set((await cases.listEvents(caseId, rights)).map(({ id }) => id));
  if (ids.has(commandId)) return { hindrance: null, repeated: true };
  if (!ids.has(decisionId)) return left('not-in-bulk');
  if (found.decisionId !== decisionId) return left('superseded');
  if (found.state === 'closed') return left('closed');
  const command = { commandId, caseId, version: found.version, decisionId, note: null };
  try {
    const { repeated } = await cases.recordUndo(command, actor, clock.now());
    return { hindrance: null, repeated };
  } catch (error) {
    if (error instanceof NotPermitted) return left('not-permitted');
    if (error instanceof Conflict || error instanceof NotFound) return left('changed');
    throw error;
  }
}
