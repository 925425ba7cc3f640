import { setImmediate } from 'node:timers/promises';
import { type BulkHindrance, bulkKinds, findHindrance } from '../domain/bulk.ts';
import type { Actor, Case, DecisionKind, ReasonCode } from '../domain/case.ts';
import { decisionMoves, isHeldAgainst, reasonsFor } from '../domain/decision.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from '../domain/errors.ts';
import type { Rights } from '../domain/role.ts';
import { seenVersion } from '../domain/seen-version.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';
import { bulkDecisionId } from './bulk-ids.ts';

interface BulkItem {
  caseId: string;
  /** As the person saw it in the list. */
  version: number;
}

export interface BulkWish {
  kind: DecisionKind;
  reason: ReasonCode;
  items: readonly BulkItem[];
}

/** Whether a case of those picked will be, or was, decided. */
export interface BulkLook {
  caseId: string;
  hindrance: BulkHindrance | null;
  /** How many near copies the decision covers, the first included; 0 where it makes none. */
  posts: number;
  /** Who holds it, where that is the hindrance. */
  holderId: string | null;
}

interface Worker {
  actor: Actor;
  rights: Rights;
}
export interface BulkPorts {
  stores: Pick<Stores, 'cases'>;
  clock: Clock;
}

/** So many cases, then others have their turn. */
export const bulkChunk = 20;

/** @throws InvalidInput (`kind`, `reason`, `items`) */
function assertWish({ kind, reason, items }: BulkWish): void {
  if (!bulkKinds.includes(kind)) {
    throw new InvalidInput('kind', '这个处理意见不能批量作出，请逐条处理。', bulkKinds.join(', '));
  }
  if (!reasonsFor[kind].includes(reason)) {
    throw new InvalidInput('reason', '理由与处理意见不相符。', reasonsFor[kind].join(', '));
  }
  if (new Set(items.map(({ caseId }) => caseId)).size !== items.length) {
    throw new InvalidInput('items', '同一条线索选了两次。');
  }
}

/**
 * Which of the cases would be decided now, and what keeps the others. Reads no text (R23); nothing is written.
 * @throws InvalidInput
 */
export async function previewBulk(wish: BulkWish, worker: Worker, ports: BulkPorts): Promise<BulkLook[]> {
  assertWish(wish);
  const looks: BulkLook[] = [];
  for (let start = 0; start < wish.items.length; start += bulkChunk) {
    const chunk = wish.items.slice(start, start + bulkChunk);
    looks.push(...(await Promise.all(chunk.map((item) => look(item, wish.kind, worker, ports)))));
  }
  return looks;
}

async function look(
  { caseId, version }: BulkItem,
  kind: DecisionKind,
  { actor, rights }: Worker,
  { stores: { cases }, clock }: BulkPorts,
): Promise<BulkLook> {
  const nothing = { caseId, posts: 0, holderId: null };
  const found = await cases.findCase(caseId, rights);
  if (found === null) {
    const isReferred = (await cases.findReferral(caseId)) !== null;
    return { ...nothing, hindrance: isReferred ? 'referred' : 'not-found' };
  }
  const hindrance = findHindrance(found, {
    version: await findSeen(found, version, rights, cases),
    isHeld: isHeldAgainst(found, actor, clock.now()),
    inOwnQueue: found.queues.some((queue) => rights.queues.includes(queue)),
    mayDecide: decisionMoves[kind].actors.some((role) => actor.roles.includes(role)),
  });
  if (hindrance === null) return { ...nothing, hindrance, posts: found.postIds.length };
  const holderId = hindrance === 'held' ? (found.claim?.actorId ?? null) : null;
  return { ...nothing, hindrance, holderId };
}

async function findSeen(
  found: Case,
  version: number,
  rights: Rights,
  cases: Stores['cases'],
): Promise<number> {
  if (found.version === version) return version;
  const events = await cases.listEvents(found.id, rights);
  const since = events.filter(({ caseVersion }) => caseVersion > version);
  return seenVersion(found, version, since);
}

export interface BulkOutcome extends BulkLook {
  /** True where an earlier run of this very bulk had decided it. */
  repeated: boolean;
}

/**
 * Decides each case by itself, with an event of its own. Cut off and sent again, it goes on where it stopped: each case has its
 * own `commandId`, made of bulk and case.
 * @param signal nobody waits any more: what is not decided yet stays so
 * @throws InvalidInput; then nothing was written
 */
export async function decideBulk(
  bulk: BulkWish & { bulkId: string; note: string | null },
  worker: Worker,
  ports: BulkPorts,
  signal?: AbortSignal,
): Promise<BulkOutcome[]> {
  assertWish(bulk);
  const outcomes: BulkOutcome[] = [];
  for (const [place, item] of bulk.items.entries()) {
    if (signal?.aborted === true) break;
    if (place > 0 && place % bulkChunk === 0) await setImmediate();
    outcomes.push(await decideOne(item, bulk, worker, ports));
  }
  return outcomes;
}

async function decideOne(
  item: BulkItem,
  { bulkId, kind, reason, note }: BulkWish & { bulkId: string; note: string | null },
  worker: Worker,
  ports: BulkPorts,
): Promise<BulkOutcome> {
  const command = {
    ...{ commandId: bulkDecisionId(bulkId, item.caseId), ...item },
    ...{ kind, reason, note, unitId: null, bulkId },
  };
  const { cases } = ports.stores;
  try {
    const recorded = await cases.recordDecision(command, worker.actor, ports.clock.now());
    const { repeated, case: one } = recorded;
    return { caseId: item.caseId, hindrance: null, posts: one.postIds.length, holderId: null, repeated };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const seen = await look(item, kind, worker, ports);
    // Refused, and by now nothing is in its way: it moved twice while we looked.
    return { ...seen, posts: 0, hindrance: seen.hindrance ?? 'changed', repeated: false };
  }
}

function isRefusal(error: unknown): boolean {
  return [Conflict, NotFound, NotPermitted, InvalidInput].some((known) => error instanceof known);
}
