import { readSpellingModel } from './read-spelling.ts';
import { buildKnowledge, type Correction, correctText, type ReaderKnowledge } from './reader.ts';
import type { SpellingModel } from './spelling-file.ts';

/** What stands so often with its neighbours is meant so: a name, a term of the trade. */
const meantFrom = 3;

interface Loaded {
  model: SpellingModel;
  knowledge: ReaderKnowledge;
}

let loaded: Loaded | null = null;

function open(file?: string): Loaded {
  const model = readSpellingModel(file);
  return { model, knowledge: buildKnowledge(model) };
}

/** What came with the program is read once a thread (about half a second). @throws SpellingUnavailable */
export function loadLearnedSpellings(file?: string): Loaded {
  if (file !== undefined) return open(file);
  loaded ??= open();
  return loaded;
}

function standsOften(text: string, { start, end }: Correction): boolean {
  const around = text.slice(Math.max(0, start - 1), end + 1);
  let count = 0;
  for (let at = text.indexOf(around); at !== -1 && count < meantFrom; at = text.indexOf(around, at + 1))
    count += 1;
  return count >= meantFrom;
}

/** What the model takes for slips. */
export function findLearnedSpellings({ model, knowledge }: Loaded, text: string): Correction[] {
  return correctText(model, knowledge, text).filter((one) => !standsOften(text, one));
}
