import type { CheckStage } from './check-stage.ts';
import { findPairProblems } from './paired-marks.ts';
import { fullWidth, markPatterns, punctuationList } from './punctuation-list.ts';
import { buildTextStage, type TextHit } from './text-stage.ts';

const halfWidth =
  /(?<=[\u3400-\u9fff”’》）])(?:[,;:](?=[\u3400-\u9fff“‘《（])|[?!](?=[\u3400-\u9fff”’\n]|$))/gu;
const straightQuotes = /"([^"\n]*[\u3400-\u9fff][^"\n]*)"/gu;
const habit = { marks: 6, timesAsMany: 3 };

/** Where most marks are full-width, a half-width one is a slip of the keyboard; elsewhere somebody should look at the whole. */
function isSlipIn(text: string): boolean {
  const full = text.match(/[，；：？！。]/gu)?.length ?? 0;
  const half = text.match(halfWidth)?.length ?? 0;
  return full >= habit.marks && full >= half * habit.timesAsMany;
}

function* findHalfWidth(text: string): Generator<TextHit> {
  const isSlip = isSlipIn(text);
  for (const { 0: mark, index } of text.matchAll(halfWidth)) {
    const full = fullWidth[mark] ?? mark;
    const message = `中文之间用全角标点“${full}”，不用半角“${mark}”。`;
    const suggestion = isSlip ? full : null;
    yield { rule: 'half-width', start: index, end: index + 1, suggestion, message, about: 'half-width' };
  }
  for (const { 0: quoted, 1: words, index } of text.matchAll(straightQuotes)) {
    const suggestion = isSlip ? `“${words}”` : null;
    const message = '中文引号用“”，不用直引号。';
    const about = 'straight-quotes';
    yield { rule: 'straight-quotes', start: index, end: index + quoted.length, suggestion, message, about };
  }
}

function* findMarks(text: string): Generator<TextHit> {
  for (const { id, pattern, write, message, level = 'warn' } of markPatterns) {
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      yield { rule: id, ...span, suggestion: write?.(match) ?? null, message, level, about: id };
    }
  }
}

/** Marks as GB/T 15834 has them: only what is wrong wherever it stands. */
export function buildPunctuationStage(): CheckStage {
  return buildTextStage({
    name: 'punctuation',
    version: punctuationList.version,
    category: 'punctuation',
    find: function* ({ text }) {
      yield* findHalfWidth(text);
      yield* findMarks(text);
      yield* findPairProblems(text);
    },
  });
}
