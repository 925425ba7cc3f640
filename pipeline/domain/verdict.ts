import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import { Category, QueueName, ServiceKind, ServiceTopic } from './category.ts';

/**
 * What had to be undone before the rule's word was found. Text-free: the word itself is worked out anew from the stored
 * text while that lives (R8).
 */
export const MatchStep = z.enum([
  'width',
  'case',
  'traditional',
  'invisible',
  'filler',
  'digit',
  'repeat',
  'pinyin',
  'homophone',
]);
export type MatchStep = z.infer<typeof MatchStep>;

/** One piece of evidence among several, with its share of the score. */
export const EvidenceSpan = z.object({
  start: z.int().nonnegative(),
  end: z.int().positive(),
  weight: z.number(),
});
export type EvidenceSpan = z.infer<typeof EvidenceSpan>;

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
  /** For a rule whose word stood there in disguise: what was undone, in order. */
  via: z.array(MatchStep).optional(),
  /** For a model: the pieces that carried the score, strongest first; `start` and `end` are those of the first. */
  evidence: z.array(EvidenceSpan).optional(),
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
  /** The unit that the school's directory makes answerable; null when none is. */
  unitId: z.string().nullable().optional(),
  /** What the kind and the topic were read from. */
  evidence: z.array(EvidenceSpan).optional(),
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
  /** Of rules on trial: recorded, and deciding nothing. */
  shadow: z.array(Finding).optional(),
  risk: Risk,
  queues: z.array(QueueName),
  accessClass: AccessClass,
  noise: z.boolean(),
  lifeSafety: z.boolean(),
  couldNotCheck: z.array(CouldNotCheck),
  stamp: VerdictStamp,
});
export type Verdict = z.infer<typeof Verdict>;
