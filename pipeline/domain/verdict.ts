import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import { Category, QueueName, ServiceKind, ServiceTopic } from './category.ts';

/** One machine judgement. `storedText(…).slice(start, end)` is its evidence; offsets count UTF-16 code units. */
export const Finding = z.object({
  category: Category,
  stage: z.string(),
  source: z.enum(['rule', 'model']),
  id: z.string(),
  version: z.string(),
  start: z.int().nonnegative(),
  end: z.int().positive(),
  severity: z.int().min(1).max(5),
  confidence: z.number().min(0).max(1),
});
export type Finding = z.infer<typeof Finding>;

const SentimentLabel = z.enum(['negative', 'neutral', 'positive']);
export const Sentiment = z.object({
  label: SentimentLabel,
  score: z.number().min(-1).max(1),
  confidence: z.number().min(0).max(1),
});
export type Sentiment = z.infer<typeof Sentiment>;

export const Service = z.object({
  kind: ServiceKind,
  topic: ServiceTopic,
  confidence: z.number().min(0).max(1),
});
export type Service = z.infer<typeof Service>;

/** Words, not colours: colours belong to incident grades. */
export const RiskLevel = z.enum(['low', 'watch', 'important', 'urgent']);
export type RiskLevel = z.infer<typeof RiskLevel>;

/** `parts` are the addends of the score by name, before it is cut to 0–100. */
export const Risk = z.object({
  score: z.number().min(0).max(100),
  level: RiskLevel,
  parts: z.record(z.string(), z.number()),
});
export type Risk = z.infer<typeof Risk>;

/** What judged, exactly: a verdict can be told apart from one made by other rules. */
export const VerdictStamp = z.object({
  text: z.int().positive(),
  rules: z.string(),
  models: z.string(),
  dictionary: z.string(),
  settings: z.int().nonnegative(),
  baseline: z.string(),
});
export type VerdictStamp = z.infer<typeof VerdictStamp>;

/** A stage that failed or timed out: it never means clean. */
export const CouldNotCheck = z.object({ stage: z.string(), reason: z.string() });
export type CouldNotCheck = z.infer<typeof CouldNotCheck>;

export const Verdict = z.object({
  sentiment: Sentiment,
  service: Service.nullable(),
  /** The strongest confidence per category; every category is present. */
  categories: z.record(Category, z.number().min(0).max(1)),
  findings: z.array(Finding),
  risk: Risk,
  queues: z.array(QueueName),
  accessClass: AccessClass,
  noise: z.boolean(),
  lifeSafety: z.boolean(),
  couldNotCheck: z.array(CouldNotCheck),
  stamp: VerdictStamp,
});
export type Verdict = z.infer<typeof Verdict>;
