import { z } from 'zod';
import { CheckFinding, CheckResult } from '../../pipeline/domain/check.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { Named } from './draft.ts';
import { DraftContentRequest } from './draft-content.ts';
import { Cursor, IdText, PageLimit, PageOf, TypedText } from './fields.ts';

/** “不是错误”, of the unit's memory or of this draft. */
const FindingAnswerView = z.object({
  reason: z.string(),
  by: Named.nullable(),
  at: Instant,
  forUnit: z.boolean(),
  /** How often it was said. */
  times: z.int().positive(),
});

const ShownFinding = CheckFinding.extend({
  /** Of its place in this answer alone. */
  id: z.string(),
  answered: FindingAnswerView.nullable(),
});
export type ShownFinding = z.infer<typeof ShownFinding>;

/** Places in `body` count the flat text of the document that was sent. */
export const CheckAnswer = z
  .object({
    findings: z.array(ShownFinding),
    unchecked: CheckResult.shape.unchecked,
    stages: CheckResult.shape.stages,
    /** The day it was judged for, in Shanghai. */
    day: z.iso.date(),
    checkedAt: Instant,
  })
  .meta({ id: 'CheckAnswer' });
export type CheckAnswer = z.infer<typeof CheckAnswer>;

/** The report of a submission, as it was kept. */
export const RoundCheck = z
  .object({
    round: z.int().positive(),
    findings: z.array(CheckFinding),
    unchecked: CheckResult.shape.unchecked,
    stages: CheckResult.shape.stages,
  })
  .meta({ id: 'RoundCheck' });
export const RoundParams = z.strictObject({ id: IdText, round: z.coerce.number().int().positive() });

/** As it is typed: nothing is stored. */
export const CheckDraftRequest = z
  .strictObject({ content: DraftContentRequest })
  .meta({ id: 'CheckDraftRequest' });

/** Text that belongs to no draft. */
export const CheckTextRequest = z
  .strictObject({ title: TypedText(0, 200).default(''), text: TypedText(1, 50_000) })
  .meta({ id: 'CheckTextRequest' });

const reasonLength = 300;
/** Findings of one key are one question. */
export const AnswerFindingRequest = z
  .strictObject({
    commandId: z.uuid(),
    key: TypedText(1, 300),
    rule: TypedText(1, 120),
    /** The words it is about, for whoever reads the list; never of personal data. */
    text: TypedText(0, 120).default(''),
    reason: TypedText(1, reasonLength),
    /** Remembered for all drafts of the unit; else for this one. */
    forUnit: z.boolean().default(false),
  })
  .meta({ id: 'AnswerFindingRequest' });
export const TakeBackAnswerRequest = z
  .strictObject({ key: TypedText(1, 300) })
  .meta({ id: 'TakeBackAnswerRequest' });

/** What a unit said is no mistake. */
const CheckMemoryView = z.object({
  key: z.string(),
  unit: Named,
  rule: z.string(),
  text: z.string(),
  reason: z.string(),
  by: Named.nullable(),
  at: Instant,
  times: z.int().positive(),
  expiresAt: Instant,
});
export const CheckMemoryQuery = z.strictObject({
  unitId: IdText.optional(),
  cursor: Cursor.optional(),
  limit: PageLimit.default(50),
});
export const CheckMemoryPage = PageOf(CheckMemoryView).meta({ id: 'CheckMemoryPage' });
