import type { Scorer } from '../models/scorer.ts';
import { type Lexicon, lexiconStage } from './lexicon.ts';
import { personalDataStage } from './personal-data.ts';
import { sentimentStage } from './sentiment.ts';
import { serviceStage } from './service.ts';
import type { Stage } from './stage.ts';

/**
 * The office's procedure, in order. A later stage sees what the earlier ones found; `decide` comes after all of them.
 * @param scorer null when the weights cannot be read: rules work on, and what models should have said is "could not check"
 */
export function buildProcedure(lexicon: Lexicon, scorer: Scorer | null): readonly Stage[] {
  return [
    // Is there danger, fraud, an attack on a person, an unproven claim, or plain noise?
    lexiconStage(lexicon),
    // Does it publish somebody's identity?
    personalDataStage,
    // In what tone is it said?
    sentimentStage(scorer),
    // Does somebody wait for an answer, and from whom?
    serviceStage,
  ];
}
