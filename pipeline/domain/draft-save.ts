import { type Draft, type DraftVersion, writableStates } from './draft.ts';
import type { DraftContent } from './draft-content.ts';
import type { DraftEvent } from './draft-move-command.ts';
import { isInSight, mayWrite } from './draft-moves.ts';
import type { DraftMover } from './draft-steps.ts';
import { Conflict, NotFound, NotPermitted } from './errors.ts';

/** `commandId` becomes the draft's id. */
export interface CreateDraft {
  commandId: string;
  unitId: string;
  content: DraftContent;
}

/** 保存: `keep` makes it a version of its own, which is never written over. */
export interface SaveDraft {
  draftId: string;
  /** The revision that the writer saw. */
  revision: number;
  content: DraftContent;
  keep: boolean;
}

const noDetails: DraftEvent['details'] = {
  ...{ step: null, errorsFound: null, readAloud: null, late: false, keys: [], channelId: null, url: null },
  ...{ leaderId: null, scan: null, sealDigest: null },
};

function titleFacts({ title, genre, channels, plannedAt, declarations }: DraftContent) {
  return { title, genre, channels, plannedAt, publicityUntil: declarations.publicity?.until ?? null };
}

/** @throws NotPermitted for whoever does not write for this unit */
export function buildDraft(
  { commandId, unitId, content }: CreateDraft,
  mover: DraftMover,
  at: string,
): { draft: Draft; version: DraftVersion; event: DraftEvent } {
  const draft: Draft = {
    ...{ id: commandId, revision: 1, number: null, unitId, authorId: mover.id, writers: [mover.id] },
    ...{ state: 'draft', contentVersion: 1, ...titleFacts(content), purpose: 'publish', round: 0 },
    ...{ chain: null, passes: [], submitted: null, urgent: null, asked: null, allowed: [], seal: null },
    ...{ publications: [], live: null, takeDown: null, recall: null, createdAt: at, changedAt: at },
    ...{ approvedAt: null, publishedAt: null, expiresAt: null },
  };
  if (!mayWrite(draft, mover)) throw new NotPermitted('您不能为这个单位写稿。');
  const version = {
    draftId: commandId,
    version: 1,
    content,
    writtenBy: mover.id,
    savedAt: at,
    frozen: false,
  };
  return { draft, version, event: writingEvent(draft, 'created', mover, at) };
}

function writingEvent(draft: Draft, kind: 'created' | 'kept', { id }: DraftMover, at: string): DraftEvent {
  const { revision, state, round, contentVersion } = draft;
  return {
    ...{ id: `${draft.id}/${revision}`, draftId: draft.id, revision, kind, at, actorId: id },
    ...{
      role: null,
      unitId: draft.unitId,
      onBehalfOf: null,
      from: kind === 'created' ? null : state,
      to: state,
    },
    ...{ round, contentVersion, text: null, details: noDetails },
  };
}

/** Field by field, in whatever order they came; a field without a value is none. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right]: Record<string, unknown>[] = [{ ...a }, { ...b }];
  const names = [...new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])];
  return names.every((name) => isSame(left?.[name], right?.[name]));
}

/**
 * Pure. Writes over the newest version while it is this writer's own and was neither submitted nor kept; otherwise begins a new one,
 * which is told as an event. Null where the very same stands already, so that nothing is to be written: who changes nothing is no
 * writer.
 * @param newest of all versions, also those of a correction that was not to be
 * @throws NotFound, NotPermitted, Conflict (stale, or not to be written in this state)
 */
export function buildSave(
  draft: Draft,
  newest: Omit<DraftVersion, 'draftId' | 'savedAt'>,
  command: SaveDraft,
  by: { mover: DraftMover; at: string },
): { draft: Draft; version: DraftVersion; event: DraftEvent | null } | null {
  const { mover, at } = by;
  if (!isInSight(draft, mover)) throw new NotFound('没有这篇稿件。');
  if (!mayWrite(draft, mover)) throw new NotPermitted('您不能修改这篇稿件。');
  const isCurrent = newest.version === draft.contentVersion;
  const same = isCurrent && isSame(newest.content, command.content);
  if (same && (newest.frozen || !command.keep)) return null;
  if (draft.state === 'approved') throw new Conflict('稿件已经定稿。要修改请先“重新修改”，原定稿随之作废。');
  if (!writableStates.includes(draft.state)) throw new Conflict('稿件现在的状态不能修改。');
  if (draft.revision !== command.revision) throw new Conflict('这篇稿件刚被别人保存过。');
  const isOwn = !newest.frozen && newest.writtenBy === mover.id;
  const begins = !same && !(isCurrent && isOwn && newest.version !== draft.submitted?.version);
  const number = begins ? newest.version + 1 : newest.version;
  const next: Draft = {
    ...draft,
    ...titleFacts(command.content),
    ...{ revision: draft.revision + 1, contentVersion: number, changedAt: at },
    writers: same || draft.writers.includes(mover.id) ? draft.writers : [...draft.writers, mover.id],
  };
  const { content, keep } = command;
  const version = {
    draftId: draft.id,
    version: number,
    content,
    writtenBy: same ? newest.writtenBy : mover.id,
    savedAt: at,
    frozen: keep,
  };
  return { draft: next, version, event: begins || keep ? writingEvent(next, 'kept', mover, at) : null };
}
