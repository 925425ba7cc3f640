import { categoryFacts } from '../domain/category.ts';
import type { Finding } from '../domain/verdict.ts';
import type { StageRun } from './run-stages.ts';
import type { CategoryChances } from './stage.ts';

const isIntegrity = ({ category }: Pick<Finding, 'category'>): boolean =>
  categoryFacts[category].family === 'integrity';

/**
 * What was found in a reply of the school's own account, as far as it counts: whether we published what we must not. It quotes
 * complaints, warns of fraud and consoles, and is nobody's request; so it never waits as a voice of the public.
 */
export function asOwnReply(run: StageRun): StageRun {
  const chances: CategoryChances = Object.fromEntries(
    Object.entries(run.chances ?? {}).filter(([category]) =>
      isIntegrity({ category: category as Finding['category'] }),
    ),
  );
  return {
    ...run,
    findings: run.findings.filter(isIntegrity),
    shadow: run.shadow.filter(isIntegrity),
    serviceHits: [],
    service: null,
    chances,
    uncheckedDanger: false,
  };
}
