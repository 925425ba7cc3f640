import { z } from 'zod';
import { CaseEventKind, DecisionKind, ReasonCode, ReopenReason } from '../../pipeline/domain/case.ts';
import { Instant } from '../../pipeline/domain/time.ts';

/** One thing that happened to a case since somebody saw it. No text and no note: those are read where the case is opened. */
export const CaseChange = z
  .object({
    at: Instant,
    /** Null for the machine. */
    byName: z.string().nullable(),
    byMe: z.boolean(),
    kind: CaseEventKind,
    decision: z.object({ kind: DecisionKind, reason: ReasonCode }).nullable(),
    /** For `reopened`. */
    reason: ReopenReason.nullable(),
  })
  .meta({ id: 'CaseChange' });
export type CaseChange = z.infer<typeof CaseChange>;
