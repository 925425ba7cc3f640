import { createHash } from 'node:crypto';
import type { Brief, BriefHand } from '../domain/brief.ts';
import { mostFrozenIds } from '../domain/brief-evidence.ts';
import type { BriefEvent, MoveBrief, NewBrief, SaveBriefWords } from '../domain/brief-life.ts';
import { Conflict, NotFound } from '../domain/errors.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import type { BriefLine } from '../ports/brief-store.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Tells a repeated command from another one under the same id. */
export function askedDigest(command: NewBrief | SaveBriefWords | MoveBrief, hand: BriefHand | null): string {
  const { commandId, ...asked } = command;
  // What was counted may have changed between the first time and the second; what was asked for has not.
  const meant =
    'facts' in asked
      ? { ...asked, facts: [asked.facts.kind, asked.facts.period, asked.facts.subject], evidence: null }
      : asked;
  return sha256(JSON.stringify([commandId, hand, Object.entries(meant).sort()]));
}

/** @throws Conflict */
export function assertSameAsked(known: string, asked: string): void {
  if (known !== asked) throw new Conflict('同一编号的操作已经记录过，内容不同。');
}

export const missingBrief = () => new NotFound('没有这份简报。');
export const staleBrief = () => new Conflict('这份简报已有更新，请重新打开后再处理。');

/** Ids, states and the archive's hash; no words. */
export function buildBriefAudit(event: BriefEvent, brief: Brief): NewAuditEntry {
  const { id, at, actorId, kind, onBehalfOf, from, to, hash } = event;
  return {
    ...{ id, log: 'audit', at, actorId, action: `brief.${kind}`, subject: brief.id },
    payload: { kind: brief.kind, version: brief.version, from, to, onBehalfOf, hash, number: brief.number },
  };
}

export function toLine({ facts: _facts, words: _words, ...line }: Brief): BriefLine {
  return line;
}

/** By number: what is kept of its ids. */
export function frozenIds(command: NewBrief): [numberId: string, ids: string[]][] {
  return [...command.evidence].map(([numberId, ids]) => [numberId, ids.slice(0, mostFrozenIds)]);
}
