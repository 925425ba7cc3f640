import { z } from 'zod';
import { Category, ServiceKind, ServiceTopic } from './category.ts';

/** What a hit says: a category of the closed list, or one half of a service routing. Nothing else can be looked for. */
export const RuleTarget = z.union([
  z.strictObject({ category: Category }),
  z.strictObject({ serviceKind: ServiceKind }),
  z.strictObject({ serviceTopic: ServiceTopic }),
]);
export type RuleTarget = z.infer<typeof RuleTarget>;

export const RuleState = z.enum(['draft', 'shadow', 'live', 'retired']);
export type RuleState = z.infer<typeof RuleState>;

const Phrases = z.array(z.string().min(1));

/** How far a condition looks from the hit. */
export const ConditionScope = z.enum(['clause', 'sentence', 'text']);
export type ConditionScope = z.infer<typeof ConditionScope>;

/** What must hold as well for a hit to count. Compared after normalisation, as the words are. */
export const RuleConditions = z.strictObject({
  /** AND of ORs: of every group, one phrase must occur within the scope. */
  all: z.array(Phrases.min(1)).default([]),
  /** One of these must occur at most `within` characters from the hit. */
  near: z
    .strictObject({ words: Phrases.min(1), within: z.int().min(1).max(100) })
    .nullable()
    .default(null),
  /** None of these may occur within the scope. */
  not: Phrases.default([]),
  scope: ConditionScope.default('sentence'),
});
export type RuleConditions = z.infer<typeof RuleConditions>;

/** Other ways of writing the words that are looked for too: `赌bo`, `du bo`; `堵博`. */
export const RuleVariant = z.enum(['pinyin', 'homophone']);
export type RuleVariant = z.infer<typeof RuleVariant>;

/**
 * A lexicon rule: words (any of them), a pattern, or both. `allow` holds longer phrases in which a word means something harmless: the longest one wins.
 * `wordBoundary`: the hit must begin and end where the segmenter does. Words are compared after normalisation.
 */
export const LexiconRule = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,79}$/),
  version: z.int().positive(),
  state: RuleState,
  target: RuleTarget,
  severity: z.int().min(1).max(5),
  confidence: z.number().gt(0).max(1),
  wordBoundary: z.boolean().default(false),
  words: Phrases.default([]),
  /** RE2 syntax, matched against the normalised text without fillers; never takes more than linear time. */
  pattern: z.string().min(1).max(500).nullable().default(null),
  variants: z.array(RuleVariant).default([]),
  conditions: RuleConditions.nullable().default(null),
  allow: Phrases.default([]),
  owner: z.string().min(1),
  /** Begins with the screen name of the target (`purposeNames`) and a colon, then says it in the office's words. */
  purpose: z.string().min(1),
  example: z.string().min(1),
  counterExample: z.string().min(1),
  /** At most twelve months ahead; a safety or personal-data rule past it keeps running, marked overdue. */
  expiresOn: z.iso.date(),
});
export type LexiconRule = z.infer<typeof LexiconRule>;
