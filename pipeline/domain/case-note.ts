import { z } from 'zod';
import type { Actor, Case, CaseEvent } from './case.ts';
import { assertOwnQueue, eventOf } from './decision.ts';
import { InvalidInput } from './errors.ts';

/** A colleague writes something down, at any time and whoever holds the case: no version is asked for, since nothing is decided. */
export const NoteCommand = z.object({
  commandId: z.uuid(),
  caseId: z.string(),
  note: z.string().max(2000),
});
export type NoteCommand = z.infer<typeof NoteCommand>;

/** Pure: the case as it was, one event later. */
export function buildNoting(
  current: Case,
  command: NoteCommand,
  actor: Actor,
  at: string,
): { next: Case; event: CaseEvent } {
  assertOwnQueue(current, actor);
  if (command.note.trim() === '') throw new InvalidInput('note', '请写下备注内容。');
  const event = eventOf(current, command.commandId, 'noted', actor, at);
  return { next: { ...current, version: event.caseVersion }, event };
}
