import type { StockAnswer } from '../domain/stock-answer.ts';
import type { AnswerCommand, AnswerWriter } from '../domain/stock-answer-change.ts';

export interface RecordedAnswer {
  answer: StockAnswer;
  /** True when this very command had been recorded before: nothing was written now. */
  repeated: boolean;
}

/** Counted without any text, and without who. */
export interface AnswerUses {
  answerId: string;
  uses: number;
}

/** Stock answers 口径: some hundreds, the school's own words. */
export interface StockAnswerStore {
  /**
   * One transaction: the answer with its history (compare-and-swap on `revision`) and the audit entry; the rules stand in
   * domain/stock-answer-change.ts. Repeating the same command returns the answer as it stands.
   * @throws NotFound, Conflict (also for another content, or person, under the same id), NotPermitted, InvalidInput
   */
  change(command: AnswerCommand, writer: AnswerWriter, at: string): Promise<RecordedAnswer>;

  find(answerId: string): Promise<StockAnswer | null>;

  /** All of them, oldest first. */
  list(): Promise<StockAnswer[]>;

  /** How often replies were drafted from each, or help released with it; once a case. Those never used are missing. */
  countUses(): Promise<AnswerUses[]>;
}
