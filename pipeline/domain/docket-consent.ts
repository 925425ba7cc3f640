import { z } from 'zod';
import type { DocketFacts, DocketKind } from './docket.ts';
import { GuanlanError } from './errors.ts';
import { approveLawful, refuseLawful } from './lawful-request.ts';
import type { Official } from './official.ts';
import { approveRemoval, refuseRemoval, settleAppeal } from './removal.ts';

/** Steps for which it matters who takes them, beyond the right to. */
export const ConsentStep = z.enum(['approve', 'refuse', 'settle']);
export type ConsentStep = z.infer<typeof ConsentStep>;

type Attempts = Partial<Record<ConsentStep, () => unknown>>;

function attemptsFor(facts: DocketFacts[DocketKind], official: Official, at: string): Attempts {
  switch (facts.kind) {
    case 'lawful-request':
      return {
        approve: () => approveLawful(facts, official, at),
        refuse: () => refuseLawful(facts, official),
      };
    case 'removal':
      return {
        approve: () => approveRemoval(facts, official, at),
        refuse: () => refuseRemoval(facts, official),
        settle: () => settleAppeal(facts, { outcome: 'upheld', at }, official),
      };
    case 'public-request':
      return {};
    default:
      return facts satisfies never;
  }
}

function isTaken(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    if (error instanceof GuanlanError) return false;
    throw error;
  }
}

/** Pure: those that this person could take now. It is the rule itself that is asked, so that no second one can differ from it. */
export function openConsents(facts: DocketFacts[DocketKind], official: Official, at: string): ConsentStep[] {
  const attempts = attemptsFor(facts, official, at);
  return ConsentStep.options.filter((step) => {
    const attempt = attempts[step];
    return attempt !== undefined && isTaken(attempt);
  });
}
