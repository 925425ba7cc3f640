import { createHash } from 'node:crypto';
import type { CheckFinding, CheckInput, CheckLevel, EditorialCategory } from '../domain/check.ts';
import type { CheckStage } from './check-stage.ts';

/** A running text of the draft. */
interface TextPart {
  part: 'title' | 'body';
  text: string;
}

/** What a check sees wrong in one text. */
export interface TextHit {
  rule: string;
  /** UTF-16, in the text of the part. */
  start: number;
  end: number;
  /** Instead of exactly `text.slice(start, end)`; null where only a person can tell. */
  suggestion: string | null;
  message: string;
  level?: CheckLevel;
  category?: EditorialCategory;
  /** What makes it the same question as another one; the words themselves where it is left out. */
  about?: string;
}

export interface TextCheck {
  name: string;
  version: string;
  category: EditorialCategory;
  find: (part: TextPart, input: CheckInput) => Iterable<TextHit>;
}

/** A key says which question it is and quotes nothing: it is kept longer than the draft. */
export function questionKey(...about: string[]): string {
  const [stage = '', rule = '', ...words] = about;
  const digest = createHash('sha256').update(words.join('\u0000')).digest('hex').slice(0, 16);
  return `${stage}:${rule}:${digest}`;
}

/** Words as a message quotes them; in other marks where they have quotation marks of their own. */
export function quote(words: string): string {
  return /[“”]/u.test(words) ? `「${words}」` : `“${words}”`;
}

/** Eight characters that change with the list: for lists without a version of their own. */
export function versionOf(list: unknown): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('hex').slice(0, 8);
}

/** A check that reads title and body, each by itself. */
export function buildTextStage({ name, version, category, find }: TextCheck): CheckStage {
  return {
    name,
    version,
    run: (input) => ({
      findings: partsOf(input).flatMap((part) =>
        Array.from(find(part, input), (hit): CheckFinding => {
          const text = part.text.slice(hit.start, hit.end);
          return {
            category: hit.category ?? category,
            level: hit.level ?? 'warn',
            stage: name,
            rule: hit.rule,
            version,
            place: { part: part.part, ref: null, start: hit.start, end: hit.end },
            text,
            suggestion: hit.suggestion,
            message: hit.message,
            key: questionKey(name, hit.rule, hit.about ?? text),
          };
        }),
      ),
    }),
  };
}

function partsOf({ title, body }: CheckInput): TextPart[] {
  const parts: TextPart[] = [
    { part: 'title', text: title },
    { part: 'body', text: body },
  ];
  return parts.filter(({ text }) => text !== '');
}
