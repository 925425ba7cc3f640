import { z } from 'zod';
import { bulkHindrances, bulkKinds, undoHindrances } from '../../pipeline/domain/bulk.ts';
import { DecisionKind, ReasonCode } from '../../pipeline/domain/case.ts';
import { decisionMoves, reasonsFor } from '../../pipeline/domain/decision.ts';
import { IdText, TypedText } from './fields.ts';

export { isOneByOne } from '../../pipeline/domain/bulk.ts';

export const bulkLimit = 200;

/** What may be decided for many together, by whom, and for which reasons; the first is the usual one. */
export const bulkOptions = bulkKinds.map((kind) => ({
  kind,
  reasons: reasonsFor[kind],
  roles: decisionMoves[kind].actors,
}));

/** The cases that were picked, each in the version that the list showed. */
const Items = z
  .array(z.strictObject({ caseId: IdText, version: z.int().positive() }))
  .min(1, '至少选一条')
  .max(bulkLimit, `一次最多 ${bulkLimit} 条`);

export const BulkPreviewRequest = z
  .strictObject({ kind: DecisionKind, reason: ReasonCode, items: Items })
  .meta({ id: 'BulkPreviewRequest' });
export type BulkPreviewRequest = z.input<typeof BulkPreviewRequest>;

const BulkLook = z.object({
  caseId: z.string(),
  /** Why it would be, or was, left as it is; null for a case that is decided. */
  hindrance: z.enum(bulkHindrances).nullable(),
  /** Who holds it, where that is why. */
  holderName: z.string().nullable(),
  /** How many near copies the decision covers, the first included; 0 where there is none. */
  posts: z.int().nonnegative(),
});

/** Of the texts only what the list has shown already: nothing. */
export const BulkPreview = z
  .object({
    items: z.array(BulkLook),
    decided: z.int().nonnegative(),
    left: z.int().nonnegative(),
    posts: z.int().nonnegative(),
  })
  .meta({ id: 'BulkPreview' });
export type BulkPreview = z.infer<typeof BulkPreview>;

/** `bulkId` is chosen once per intention. Sent again, whole or in parts, it decides each case once. */
export const BulkRequest = z
  .strictObject({
    bulkId: z.uuid(),
    kind: DecisionKind,
    reason: ReasonCode,
    note: TypedText(0, 2000).nullable().default(null),
    items: Items,
  })
  .meta({ id: 'BulkRequest' });
export type BulkRequest = z.input<typeof BulkRequest>;

export const BulkAnswer = z
  .object({
    bulkId: z.string(),
    items: z.array(BulkLook.extend({ repeated: z.boolean() })),
    decided: z.int().nonnegative(),
    left: z.int().nonnegative(),
    posts: z.int().nonnegative(),
  })
  .meta({ id: 'BulkAnswer' });
export type BulkAnswer = z.infer<typeof BulkAnswer>;

export const BulkUndoRequest = z
  .strictObject({
    bulkId: z.uuid(),
    caseIds: z.array(IdText).min(1, '至少选一条').max(bulkLimit, `一次最多 ${bulkLimit} 条`),
  })
  .meta({ id: 'BulkUndoRequest' });
export type BulkUndoRequest = z.input<typeof BulkUndoRequest>;

export const BulkUndoAnswer = z
  .object({
    bulkId: z.string(),
    items: z.array(
      z.object({
        caseId: z.string(),
        /** Why the decision stays; null where it was taken back. */
        hindrance: z.enum(undoHindrances).nullable(),
        repeated: z.boolean(),
      }),
    ),
    undone: z.int().nonnegative(),
    left: z.int().nonnegative(),
  })
  .meta({ id: 'BulkUndoAnswer' });
export type BulkUndoAnswer = z.infer<typeof BulkUndoAnswer>;
