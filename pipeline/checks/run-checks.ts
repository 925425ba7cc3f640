import type { CheckFinding, CheckInput, CheckResult, Unchecked } from '../domain/check.ts';
import type { CheckStage, CheckStageResult } from './check-stage.ts';
import { settleFindings } from './settle-findings.ts';

export interface CheckRun {
  /** Milliseconds for all checks together; what has not begun by then is "could not check". */
  limitMs?: number;
  /** Milliseconds, rising. */
  now?: () => number;
  /** Told after each check: what is known stays known if a later one does not come back. */
  onStage?: (done: CheckedStage) => void;
}

/** What one check said. */
export interface CheckedStage {
  name: string;
  version: string;
  findings: readonly CheckFinding[];
  unchecked: readonly Unchecked[];
}

const outOfTime = '检查超时，这一项没有检查。';

/** What failed, never the message: it may quote the draft, and the report is kept. */
function reasonOf(error: unknown): string {
  return `检查出错（${error instanceof Error ? error.name : 'unknown'}），这一项没有检查。`;
}

function attempt(stage: CheckStage, input: CheckInput): CheckStageResult {
  try {
    return stage.run(input);
  } catch (error) {
    return { findings: [], unchecked: [{ stage: stage.name, part: null, reason: reasonOf(error) }] };
  }
}

/** What the checks said one by one, as one report; what overlaps is settled. */
export function collectStages(done: readonly CheckedStage[]): CheckResult {
  return {
    findings: settleFindings(done.flatMap(({ findings }) => findings)),
    unchecked: done.flatMap(({ unchecked }) => unchecked),
    stages: done.map(({ name, version }) => ({ name, version })),
  };
}

/** Runs every check, each isolated: one that throws leaves "could not check" and the others go on. */
export function runChecks(
  stages: readonly CheckStage[],
  input: CheckInput,
  { limitMs = Number.POSITIVE_INFINITY, now = () => performance.now(), onStage }: CheckRun = {},
): CheckResult {
  const done: CheckedStage[] = [];
  const begun = now();
  for (const stage of stages) {
    const { name, version } = stage;
    const isLate = now() - begun > limitMs;
    const { findings, unchecked = [] }: CheckStageResult = isLate
      ? { findings: [], unchecked: [{ stage: name, part: null, reason: outOfTime }] }
      : attempt(stage, input);
    const one = { name, version, findings, unchecked };
    done.push(one);
    onStage?.(one);
  }
  return collectStages(done);
}
