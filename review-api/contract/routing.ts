import { z } from 'zod';
import { RoutingRules } from '../../pipeline/domain/routing.ts';

const Named = z.object({ id: z.string(), name: z.string() });

/** The rules in their order; units and channels are what they may name. */
export const RoutingView = z
  .object({
    version: z.int().nonnegative(),
    rules: RoutingRules,
    units: z.array(Named),
    channels: z.array(Named),
    mayEdit: z.boolean(),
  })
  .meta({ id: 'Routing' });
export type RoutingView = z.infer<typeof RoutingView>;

export const TryRoutingRequest = z.strictObject({ rules: RoutingRules });

/** For cases that are opened from now on; those that stand keep what they were given. */
export const SaveRoutingRequest = z.strictObject({
  rules: RoutingRules,
  seenVersion: z.int().nonnegative(),
});

export const RoutingTrialView = z
  .object({
    cases: z.int().nonnegative(),
    perRule: z.array(z.object({ ruleId: z.string(), cases: z.int().positive() })),
    untouched: z.int().nonnegative(),
    moreQueues: z.int().nonnegative(),
    perUnit: z.array(z.object({ unit: Named, cases: z.int().positive() })),
  })
  .meta({ id: 'RoutingTrial' });
export type RoutingTrialView = z.infer<typeof RoutingTrialView>;

/** What the rules gave a case when it was opened. */
export const RoutingGiven = z
  .object({
    version: z.int().nonnegative(),
    /** Names where the rule is still there, else its id. */
    rules: z.array(z.string()),
    unit: Named.nullable(),
    executor: Named.nullable(),
    dueWorkingDays: z.int().positive().nullable(),
    label: z.string().nullable(),
  })
  .meta({ id: 'RoutingGiven' });
export type RoutingGiven = z.infer<typeof RoutingGiven>;
