import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type SentenceSet =
  | 'hyperbole'
  | 'distress'
  | 'not-attacks'
  | 'harsh-criticism'
  | 'solicitations'
  | 'requests';

/**
 * Written sentences, one a line, that share one required answer:
 * `hyperbole` — no danger, however it sounds; `distress` — a person or the people around are in danger, soberly told;
 * `solicitations` — swindles, phishing, unlawful offers and adverts; `requests` — what a service is asked, told or thanked for;
 * `not-attacks` — against bias, or telling of bullying; `harsh-criticism` — of the school and its offices.
 */
export function readSentences(name: SentenceSet): string[] {
  return readFileSync(join(import.meta.dirname, 'sentences', `${name}.txt`), 'utf8')
    .trim()
    .split('\n');
}
