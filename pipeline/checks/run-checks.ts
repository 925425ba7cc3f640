import type { CheckFinding, CheckInput, CheckResult, Unchecked } from '../domain/check.ts';
import type { CheckStage, CheckStageResult } from './check-stage.ts';
import { settleFindings } from './settle-findings.ts';

export interface CheckRun {
  /** Milliseconds for all checks together; what has not begun by then is "could not check". */
  limitMs?: number;
  /** Milliseconds, rising. */
  now?: () => number;
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

/** Runs every check, each isolated: one that throws leaves "could not check" and the others go on. */
export function runChecks(
  stages: readonly CheckStage[],
  input: CheckInput,
  { limitMs = Number.POSITIVE_INFINITY, now = () => performance.now() }: CheckRun = {},
): CheckResult {
  const findings: CheckFinding[] = [];
  const unchecked: Unchecked[] = [];
  const begun = now();
  for (const stage of stages) {
    if (now() - begun > limitMs) {
      unchecked.push({ stage: stage.name, part: null, reason: outOfTime });
      continue;
    }
    const result = attempt(stage, input);
    findings.push(...result.findings);
    unchecked.push(...(result.unchecked ?? []));
  }
  return {
    findings: settleFindings(findings),
    unchecked,
    stages: stages.map(({ name, version }) => ({ name, version })),
  };
}
