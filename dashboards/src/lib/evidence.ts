/** Offsets into the stored text, in UTF-16 code units, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** A stretch of text over which the same findings hold: `marks` are their positions in the list given, ascending. */
export interface Run extends Span {
  text: string;
  marks: number[];
}

/** One line of the stored text. `start` is its offset there. */
interface Paragraph {
  start: number;
  runs: Run[];
}

export interface MarkedText {
  paragraphs: Paragraph[];
  /** Findings whose place is not in this text (masked or shortened since): to be listed, never marked at a guess. */
  unplaced: number[];
}

function isPlaced(span: Span, length: number): boolean {
  return span.start >= 0 && span.end > span.start && span.end <= length;
}

/** A cut must not fall inside a surrogate pair: half an emoji shows as a box. */
function isInsidePair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

function widenToPairs(text: string, span: Span): Span {
  return {
    start: isInsidePair(text, span.start) ? span.start - 1 : span.start,
    end: isInsidePair(text, span.end) ? span.end + 1 : span.end,
  };
}

function linesOf(text: string): Span[] {
  const lines: Span[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    if (line.trim() !== '') lines.push({ start, end: start + line.length });
    start += line.length + 1;
  }
  return lines;
}

function runsOf(text: string, line: Span, spans: readonly (Span | null)[]): Run[] {
  const cuts = new Set([line.start, line.end]);
  for (const span of spans) {
    if (span === null) continue;
    for (const cut of [span.start, span.end]) if (cut > line.start && cut < line.end) cuts.add(cut);
  }
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(1).map((end, index) => {
    const start = ordered[index] ?? line.start;
    const marks = spans.flatMap((span, mark) =>
      span !== null && span.start <= start && span.end >= end ? [mark] : [],
    );
    return { start, end, text: text.slice(start, end), marks };
  });
}

/** Cuts a stored text into paragraphs and runs, so that overlapping findings can each be seen; blank lines fall away. */
export function buildMarkedText(text: string, findings: readonly Span[]): MarkedText {
  const spans = findings.map((one) => (isPlaced(one, text.length) ? widenToPairs(text, one) : null));
  return {
    paragraphs: linesOf(text).map((line) => ({ start: line.start, runs: runsOf(text, line, spans) })),
    unplaced: spans.flatMap((span, index) => (span === null ? [index] : [])),
  };
}
