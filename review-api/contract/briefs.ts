import { z } from 'zod';
import {
  Brief,
  BriefFacts,
  BriefKind,
  BriefNumber,
  BriefState,
  BriefSubject,
} from '../../pipeline/domain/brief.ts';
import { BriefEvent } from '../../pipeline/domain/brief-life.ts';
import { BriefTemplates } from '../../pipeline/domain/brief-template.ts';
import { Cursor, IdText, PageLimit, PageOf, TypedText } from './fields.ts';

const days = z.strictObject({ fromDay: z.iso.date(), toDay: z.iso.date() });
const wish = {
  kind: BriefKind,
  /** Null: the last one of its kind. */
  days: days.nullable().default(null),
  subject: BriefSubject.nullable().default(null),
};

export const BriefQuery = z.strictObject({
  kind: BriefKind.optional(),
  state: BriefState.optional(),
  cursor: Cursor.optional(),
  limit: PageLimit.default(30),
});

/** What the reader may do with it now. */
const BriefMay = z.object({
  write: z.boolean(),
  submit: z.boolean(),
  approve: z.boolean(),
  return: z.boolean(),
  withdraw: z.boolean(),
  correct: z.boolean(),
});
export type BriefMay = z.infer<typeof BriefMay>;

/** Names of colleagues, where they are known. */
const names = {
  wordsByName: z.string().nullable(),
  submittedByName: z.string().nullable(),
  approvedByName: z.string().nullable(),
};

export const BriefLineView = Brief.omit({ facts: true, words: true }).extend(names);
export type BriefLineView = z.infer<typeof BriefLineView>;

export const BriefPage = PageOf(BriefLineView);

export const BriefView = z.object({
  brief: Brief.extend(names),
  may: BriefMay,
  /** In the order they were made; for who writes briefs. */
  events: z.array(BriefEvent.extend({ actorName: z.string().nullable() })),
  /** In the order of the facts' gaps: what their channels are called now. */
  gapChannels: z.array(z.string()),
});
export type BriefView = z.infer<typeof BriefView>;

export const CreateBriefRequest = z.strictObject({
  commandId: z.uuid(),
  ...wish,
  /** The approved issue that this one puts right. */
  replaces: IdText.nullable().default(null),
});

export const PreviewBriefRequest = z.strictObject(wish);
export const PreviewBriefAnswer = z.object({ facts: BriefFacts });

export const SaveBriefWordsRequest = z.strictObject({
  commandId: z.uuid(),
  version: z.int().positive(),
  /** By field; those left out keep what they hold. */
  words: z.record(z.string().max(40), TypedText(0, 2000)),
});

export const MoveBriefRequest = z.strictObject({ commandId: z.uuid(), version: z.int().positive() });
export const MoveBriefWithReason = MoveBriefRequest.extend({ reason: TypedText(0, 300).default('') });

export const BriefProblems = z.object({
  problems: z.array(z.object({ field: z.string(), place: z.string(), reason: z.string() })),
});

export const EvidenceQueryString = z.strictObject({
  offset: z.coerce.number().int().min(0).max(1000).default(0),
});
export const EvidenceView = z.object({
  number: BriefNumber,
  /** When it was counted. */
  countedAt: z.string(),
  /** How many were frozen; of more than a thousand the ids of the first thousand are kept. */
  total: z.number().nullable(),
  /** A page of the frozen ones that the reader may see; a number of a slip as its label. */
  items: z.array(z.object({ id: z.string(), label: z.string() })),
  nextOffset: z.number().nullable(),
  /** The reader sees how many, and not which. */
  isCountOnly: z.boolean(),
  /** What the same question gives now. */
  now: z
    .object({
      value: z.number().nullable(),
      total: z.number(),
      added: z.number(),
      gone: z.number(),
      isSame: z.boolean(),
    })
    .nullable(),
  parts: z.array(BriefNumber),
});
export type EvidenceView = z.infer<typeof EvidenceView>;

export const TemplatesView = z.object({
  templates: BriefTemplates,
  version: z.number(),
  mayEdit: z.boolean(),
});
export type TemplatesView = z.infer<typeof TemplatesView>;
export const SaveTemplatesRequest = z.strictObject({
  templates: BriefTemplates,
  seenVersion: z.int().nonnegative(),
});
