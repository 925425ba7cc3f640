import { z } from 'zod';
import { CaseState, ReopenReason } from '../../pipeline/domain/case.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { ClaimView } from './case-summary.ts';
import { TypedText } from './fields.ts';

/** For a case that was decided, answered or closed. */
export const ReopenRequest = z
  .strictObject({
    commandId: z.uuid(),
    version: z.int().positive(),
    reason: ReopenReason,
    note: TypedText(0, 2000).nullable().default(null),
  })
  .meta({ id: 'ReopenRequest' });
export type ReopenRequest = z.input<typeof ReopenRequest>;

/** On any state, and on whatever version: nothing is decided by it. */
export const NoteRequest = z
  .strictObject({ commandId: z.uuid(), note: TypedText(1, 2000) })
  .meta({ id: 'NoteRequest' });
export type NoteRequest = z.input<typeof NoteRequest>;

export const TakeOverRequest = z
  .strictObject({ commandId: z.uuid(), note: TypedText(0, 2000).nullable().default(null) })
  .meta({ id: 'TakeOverRequest' });
export type TakeOverRequest = z.input<typeof TakeOverRequest>;

/** What was recorded; the same again for a repeated command. */
export const EventAnswer = z
  .object({
    caseId: z.string(),
    /** The case's version after this event. */
    version: z.int().positive(),
    at: Instant,
    repeated: z.boolean(),
  })
  .meta({ id: 'EventAnswer' });

/** Who holds the case, and whether anything has happened to it. No text: asking is no reading. */
export const ClaimStatus = z
  .object({ version: z.int().positive(), state: CaseState, claim: ClaimView.nullable() })
  .meta({ id: 'ClaimStatus' });
export type ClaimStatus = z.infer<typeof ClaimStatus>;
