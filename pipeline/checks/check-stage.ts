import type { CheckFinding, CheckInput, Unchecked } from '../domain/check.ts';

export interface CheckStageResult {
  findings: readonly CheckFinding[];
  /** What this stage could not do though it did the rest. */
  unchecked?: readonly Unchecked[];
}

/** One check: pure, isolated and timed by its runner; one that fails is "could not check". */
export interface CheckStage {
  readonly name: string;
  /** Of its list or model; stands on every finding. */
  readonly version: string;
  readonly run: (input: CheckInput) => CheckStageResult;
}
