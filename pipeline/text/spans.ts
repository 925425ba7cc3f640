/**
 * A text made from another one. `starts[i]` is the source offset of the character that unit `i` came from; null when
 * every unit stands where it stood. Offsets count UTF-16 code units.
 */
export interface MappedText {
  text: string;
  starts: Int32Array | null;
}

export interface Span {
  start: number;
  end: number;
}

function isHigh(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

function isLow(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}

/** Does a boundary at `offset` fall between the halves of a surrogate pair? */
function splitsPair(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return false;
  return isLow(text.charCodeAt(offset)) && isHigh(text.charCodeAt(offset - 1));
}

/**
 * The source span that a non-empty span of the mapped text came from: whole characters only, so that a slice of the
 * source is evidence that can be shown.
 * @param source the text that `mapped` was made from
 */
export function sourceSpan(mapped: MappedText, source: string, span: Span): Span {
  const { starts } = mapped;
  const last = span.end - 1;
  let start = starts === null ? span.start : (starts[span.start] ?? source.length);
  let end = (starts === null ? last : (starts[last] ?? source.length - 1)) + 1;
  if (splitsPair(source, start)) start -= 1;
  if (splitsPair(source, end)) end += 1;
  return { start, end };
}
