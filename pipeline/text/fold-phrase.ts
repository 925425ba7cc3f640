import { squeezeFillers } from './fillers.ts';
import { normalise } from './normalise.ts';

/** A word or phrase of a rule as it is compared with texts; empty where nothing is left to compare. */
export function foldPhrase(phrase: string): string {
  return squeezeFillers(normalise(phrase.trim()).text).text;
}
