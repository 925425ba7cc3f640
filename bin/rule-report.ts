import { type FiledRule, findLexicons, readRuleFiles } from '../config/rule-files.ts';
import { InvalidInput } from '../pipeline/domain/errors.ts';
import { describeProblemInEnglish, InvalidRules, type RuleProblem } from '../pipeline/domain/rule-problem.ts';

/** `lexicons/fraud/fraud.yaml:12: rule fraud.loan: example: the rule does not hit it`, a line each. */
export function describeInFiles(problems: readonly RuleProblem[], filed: readonly FiledRule[]): string[] {
  return problems.map((problem) => {
    const rule = findRule(problem.ruleId, filed);
    const what = describeProblemInEnglish(problem);
    return rule === undefined ? what : `${rule.where(problem.field)}: ${what}`;
  });
}

/** Of an id that stands in two places, the later one is the one too many. */
function findRule(ruleId: string, filed: readonly FiledRule[]): FiledRule | undefined {
  const place = /^#(\d+)$/.exec(ruleId)?.[1];
  if (place !== undefined) return filed[Number(place) - 1];
  return filed.findLast(
    ({ raw }) => typeof raw === 'object' && raw !== null && Reflect.get(raw, 'id') === ruleId,
  );
}

/** Says in which files the rules stand that were refused; every other error stays what it is. */
export async function withRuleFiles<T>(
  { seedDir, fallbackDir }: { seedDir: string; fallbackDir: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidRules)) throw error;
    const folder = findLexicons(seedDir, fallbackDir);
    const lines = describeInFiles(error.problems, folder === null ? [] : readRuleFiles(folder));
    throw new InvalidInput(error.field, `the rules are refused, nothing was changed:\n${lines.join('\n')}`);
  }
}
