import { z } from 'zod';
import { ChainMode, StepName } from '../../pipeline/domain/review-chain.ts';
import { Role } from '../../pipeline/domain/role.ts';
import { Duty } from '../../pipeline/domain/roster.ts';

export const RosterQuery = z.strictObject({
  /** A day of the week that is asked for; this week without it. */
  day: z.iso.date().optional(),
});

const Person = z.object({ name: z.string(), unit: z.string().nullable(), isActive: z.boolean() });

export const DutyShift = z.object({
  duty: Duty,
  /** The day it begins on; times by a Shanghai clock. */
  day: z.iso.date(),
  from: z.string(),
  to: z.string(),
  endsNextDay: z.boolean(),
  person: Person,
  backup: Person.nullable(),
  phone: z.string().nullable(),
});
export type DutyShift = z.infer<typeof DutyShift>;

export const RosterWeek = z
  .object({
    /** No shift stands in the roster at all. */
    isEmpty: z.boolean(),
    today: z.iso.date(),
    now: z.array(DutyShift),
    days: z.array(
      z.object({
        day: z.iso.date(),
        isWorkingDay: z.boolean(),
        /** False while that year's official holidays are not known. */
        isKnown: z.boolean(),
        shifts: z.array(DutyShift),
      }),
    ),
  })
  .meta({ id: 'RosterWeek' });
export type RosterWeek = z.infer<typeof RosterWeek>;

export const ChainList = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        mode: ChainMode,
        /** Names; none for all. */
        units: z.array(z.string()),
        channels: z.array(z.string()),
        steps: z.array(z.object({ step: StepName, role: Role.nullable(), persons: z.array(Person) })),
        /** Some step has nobody, or the same people would hold two. */
        isBroken: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ChainList' });
export type ChainList = z.infer<typeof ChainList>;
