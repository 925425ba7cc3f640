import { z } from 'zod';
import type { CheckFinding, CheckResult, EditorialCategory } from './check.ts';
import { InvalidInput } from './errors.ts';
import { addMonths } from './register.ts';
import { Instant, shanghaiDay, shanghaiInstant } from './time.ts';

/** So long an answer holds; then the question is asked again. */
const rememberedMonths = 12;

/** That findings of one key are no mistake: in all drafts of a unit, or in one draft. */
export const RememberedAnswer = z.object({
  scope: z.enum(['unit', 'draft']),
  /** The unit's id, or the draft's. */
  ownerId: z.string(),
  unitId: z.string(),
  key: z.string(),
  /** `stage.rule` */
  rule: z.string(),
  /** The words it is about, for whoever reads the list; never of personal data. */
  text: z.string(),
  reason: z.string(),
  /** Who said so last. */
  actorId: z.string(),
  at: Instant,
  /** How often it was said. */
  times: z.int().positive(),
  expiresAt: Instant,
  takenBackAt: Instant.nullable(),
});
export type RememberedAnswer = z.infer<typeof RememberedAnswer>;

export interface AnswerFindingCommand {
  commandId: string;
  draftId: string;
  /** Of the draft. */
  unitId: string;
  key: string;
  rule: string;
  text: string;
  reason: string;
  forUnit: boolean;
}

export interface TakeBackCommand {
  commandId: string;
  /** The unit, or the draft, for which it was said. */
  ownerId: string;
  key: string;
}

/** How a rule does: of what it showed at submissions, how much was said to be no mistake. */
export interface RuleAnswers {
  rule: string;
  shown: number;
  notMistake: number;
}

const ruleNameOf = ({ stage, rule }: Pick<CheckFinding, 'stage' | 'rule'>): string => `${stage}.${rule}`;

/** At the end of the day a year from now. */
function rememberedUntil(at: string): string {
  const [year = 0, month = 0, day = 0] = addMonths(shanghaiDay(at), rememberedMonths).split('-').map(Number);
  const until = shanghaiInstant(year, month, day, { hour: 23, minute: 59, second: 59 });
  if (until === null) throw new Error(`no such day: ${year}-${month}-${day}`);
  return until;
}

/**
 * What the answer makes of what was remembered. One that was taken back, or is over, begins anew.
 * @throws InvalidInput where a field is empty
 */
export function rememberAnswer(
  known: RememberedAnswer | null,
  command: AnswerFindingCommand,
  { actorId, at }: { actorId: string; at: string },
): RememberedAnswer {
  const { draftId, unitId, key, rule, text, forUnit } = command;
  const reason = command.reason.trim();
  if (reason === '') throw new InvalidInput('reason', '请说明为什么不是错误。');
  if (key === '') throw new InvalidInput('key', '没有说明是哪一处提醒。');
  const before = known === null || !holdsAt(known, at) ? 0 : known.times;
  const owner = forUnit
    ? { scope: 'unit' as const, ownerId: unitId }
    : { scope: 'draft' as const, ownerId: draftId };
  const said = { key, rule, text, reason, actorId, at };
  return { ...owner, unitId, ...said, times: before + 1, expiresAt: rememberedUntil(at), takenBackAt: null };
}

export function holdsAt({ takenBackAt, expiresAt }: RememberedAnswer, at: string): boolean {
  return takenBackAt === null && at <= expiresAt;
}

/** A finding that somebody answered before. */
interface AnsweredFinding {
  finding: CheckFinding;
  answer: RememberedAnswer;
}

export interface AppliedMemory {
  /** What asks for an answer, or blocks. */
  open: CheckFinding[];
  /** Shown collapsed: 本单位已确认 n 次. */
  answered: AnsweredFinding[];
}

/** Whose number it is has to be asked each time: one person's consent is not another's. */
const askedEachTime: readonly EditorialCategory[] = ['personal-data', 'secrecy-mark'];

function findAnswer({ level, category, key }: CheckFinding, byKey: ReadonlyMap<string, RememberedAnswer>) {
  const answer = level === 'block' ? undefined : byKey.get(key);
  return answer?.scope === 'unit' && askedEachTime.includes(category) ? undefined : answer;
}

/** What blocks is never silenced. The answer of the draft itself counts before the unit's. */
export function applyMemory(
  { findings }: Pick<CheckResult, 'findings'>,
  memory: readonly RememberedAnswer[],
  at: string,
): AppliedMemory {
  const byKey = new Map<string, RememberedAnswer>();
  for (const answer of memory) {
    if (holdsAt(answer, at) && (answer.scope === 'draft' || !byKey.has(answer.key)))
      byKey.set(answer.key, answer);
  }
  const applied: AppliedMemory = { open: [], answered: [] };
  for (const finding of findings) {
    const answer = findAnswer(finding, byKey);
    if (answer === undefined) applied.open.push(finding);
    else applied.answered.push({ finding, answer });
  }
  return applied;
}

/** How many findings of each rule a report shows, without what nobody has to answer. */
export function countShown({ findings }: Pick<CheckResult, 'findings'>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    if (finding.level === 'info') continue;
    const rule = ruleNameOf(finding);
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}
