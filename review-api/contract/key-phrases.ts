import { z } from 'zod';
import { ServiceTopic } from '../../pipeline/domain/category.ts';
import { longestKeyPhrase } from '../../pipeline/domain/key-phrase.ts';
import { TypedText } from './fields.ts';
import { CompareView } from './trends.ts';
import { Count, EvidenceText, Named, standing } from './trends-cover.ts';

const { now, before, total } = CompareView.shape;

const question = {
  /** Days in Shanghai, both included; the last seven that are over unless told. */
  fromDay: z.iso.date().optional(),
  toDay: z.iso.date().optional(),
  channel: z.string().min(1).max(60).optional(),
  /** Of the service, not 话题. */
  topic: ServiceTopic.optional(),
};

export const KeyPhrasesQuery = z.strictObject({
  ...question,
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export const KeyPhraseItemsQuery = z.strictObject({ ...question, phrase: TypedText(1, longestKeyPhrase) });

export const KeyPhrasesView = z
  .object({
    now,
    before,
    /** Different items that were read, near copies once. */
    read: Count,
    phrases: z.array(
      z.object({
        phrase: z.string(),
        /** How surely it stands out. */
        score: z.number(),
        /** Different items in which it stands: three at least. */
        items: Count,
        /** Of the period before. */
        before: Count,
        change: total.shape.change,
        reason: total.shape.reason,
        /** A query of `GET /api/key-phrases/items`. */
        evidence: EvidenceText,
      }),
    ),
    ...standing,
  })
  .meta({ id: 'KeyPhrases' });

export const KeyPhraseItems = z.object({
  items: z.array(
    z.object({ postId: z.string(), at: z.string(), channel: Named, caseId: z.string().nullable() }),
  ),
});
