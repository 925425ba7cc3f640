import { z } from 'zod';
import {
  type Brief,
  type BriefFacts,
  type BriefHand,
  type BriefSection,
  BriefState,
  type BriefWords,
  briefKindNames,
} from './brief.ts';
import { isSameIssue } from './brief-period.ts';
import { formatBriefNumber } from './brief-template.ts';
import { Conflict, InvalidInput, NotPermitted } from './errors.ts';
import { isSamePerson } from './official.ts';
import { expiresAt } from './retention-class.ts';
import { Instant, shanghaiClock } from './time.ts';

export const BriefMove = z.enum(['submit', 'return', 'approve', 'withdraw']);
export type BriefMove = z.infer<typeof BriefMove>;

/** `commandId` is chosen once per intention, and is the new brief's id. */
export interface NewBrief {
  commandId: string;
  facts: BriefFacts;
  /** Ids under each number: at most `mostFrozenIds` of each are kept. */
  evidence: ReadonlyMap<string, readonly string[]>;
  scheduleKey: string | null;
  replaces: string | null;
}

export interface SaveBriefWords {
  commandId: string;
  briefId: string;
  /** The one seen. */
  version: number;
  words: BriefWords;
}

export interface MoveBrief {
  commandId: string;
  briefId: string;
  version: number;
  move: BriefMove;
  /** For `return` and for withdrawing what was approved. */
  reason: string | null;
}

export const BriefEvent = z.object({
  /** Of the command. */
  id: z.string(),
  briefId: z.string(),
  briefVersion: z.int().positive(),
  kind: z.enum(['created', 'words', ...BriefMove.options, 'replaced']),
  at: Instant,
  /** Null for the machine. */
  actorId: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
  from: BriefState.nullable(),
  to: BriefState,
  reason: z.string().nullable(),
  /** Of the archive, with the approval. */
  hash: z.string().nullable(),
});
export type BriefEvent = z.infer<typeof BriefEvent>;

export interface ChangedBrief {
  next: Brief;
  event: BriefEvent;
}

const eventOf = (
  { id, version, state }: Pick<Brief, 'id' | 'version' | 'state'>,
  more: Pick<BriefEvent, 'id' | 'kind' | 'at' | 'from' | 'reason' | 'hash'>,
  hand: BriefHand | null,
): BriefEvent => ({
  ...more,
  ...{ briefId: id, briefVersion: version, to: state },
  ...{ actorId: hand?.actorId ?? null, onBehalfOf: hand?.onBehalfOf ?? null },
});

/**
 * Of one period one issue is in force: another one of it has to put it right, and takes its place when approved.
 * @param approved issues in force that may be of the same period
 * @throws Conflict naming the one that is in force
 */
export function assertOnlyIssue(
  brief: Pick<Brief, 'id' | 'kind' | 'period' | 'facts' | 'replaces'>,
  approved: readonly Brief[],
): void {
  const other = approved.find(
    (one) => one.id !== brief.id && one.id !== brief.replaces && isSameIssue(one, brief),
  );
  if (other === undefined) return;
  const { fromDay, toDay } = other.period;
  const days = fromDay === toDay ? fromDay : `${fromDay} 至 ${toDay}`;
  const name = `${briefKindNames[other.kind]}${other.number ?? ''}（${days}）`;
  throw new Conflict(`同一时段已有签发的${name}。内容有误，请对它出更正版；不再需要它，请先撤回。`);
}

/** Pure. @param hand null for the machine */
export function createBrief(command: NewBrief, hand: BriefHand | null, at: string): ChangedBrief {
  const { facts, commandId, scheduleKey, replaces } = command;
  const next: Brief = {
    ...{ id: commandId, version: 1, kind: facts.kind, state: 'draft', period: facts.period },
    ...{ number: null, facts, words: {}, scheduleKey, createdBy: hand?.actorId ?? null, createdAt: at },
    ...{ wordsBy: null, submittedBy: null, submittedAt: null, returnReason: null },
    ...{ approvedBy: null, approvedAt: null, hash: null, withdrawnReason: null },
    ...{ replaces, replacedBy: null, expiresAt: expiresAt('record', at) ?? at },
  };
  return {
    next,
    event: eventOf(next, { id: commandId, kind: 'created', at, from: null, reason: null, hash: null }, hand),
  };
}

const stale = () => new Conflict('这份简报已有更新，请重新打开后再处理。');

type WordsBlock = Extract<BriefSection['blocks'][number], { kind: 'words' }>;

export function listWordsBlocks({ sections }: Pick<BriefFacts, 'sections'>): WordsBlock[] {
  return sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'words'));
}

/** @throws InvalidInput naming `words.<field>` */
function assertFit(words: BriefWords, facts: BriefFacts): void {
  const blocks = new Map(listWordsBlocks(facts).map((block) => [block.field, block]));
  for (const [field, text] of Object.entries(words)) {
    const block = blocks.get(field);
    if (block === undefined) throw new InvalidInput(`words.${field}`, '这份简报没有这一栏。');
    const length = [...text].length;
    if (length > block.mostCharacters) {
      throw new InvalidInput(
        `words.${field}`,
        `“${block.label}”最多 ${block.mostCharacters} 字，现有 ${length} 字。`,
      );
    }
  }
}

/** Pure: fields left out keep what they hold. @throws Conflict, InvalidInput */
export function saveWords(
  current: Brief,
  command: SaveBriefWords,
  hand: BriefHand,
  at: string,
): ChangedBrief {
  if (current.version !== command.version) throw stale();
  if (current.state !== 'draft') throw new Conflict('这份简报已送审，不能再改；请先退回。');
  assertFit(command.words, current.facts);
  const trimmed = Object.entries(command.words).map(([field, text]) => [field, text.trim()]);
  const words = { ...current.words, ...Object.fromEntries(trimmed) };
  const next: Brief = { ...current, version: current.version + 1, words, wordsBy: hand };
  const more = { id: command.commandId, kind: 'words', at, from: 'draft', reason: null, hash: null } as const;
  return { next, event: eventOf(next, more, hand) };
}

const sources: Record<BriefMove, readonly BriefState[]> = {
  submit: ['draft'],
  return: ['submitted'],
  approve: ['submitted'],
  withdraw: ['draft', 'submitted', 'approved'],
};

export interface MoveKnown {
  at: string;
  mayApprove: boolean;
  /** Of its kind in this Shanghai year: the next running number. Asked for approvals alone. */
  running: number;
  /** Issues in force that may be of the same period. Asked for submissions and approvals alone. */
  approved: readonly Brief[];
  digest(text: string): string;
}

/** Does this move ask whether another issue of the period is in force? */
export const asksForApproved = (move: BriefMove): boolean => move === 'submit' || move === 'approve';

/** The Shanghai year in which numbers are given. */
export const briefYear = (at: string): number => Number(shanghaiClock(at).slice(0, 4));

/** @throws InvalidInput naming the first field that must be filled in and is not */
function assertFilled({ facts, words }: Brief): void {
  const empty = listWordsBlocks(facts).find(({ field, isRequired }) => isRequired && !words[field]);
  if (empty !== undefined) throw new InvalidInput(`words.${empty.field}`, `请先填写“${empty.label}”。`);
}

function assertReason(reason: string | null): string {
  const text = (reason ?? '').trim();
  if (text === '') throw new InvalidInput('reason', '请写明理由。');
  if ([...text].length > 300) throw new InvalidInput('reason', '理由最多 300 字。');
  return text;
}

/** Pure: what a move makes of it (R12). @throws Conflict, NotPermitted, InvalidInput */
export function moveBrief(
  current: Brief,
  command: MoveBrief,
  hand: BriefHand,
  known: MoveKnown,
): ChangedBrief {
  const { move } = command;
  if (current.version !== command.version) throw stale();
  if (!sources[move].includes(current.state)) throw new Conflict('这份简报现在不能这样处理，请刷新后再看。');
  if ((move === 'approve' || move === 'return' || current.state === 'approved') && !known.mayApprove) {
    throw new NotPermitted('只有负责审批的人可以这样处理。');
  }
  if (asksForApproved(move)) assertOnlyIssue(current, known.approved);
  const changed: Brief = {
    ...current,
    version: current.version + 1,
    ...changeOf(current, command, hand, known),
  };
  const next = move === 'approve' ? { ...changed, hash: known.digest(canonicalBrief(changed)) } : changed;
  const reason = move === 'return' ? next.returnReason : move === 'withdraw' ? next.withdrawnReason : null;
  const hash = move === 'approve' ? next.hash : null;
  const more = { id: command.commandId, kind: move, at: known.at, from: current.state, reason, hash };
  return { next, event: eventOf(next, more, hand) };
}

function changeOf(
  current: Brief,
  { move, reason }: MoveBrief,
  hand: BriefHand,
  known: MoveKnown,
): Partial<Brief> {
  const { at } = known;
  switch (move) {
    case 'submit':
      assertFilled(current);
      return { state: 'submitted', submittedBy: hand, submittedAt: at, returnReason: null };
    case 'return':
      return { state: 'draft', submittedBy: null, submittedAt: null, returnReason: assertReason(reason) };
    case 'approve': {
      if (current.wordsBy !== null && isSamePerson(hand, current.wordsBy)) {
        throw new NotPermitted('撰写人不能审批自己写的简报。');
      }
      const year = briefYear(at);
      const number = formatBriefNumber(current.facts.head.numberRule, year, known.running);
      return { state: 'approved', approvedBy: hand, approvedAt: at, number };
    }
    case 'withdraw': {
      const isIssued = current.state === 'approved';
      return {
        state: 'withdrawn',
        withdrawnReason: isIssued ? assertReason(reason) : (reason?.trim() ?? null),
      };
    }
    default:
      return move satisfies never;
  }
}

/** Pure: the issue that another one puts right, when that is approved. Null where it is out of force already. */
export function replaceBrief(
  current: Brief,
  by: { id: string; commandId: string },
  hand: BriefHand,
  at: string,
): ChangedBrief | null {
  if (current.state !== 'approved') return null;
  const next: Brief = { ...current, version: current.version + 1, state: 'replaced', replacedBy: by.id };
  const more = {
    id: `${by.commandId}/replaced`,
    kind: 'replaced',
    at,
    from: 'approved',
    reason: null,
    hash: null,
  } as const;
  return { next, event: eventOf(next, more, hand) };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]),
  );
}

/** What the archive's hash covers: JSON with sorted keys. It never changes once approved, whatever becomes of the issue. */
export function canonicalBrief(brief: Brief): string {
  const { id, number, facts, words, createdBy, createdAt, wordsBy, approvedBy, approvedAt, replaces } = brief;
  return JSON.stringify(
    sorted({ id, number, facts, words, createdBy, createdAt, wordsBy, approvedBy, approvedAt, replaces }),
  );
}
