import type { BriefLineView, BriefView } from '../../../review-api/contract/briefs.ts';
import type { CardList, InstructionView } from '../../../review-api/contract/instruction.ts';
import type { BriefNumber } from './brief-words.ts';
import { cardIdOf } from './instruction-labels.ts';
import { shanghaiDay } from './shanghai-time.ts';

/** What a leader opens the day with, each thing in one place alone. */
export interface LeaderDay {
  /** Submitted to this person, or reported back: an answer of theirs is next. Oldest first. */
  waiting: InstructionView[];
  /** Cards that nothing running is about. */
  cards: CardList['items'];
  /** Given and not ended, overdue first, then by their term; those without one last, longest untouched first. */
  ordered: InstructionView[];
}

/** Of what runs, whether an answer of this person is next; taking back what was given is not one. */
const isWaiting = ({ state, moves }: InstructionView) =>
  moves.length > 0 && (state === 'submitted' || state === 'reported');

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

function compareOrders(left: InstructionView, right: InstructionView): number {
  if (left.isOverdue !== right.isOverdue) return left.isOverdue ? -1 : 1;
  if (left.dueAt !== null && right.dueAt !== null && left.dueAt !== right.dueAt)
    return byText(left.dueAt, right.dueAt);
  if ((left.dueAt === null) !== (right.dueAt === null)) return left.dueAt === null ? 1 : -1;
  return byText(left.changedAt, right.changedAt);
}

/** Pure. @param running what has not ended */
export function buildLeaderDay(running: readonly InstructionView[], cards: CardList['items']): LeaderDay {
  const about = new Set(running.map((one) => cardIdOf(one.about)));
  const waiting = running.filter(isWaiting);
  return {
    waiting: waiting.sort((left, right) => byText(left.changedAt, right.changedAt)),
    cards: cards.filter((card) => !about.has(cardIdOf(card.about))),
    ordered: running.filter((one) => !isWaiting(one)).sort(compareOrders),
  };
}

/** The issued brief to begin with: today's morning brief, else whichever was issued last. Null where none was. */
export function pickBrief(issued: readonly BriefLineView[], now: string): BriefLineView | null {
  const today = shanghaiDay(now);
  const morning = issued.find(({ kind, period }) => kind === 'morning' && period.toDay === today);
  if (morning !== undefined) return morning;
  const latest = [...issued].sort((left, right) => byText(right.period.until, left.period.until));
  return latest.find(({ kind }) => kind === 'morning' || kind === 'daily') ?? latest[0] ?? null;
}

/** What fits into a minute: the first eight figures, and whatever a person wrote. */
export interface BriefGist {
  numbers: BriefNumber[];
  words: { label: string; text: string }[];
  /** Times that nothing was gathered in. */
  gapCount: number;
}

const mostNumbers = 8;

/** Pure. */
export function gistOfBrief({ brief }: Pick<BriefView, 'brief'>): BriefGist {
  const blocks = brief.facts.sections.flatMap((section) => section.blocks);
  return {
    numbers: blocks.flatMap((one) => (one.kind === 'numbers' ? one.numbers : [])).slice(0, mostNumbers),
    words: blocks.flatMap((one) => {
      const text = one.kind === 'words' ? (brief.words[one.field] ?? '') : '';
      return one.kind === 'words' && text !== '' ? [{ label: one.label, text }] : [];
    }),
    gapCount: brief.facts.gaps.length,
  };
}
