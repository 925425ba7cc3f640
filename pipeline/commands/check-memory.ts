import type { Actor } from '../domain/case.ts';
import type { CheckFinding, CheckResult } from '../domain/check.ts';
import {
  type AnswerFindingCommand,
  type AppliedMemory,
  applyMemory,
  countShown,
  type RememberedAnswer,
  type RuleAnswers,
} from '../domain/check-memory.ts';
import type { Ports } from '../ports/index.ts';
import type { Page, PageRequest } from '../ports/page.ts';

interface MemoryPorts {
  stores: Pick<Ports['stores'], 'checkMemory'>;
  clock: Ports['clock'];
}

/** Whose memory counts for a draft: its own, and its unit's. */
export interface DraftOwners {
  draftId: string;
  unitId: string;
}

/** “不是错误”, said by a named person. @throws InvalidInput, Conflict */
export function answerFinding(
  command: AnswerFindingCommand,
  actor: Actor,
  { stores, clock }: MemoryPorts,
): Promise<RememberedAnswer> {
  return stores.checkMemory.answer(command, actor, clock.now());
}

/** The finding counts again, in this draft and in the drafts of its unit. @returns whether anything stood */
export async function takeBackAnswer(
  key: string,
  { draftId, unitId, actor }: DraftOwners & { actor: Actor },
  { stores, clock }: MemoryPorts,
): Promise<boolean> {
  let stood = false;
  for (const ownerId of [draftId, unitId]) {
    const command = { commandId: clock.newId(), ownerId, key };
    if (await stores.checkMemory.takeBack(command, actor, clock.now())) stood = true;
  }
  return stood;
}

/** What of the findings somebody has answered before. */
export async function recallAnswers(
  findings: readonly CheckFinding[],
  { draftId, unitId }: DraftOwners,
  { stores, clock }: MemoryPorts,
): Promise<AppliedMemory> {
  const keys = [...new Set(findings.filter(({ level }) => level !== 'block').map(({ key }) => key))];
  if (keys.length === 0) return { open: [...findings], answered: [] };
  const now = clock.now();
  const known = await stores.checkMemory.recall([draftId, unitId], keys, now);
  return applyMemory({ findings: [...findings] }, known, now);
}

/** The report of a submission, counted for the rules that made it. Told twice, it counts once. */
export async function noteReport(
  { draftId, round }: { draftId: string; round: number },
  result: CheckResult,
  { stores }: Pick<MemoryPorts, 'stores'>,
): Promise<void> {
  await stores.checkMemory.noteShown(`${draftId}@${round}`, countShown(result));
}

/** @param unitIds null: of all units */
export function listRemembered(
  unitIds: readonly string[] | null,
  page: PageRequest,
  { stores, clock }: MemoryPorts,
): Promise<Page<RememberedAnswer>> {
  return stores.checkMemory.list(unitIds, clock.now(), page);
}

export interface RuleRecord extends RuleAnswers {
  /** 0 to 1; null before anything was shown. */
  falseAlarms: number | null;
}

/** How often each rule was said to be wrong; the most doubtful first. */
export async function readRuleRecords({ stores }: Pick<MemoryPorts, 'stores'>): Promise<RuleRecord[]> {
  const counts = await stores.checkMemory.countRules();
  return counts
    .map((one) => ({ ...one, falseAlarms: one.shown === 0 ? null : Math.min(1, one.notMistake / one.shown) }))
    .toSorted((a, b) => (b.falseAlarms ?? 0) - (a.falseAlarms ?? 0) || b.shown - a.shown);
}
