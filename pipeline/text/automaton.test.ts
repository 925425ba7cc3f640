import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAutomaton } from './build-automaton.ts';

function findAll(words: readonly string[], text: string): string[] {
  const found: string[] = [];
  buildAutomaton(words).search(text, (word, start, end) => {
    expect(text.slice(start, end)).toBe(words[word]);
    found.push(`${words[word]}@${start}`);
  });
  return found.sort();
}

function findPlainly(words: readonly string[], text: string): string[] {
  const places = [...text.split('').keys()];
  return [...new Set(words)]
    .filter((word) => word !== '')
    .flatMap((word) => places.filter((at) => text.startsWith(word, at)).map((at) => `${word}@${at}`))
    .sort();
}

const few = fc.string({
  unit: fc.constantFrom('赌', '博', 'a', 'b', '\ud83d', '\uffff', '\u0000'),
  maxLength: 6,
});
const long = fc.string({
  unit: fc.constantFrom('赌', '博', 'a', 'b', '\ud83d', '\uffff', '\u0000'),
  maxLength: 60,
});

describe('the automaton', () => {
  it('finds what a plain search finds, for any words and any text', () => {
    fc.assert(
      fc.property(fc.array(few, { maxLength: 12 }), long, (words, text) => {
        expect(findAll(words, text)).toEqual(findPlainly(words, text));
        expect(buildAutomaton(words).hasAny(text)).toBe(findPlainly(words, text).length > 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds nothing without words', () => {
    expect(findAll([], '赌博')).toEqual([]);
    expect(findAll([''], '赌博')).toEqual([]);
  });

  it('holds 20,000 words in little memory, and finds each of them', () => {
    const words = Array.from({ length: 20_000 }, (_, i) =>
      String.fromCharCode(0x4e00 + (i % 4000), 0x4e00 + ((i * 7919) % 5000), 0x4e00 + ((i * 104_729) % 6000)),
    );
    const automaton = buildAutomaton(words);
    expect(automaton.bytes).toBeLessThan(8_000_000);
    const found = new Set<string>();
    automaton.search(
      words.join(' '),
      (_word, start, end) => found.add(words.join(' ').slice(start, end)),
      0,
      400,
    );
    for (const word of words.slice(0, 100)) expect(found).toContain(word);
  });
});
