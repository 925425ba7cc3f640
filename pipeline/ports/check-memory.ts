import type { Actor } from '../domain/case.ts';
import type {
  AnswerFindingCommand,
  RememberedAnswer,
  RuleAnswers,
  TakeBackCommand,
} from '../domain/check-memory.ts';
import type { Page, PageRequest } from './page.ts';

/** What was said to be no mistake, by unit or draft and by key; and how often each rule was right. */
export interface CheckMemory {
  /**
   * One transaction: the answer (`rememberAnswer`) and its audit entry. The same command again gives what stands.
   * @throws Conflict when another command has the id; InvalidInput
   */
  answer(command: AnswerFindingCommand, actor: Actor, at: string): Promise<RememberedAnswer>;

  /**
   * From then on the finding counts again. Twice is harmless.
   * @returns whether anything stood
   */
  takeBack(command: TakeBackCommand, actor: Actor, at: string): Promise<boolean>;

  /** What holds at `at` for any of the owners (a unit, a draft), of these keys. */
  recall(owners: readonly string[], keys: readonly string[], at: string): Promise<RememberedAnswer[]>;

  /** What holds for whole units, said last first. @param unitIds null: of all units */
  list(unitIds: readonly string[] | null, at: string, page: PageRequest): Promise<Page<RememberedAnswer>>;

  /** Counts what a report showed, by `stage.rule`. A report that was counted is not counted again. */
  noteShown(reportId: string, counts: ReadonlyMap<string, number>): Promise<void>;

  /** By rule. What was taken back counts as a mistake after all; what is over does not. */
  countRules(): Promise<RuleAnswers[]>;

  /**
   * Erases of what is over the words, the reason and who said so (R8); how often it was said goes on counting for its rule.
   * @returns how many there were
   */
  purge(now: string): Promise<number>;
}
