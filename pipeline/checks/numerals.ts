import type { CheckStage } from './check-stage.ts';
import { numeralList, numeralPatterns } from './numeral-list.ts';
import { buildTextStage, type TextHit } from './text-stage.ts';

/** Numbers as GB/T 15835 has them: only what is wrong wherever it stands. */
export function buildNumeralStage(): CheckStage {
  return buildTextStage({
    name: 'numerals',
    version: numeralList.version,
    category: 'numeral',
    find: function* ({ text }): Generator<TextHit> {
      for (const { id, pattern, write, message, level = 'warn' } of numeralPatterns) {
        for (const match of text.matchAll(pattern)) {
          const suggestion = write?.(match) ?? null;
          // A way to write it that changes nothing: it was right.
          if (write !== null && suggestion === null && id === 'year-zero') continue;
          const span = { start: match.index, end: match.index + match[0].length };
          const about = id === 'full-width-digits' ? id : match[0];
          yield { rule: id, ...span, suggestion, message, level, about };
        }
      }
    },
  });
}
