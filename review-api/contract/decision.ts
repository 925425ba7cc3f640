import { z } from 'zod';
import { CaseState, DecisionKind, ReasonCode } from '../../pipeline/domain/case.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { IdText, TypedText } from './fields.ts';
import { HandoverOrderRequest } from './handover.ts';

const Note = TypedText(0, 2000).nullable().default(null);

/** `commandId` is chosen once per intention, so that a repeated request changes nothing; `version` is the one seen. */
export const DecisionRequest = z
  .strictObject({
    commandId: z.uuid(),
    version: z.int().positive(),
    kind: DecisionKind,
    reason: ReasonCode,
    note: Note,
    unitId: IdText.nullable().default(null),
    /** For `hand-over` alone: what the slip says. */
    handover: HandoverOrderRequest.optional(),
  })
  .meta({ id: 'DecisionRequest' });
export type DecisionRequest = z.input<typeof DecisionRequest>;

export const UndoRequest = z
  .strictObject({ commandId: z.uuid(), version: z.int().positive(), decisionId: IdText, note: Note })
  .meta({ id: 'UndoRequest' });
export type UndoRequest = z.input<typeof UndoRequest>;

/** For a case that was decided to be answered. */
export const CloseRequest = z
  .strictObject({ commandId: z.uuid(), version: z.int().positive(), note: Note })
  .meta({ id: 'CloseRequest' });
export type CloseRequest = z.input<typeof CloseRequest>;

export const CloseAnswer = z
  .object({ caseId: z.string(), version: z.int().positive(), at: Instant, repeated: z.boolean() })
  .meta({ id: 'CloseAnswer' });

/** `postId` is the copy's, as `otherSources` names it. */
export const SplitRequest = z
  .strictObject({ commandId: z.uuid(), version: z.int().positive(), postId: IdText, note: Note })
  .meta({ id: 'SplitRequest' });
export type SplitRequest = z.input<typeof SplitRequest>;

export const SplitAnswer = z
  .object({
    caseId: z.string(),
    version: z.int().positive(),
    /** The case in which the copy waits now. */
    partedCaseId: z.string(),
    at: Instant,
    repeated: z.boolean(),
  })
  .meta({ id: 'SplitAnswer' });
export type SplitAnswer = z.infer<typeof SplitAnswer>;

/** What was recorded; the same again for a repeated command. `id` of the event is the `commandId`. */
export const DecisionAnswer = z
  .object({
    caseId: z.string(),
    /** The case's version after this event: an undo carries it. */
    version: z.int().positive(),
    state: CaseState,
    decisionId: z.string(),
    at: Instant,
    repeated: z.boolean(),
  })
  .meta({ id: 'DecisionAnswer' });
export type DecisionAnswer = z.infer<typeof DecisionAnswer>;
