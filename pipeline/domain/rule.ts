import { z } from 'zod';
import { Category, ServiceKind, ServiceTopic } from './category.ts';

/** What a hit says: a category of the closed list, or one half of a service routing. Nothing else can be looked for. */
export const RuleTarget = z.union([
  z.strictObject({ category: Category }),
  z.strictObject({ serviceKind: ServiceKind }),
  z.strictObject({ serviceTopic: ServiceTopic }),
]);
export type RuleTarget = z.infer<typeof RuleTarget>;

const RuleState = z.enum(['draft', 'shadow', 'live', 'retired']);

/**
 * A lexicon rule. `allow` holds longer phrases in which a word means something harmless: the longest one wins.
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
  words: z.array(z.string().min(1)).min(1),
  allow: z.array(z.string().min(1)).default([]),
  owner: z.string().min(1),
  purpose: z.string().min(1),
  example: z.string().min(1),
  counterExample: z.string().min(1),
  /** At most twelve months ahead; a safety or personal-data rule past it keeps running, marked overdue. */
  expiresOn: z.iso.date(),
});
export type LexiconRule = z.infer<typeof LexiconRule>;
