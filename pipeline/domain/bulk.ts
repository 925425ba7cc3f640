import type { Case, DecisionKind } from './case.ts';
import { isUndecided } from './case.ts';
import type { Category } from './category.ts';
import { InvalidInput } from './errors.ts';

/**
 * Decisions that may be made for many cases together: those that close a matter, or say who looks further. What goes to another
 * desk, to a unit, or into what we have published, is looked at one by one.
 */
export const bulkKinds: readonly DecisionKind[] = ['no-action', 'answer', 'verify', 'mark-noise'];

/** Where somebody may be in danger every text is read, and decided, by itself. */
const dangers: readonly Category[] = ['self-harm', 'violence', 'emergency'];

/** About danger, or about an identifiable person: never decided together with others, as such copies never fold and never inherit. */
export function isOneByOne(current: Pick<Case, 'lifeSafety' | 'accessClass' | 'categories'>): boolean {
  return (
    current.lifeSafety ||
    current.accessClass !== 'open' ||
    current.categories.some((category) => dangers.includes(category))
  );
}

/** @throws InvalidInput (`kind`, `caseIds`) */
export function assertMayBulk(current: Case, kind: DecisionKind): void {
  if (!bulkKinds.includes(kind)) throw new InvalidInput('kind', '这个处理意见不能批量作出，请逐条处理。');
  if (isOneByOne(current)) {
    throw new InvalidInput('caseIds', '涉及人身安全或个人隐私的线索不能批量处理，请逐条处理。');
  }
}

/** Why a case of those that were picked is left as it is. */
export const bulkHindrances = [
  /** Not there, or not for these eyes. */
  'not-found',
  /** With those on duty by now. */
  'referred',
  'other-queue',
  'one-by-one',
  'decided',
  'changed',
  'held',
  /** The role may not decide so. */
  'not-permitted',
] as const;
export type BulkHindrance = (typeof bulkHindrances)[number];

/** What keeps a case that the person may see; the first that holds, null where nothing does. */
export function findHindrance(
  current: Case,
  seen: { version: number; isHeld: boolean; inOwnQueue: boolean; mayDecide: boolean },
): BulkHindrance | null {
  if (!seen.inOwnQueue) return 'other-queue';
  if (isOneByOne(current)) return 'one-by-one';
  if (!isUndecided(current.state)) return 'decided';
  if (current.version !== seen.version) return 'changed';
  if (seen.isHeld) return 'held';
  return seen.mayDecide ? null : 'not-permitted';
}

/** Why a decision of a bulk stays. */
export const undoHindrances = [
  'not-found',
  'referred',
  /** This bulk never decided it. */
  'not-in-bulk',
  /** Decided anew, or reopened since. */
  'superseded',
  /** Done with since: somebody has closed it. */
  'closed',
  'not-permitted',
  'changed',
] as const;
export type UndoHindrance = (typeof undoHindrances)[number];
