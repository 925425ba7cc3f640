import type { Scorer } from '../models/scorer.ts';
import type { Directory } from './directory.ts';
import { type Lexicon, lexiconStage } from './lexicon.ts';
import { modelFindingsStage } from './model-findings.ts';
import { buildPersonalDataStage } from './personal-data.ts';
import { sentimentStage } from './sentiment.ts';
import { serviceStage } from './service.ts';
import type { Stage } from './stage.ts';

/** What only the school itself can say. */
export interface SchoolKnowledge {
  directory: Directory;
  /** `20########`: `#` stands for any digit; null when it has named none. */
  studentNumberPattern: string | null;
}

/**
 * The office's procedure, in order. A later stage sees what the earlier ones found; `decide` comes after all of them.
 * @param scorer null when the weights cannot be read: rules work on, and what models should have said is "could not check"
 */
export function buildProcedure(
  lexicon: Lexicon,
  scorer: Scorer | null,
  school: SchoolKnowledge,
): readonly Stage[] {
  return [
    // Is there danger, fraud, an attack on a person, an unproven claim, or plain noise?
    lexiconStage(lexicon),
    // Does it publish somebody's identity?
    buildPersonalDataStage(school),
    // In what tone is it said?
    sentimentStage(scorer),
    // Does somebody wait for an answer, and from whom?
    serviceStage(school.directory, scorer),
    // Do the models see a danger, a swindle, an attack or an advert that no rule names?
    modelFindingsStage(scorer),
  ];
}
