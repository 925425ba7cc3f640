import { z } from 'zod';
import { Category, QueueName } from '../../pipeline/domain/category.ts';
import { Metrics, PostKind } from '../../pipeline/domain/post.ts';
import {
  CouldNotCheck,
  EvidenceSpan,
  Finding,
  Risk,
  Sentiment,
  Service,
} from '../../pipeline/domain/verdict.ts';
import { IdText } from './fields.ts';

const mostTexts = 100;
const mostUnits = 20_000;

const JudgedText = z.strictObject({
  /** Comes back with the answer. */
  id: IdText.optional(),
  /** Any string, also none, and with halves of characters: it is judged as it stands, and stored nowhere. */
  text: z.string().max(mostUnits),
  kind: PostKind.default('comment'),
  metrics: Metrics.default({}),
});

export const JudgeRequest = z
  .strictObject({ items: z.array(JudgedText).min(1).max(mostTexts) })
  .meta({ id: 'JudgeRequest' });

const JudgedFinding = Finding.omit({ stage: true }).extend({
  /** `text.slice(start, end)` of the text that was sent. */
  text: z.string(),
  evidence: z.array(EvidenceSpan.extend({ text: z.string() })).optional(),
});

/** As `guanlan judge` answers a line. */
const JudgedItem = z.object({
  id: z.string().optional(),
  sentiment: Sentiment,
  service: Service.nullable(),
  categories: z.partialRecord(Category, z.number().nullable()),
  findings: z.array(JudgedFinding),
  risk: Risk,
  queues: z.array(QueueName),
  couldNotCheck: z.array(CouldNotCheck).optional(),
});

const UnjudgedItem = z.object({
  id: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }),
});

/** In the order asked. */
export const JudgeAnswer = z
  .object({ items: z.array(z.union([JudgedItem, UnjudgedItem])) })
  .meta({ id: 'JudgeAnswer' });
