import { z } from 'zod';
import { Role } from '../../pipeline/domain/role.ts';
import { AbsenceReason } from '../../pipeline/domain/stand-in.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { Cursor, IdText, PageLimit, PageOf } from './fields.ts';

const Named = z.object({ id: z.string(), name: z.string() });

/** 代理: who stands in for whom, with which of their roles, from one day to another (both included, in Shanghai). */
export const StandInView = z
  .object({
    id: z.string(),
    version: z.int().positive(),
    absent: Named,
    standIn: Named,
    roles: z.array(Role),
    from: z.iso.date(),
    until: z.iso.date(),
    reason: AbsenceReason,
    state: z.enum(['coming', 'active', 'over']),
    /** When it was ended early; else null. */
    endedAt: Instant.nullable(),
    madeAt: Instant,
    /** Null for an account that is gone. */
    madeByName: z.string().nullable(),
  })
  .meta({ id: 'StandInView' });
export type StandInView = z.infer<typeof StandInView>;

const arranged = {
  /** Chosen once per intention; becomes the id. */
  commandId: z.uuid(),
  standInId: IdText,
  roles: z.array(Role).min(1, '请至少选一个角色').max(Role.options.length),
  from: z.iso.date(),
  until: z.iso.date(),
  reason: AbsenceReason,
};

export const StandInRequest = z
  .strictObject({ ...arranged, absentId: IdText })
  .meta({ id: 'StandInRequest' });
export type StandInRequest = z.input<typeof StandInRequest>;

/** For one's own absence. */
export const OwnStandInRequest = z.strictObject(arranged).meta({ id: 'OwnStandInRequest' });
export type OwnStandInRequest = z.input<typeof OwnStandInRequest>;

export const EndStandInRequest = z
  .strictObject({ commandId: z.uuid(), version: z.int().positive() })
  .meta({ id: 'EndStandInRequest' });

export const StandInAnswer = z
  .object({ standIn: StandInView, repeated: z.boolean() })
  .meta({ id: 'StandInAnswer' });

/** `open`: going on or to come. */
export const StandInListQuery = z.strictObject({
  state: z.enum(['open', 'over']).default('open'),
  cursor: Cursor.optional(),
  limit: PageLimit.default(50),
});
export const StandInPage = PageOf(StandInView).meta({ id: 'StandInPage' });

/** Given: somebody stands in for me; received: I for them. */
export const OwnStandIns = z
  .object({
    given: z.array(StandInView),
    received: z.array(StandInView),
    /** Own roles that one may lend oneself. */
    lendable: z.array(Role),
  })
  .meta({ id: 'OwnStandIns' });
export type OwnStandIns = z.infer<typeof OwnStandIns>;

/** Of one's own unit, by name: whom one can ask to stand in. */
export const ColleagueList = z.object({ items: z.array(Named) }).meta({ id: 'ColleagueList' });
