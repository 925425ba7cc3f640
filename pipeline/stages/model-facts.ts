import { readModels } from '../models/read-models.ts';
import { toneLexiconVersion } from '../models/tone-lexicon.ts';
import { ModelsUnavailable } from '../models/weights-file.ts';

/** The models in use, as verdicts are stamped with them; without the segmenter and its dictionary. */
export interface ModelFacts {
  version: string;
  /** What each of them tells. */
  heads: string[];
}

/** Null where they cannot be read: then rules alone judge. */
export function readModelFacts(): ModelFacts | null {
  try {
    const { version, header } = readModels();
    return { version: `${version}+${toneLexiconVersion}`, heads: header.heads.map(({ name }) => name) };
  } catch (error) {
    if (error instanceof ModelsUnavailable) return null;
    throw error;
  }
}
