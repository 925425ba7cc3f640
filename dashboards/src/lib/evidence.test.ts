import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildMarkedText, type Span } from './evidence.ts';

const textOf = (marked: ReturnType<typeof buildMarkedText>, mark: number) =>
  marked.paragraphs
    .flatMap((paragraph) => paragraph.runs)
    .filter((run) => run.marks.includes(mark))
    .map((run) => run.text)
    .join('');

describe('buildMarkedText', () => {
  it('marks one finding where it stands', () => {
    const marked = buildMarkedText('三食堂二楼着火了', [{ start: 5, end: 7 }]);
    expect(marked.paragraphs[0]?.runs).toEqual([
      { start: 0, end: 5, text: '三食堂二楼', marks: [] },
      { start: 5, end: 7, text: '着火', marks: [0] },
      { start: 7, end: 8, text: '了', marks: [] },
    ]);
  });

  it('shows both of two overlapping findings', () => {
    const marked = buildMarkedText('冒充客服退款', [
      { start: 0, end: 4 },
      { start: 2, end: 6 },
    ]);
    expect(marked.paragraphs[0]?.runs.map((run) => [run.text, run.marks])).toEqual([
      ['冒充', [0]],
      ['客服', [0, 1]],
      ['退款', [1]],
    ]);
  });

  it('drops blank lines and keeps the offsets of the others', () => {
    const marked = buildMarkedText('标题\n\n  \n正文', [{ start: 7, end: 9 }]);
    expect(marked.paragraphs.map((paragraph) => paragraph.start)).toEqual([0, 7]);
    expect(textOf(marked, 0)).toBe('正文');
  });

  it('keeps a finding that runs over a line break on both lines', () => {
    const marked = buildMarkedText('甲乙\n丙丁', [{ start: 1, end: 4 }]);
    expect(textOf(marked, 0)).toBe('乙丙');
  });

  it('lists a finding that does not fit instead of guessing a place', () => {
    const marked = buildMarkedText('短', [
      { start: 0, end: 9 },
      { start: 1, end: 1 },
      { start: 0, end: 1 },
    ]);
    expect(marked.unplaced).toEqual([0, 1]);
    expect(textOf(marked, 2)).toBe('短');
  });

  it('never cuts an emoji in half', () => {
    const marked = buildMarkedText('好😭吃', [{ start: 2, end: 4 }]);
    expect(textOf(marked, 0)).toBe('😭吃');
  });

  it('gives the text back whole, and every mark its own slice, whatever the spans', () => {
    const spanOf = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]): Span => ({ start: a, end: b }));
    const line = fc.string({ unit: fc.constantFrom('食', '堂', 'a', '1', '，'), maxLength: 40 });
    fc.assert(
      fc.property(line, fc.array(spanOf, { maxLength: 6 }), (text, spans) => {
        const marked = buildMarkedText(text, spans);
        const runs = marked.paragraphs.flatMap((paragraph) => paragraph.runs);
        expect(runs.map((run) => run.text).join('')).toBe(text);
        spans.forEach((span, index) => {
          if (marked.unplaced.includes(index)) expect(textOf(marked, index)).toBe('');
          else expect(textOf(marked, index)).toBe(text.slice(span.start, span.end));
        });
      }),
    );
  });
});
