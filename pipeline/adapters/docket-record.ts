import { z } from 'zod';
import {
  type DocketEntry,
  type DocketFacts,
  type DocketKind,
  DocketMove,
  type DocketStep,
  docketExpiresAt,
  docketNumber,
} from '../domain/docket.ts';
import { Conflict, NotFound } from '../domain/errors.ts';
import { LawfulRequest } from '../domain/lawful-request.ts';
import { PublicRequest } from '../domain/public-request.ts';
import { Removal } from '../domain/removal.ts';
import { bucketHour } from '../domain/time.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import type { DocketMoveCommand, DocketOpening } from '../ports/docket-store.ts';
import { newSalt, saltedDigest } from './audit-entry.ts';

/** A move as it is stored: the seal tells a repeated command from another one, without keeping its content. */
const StoredMove = DocketMove.extend({ salt: z.string(), digest: z.string() });
type StoredMove = z.infer<typeof StoredMove>;

const base = {
  id: z.string(),
  year: z.number(),
  serial: z.number(),
  version: z.number(),
  openedAt: z.string(),
  moves: z.array(StoredMove),
};
/** As both stores keep it. */
export const StoredEntry = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('lawful-request'), facts: LawfulRequest }),
  z.object({ ...base, kind: z.literal('removal'), facts: Removal }),
  z.object({ ...base, kind: z.literal('public-request'), facts: PublicRequest }),
]);
export type StoredEntry = z.infer<typeof StoredEntry>;

interface Written {
  entry: StoredEntry;
  expiresAt: string;
  audit: NewAuditEntry;
}

const yearOf = (instant: string) => Number(bucketHour(instant).slice(0, 4));

type AnyCommand = DocketOpening | DocketMoveCommand;

function digestOf(command: AnyCommand, salt: string): string {
  const { actorId, asked } = command;
  return saltedDigest(salt, JSON.stringify([actorId, Object.entries(asked).sort()]));
}

function buildMove(kind: string, command: AnyCommand): StoredMove {
  const { commandId: id, at, actorId, onBehalfOf } = command;
  const salt = newSalt();
  return { id, kind, at, actorId, onBehalfOf, salt, digest: digestOf(command, salt) };
}

/** Facts alone: no text, and no digest of a code that somebody was given. */
function buildAudit(entry: StoredEntry, move: StoredMove): NewAuditEntry {
  const { codeDigest: _code, ...facts }: { codeDigest?: string } = entry.facts as object;
  return {
    id: `${move.id}/docket`,
    log: 'audit',
    at: move.at,
    actorId: move.actorId,
    action: `${entry.kind}.${move.kind}`,
    subject: entry.id,
    payload: { number: numberOf(entry), version: entry.version, onBehalfOf: move.onBehalfOf, facts },
  };
}

const numberOf = ({ kind, year, serial }: StoredEntry) => docketNumber(kind, year, serial);

function write(entry: StoredEntry, move: StoredMove): Written {
  return { entry, expiresAt: docketExpiresAt(entry.openedAt), audit: buildAudit(entry, move) };
}

export function openingYear(opening: DocketOpening): number {
  return yearOf(opening.at);
}

/** @param serial the next one of kind and year */
export function buildOpened(opening: DocketOpening, serial: number): Written {
  const { commandId: id, kind, facts, at: openedAt } = opening;
  const move = buildMove('opened', opening);
  const fields = { id, kind, facts, openedAt, year: yearOf(openedAt), serial, version: 1, moves: [move] };
  return write(StoredEntry.parse(fields), move);
}

/** @throws Conflict for a version that has moved on */
export function buildMoved(current: StoredEntry, command: DocketMoveCommand, step: DocketStep): Written {
  if (current.version !== command.version) throw new Conflict('登记内容已有更新，请重新打开后再处理。');
  const move = buildMove(command.move, command);
  const moves = [...current.moves, move];
  const next = { ...current, facts: step.facts, version: current.version + 1, moves };
  return write(StoredEntry.parse(next), move);
}

/** Whether this very command is among the moves. @throws Conflict for other content under its id */
export function isRepeated(entry: StoredEntry, command: AnyCommand): boolean {
  const known = entry.moves.find(({ id }) => id === command.commandId);
  if (known === undefined) return false;
  const move = 'move' in command ? command.move : 'opened';
  if (known.kind !== move || known.digest !== digestOf(command, known.salt)) {
    throw new Conflict('同一编号的操作已经记录过，内容不同。');
  }
  return true;
}

/** As the port has it. @throws NotFound for an entry of another register */
export function toEntry<K extends DocketKind>(kind: K, stored: StoredEntry): DocketEntry<K> {
  if (stored.kind !== kind) throw new NotFound('没有这件登记。');
  const { id, version, openedAt } = stored;
  return {
    ...{ id, kind, number: numberOf(stored), version, openedAt },
    facts: stored.facts as DocketFacts[K],
    moves: stored.moves.map((move) => DocketMove.parse(move)),
  };
}

export function missingEntry(): NotFound {
  return new NotFound('没有这件登记。');
}

/** 异议〔2026〕3号 → year and serial; null for what is no number of this register. */
export function parseNumber(kind: DocketKind, number: string): { year: number; serial: number } | null {
  const found = /〔(\d{4})〕(\d{1,7})号$/.exec(number.trim());
  if (found === null) return null;
  const [year, serial] = [Number(found[1]), Number(found[2])];
  return docketNumber(kind, year, serial) === number.trim() ? { year, serial } : null;
}
