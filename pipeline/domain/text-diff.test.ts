import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffText } from './text-diff.ts';

const side = (parts: ReturnType<typeof diffText>, without: 'added' | 'removed') =>
  parts
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');

describe('what became of a text', () => {
  it('is told by words, and by signs where there are no words', () => {
    expect(diffText('报名至3月15日，限30人。', '报名至3月25日,限30人')).toEqual([
      { kind: 'kept', text: '报名至3月' },
      { kind: 'removed', text: '15' },
      { kind: 'added', text: '25' },
      { kind: 'kept', text: '日' },
      { kind: 'removed', text: '，' },
      { kind: 'added', text: ',' },
      { kind: 'kept', text: '限30人' },
      { kind: 'removed', text: '。' },
    ]);
    expect(diffText('同', '同')).toEqual([{ kind: 'kept', text: '同' }]);
    expect(diffText('', '新')).toEqual([{ kind: 'added', text: '新' }]);
  });

  it('gives both texts back, whatever they are', () => {
    const text = fc.string({ unit: fc.constantFrom('甲', '乙', 'a', 'b', '1', ' ', '。', '😀') });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = diffText(before, after);
        expect(side(parts, 'added')).toBe(before);
        expect(side(parts, 'removed')).toBe(after);
        if (before === after) expect(parts.every(({ kind }) => kind === 'kept')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('stays quick on two long texts that have nothing in common', () => {
    const parts = diffText('甲'.repeat(20_000), '乙'.repeat(20_000));
    expect(parts.map(({ kind, text }) => [kind, text.length])).toEqual([
      ['removed', 20_000],
      ['added', 20_000],
    ]);
  });
});
