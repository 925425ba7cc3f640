/** The parser's complaint, or null when the source is JSON. */
function complaintOf(source: string): string | null {
  try {
    JSON.parse(source);
    return null;
  } catch (error) {
    return error instanceof SyntaxError ? error.message : '';
  }
}

/**
 * Where a JSON source goes wrong, as an index of UTF-16 units; null when it doesn't. V8 names the position in most of its
 * complaints; about an unexpected token it doesn't, so that the shortest prefix is looked for that has the bad token.
 */
export function findJsonErrorPosition(source: string): number | null {
  const complaint = complaintOf(source);
  if (complaint === null) return null;
  const named = /at position (\d+)/.exec(complaint)?.[1];
  if (named !== undefined) return Number(named);
  if (!complaint.startsWith('Unexpected token')) return source.length;
  let good = 0;
  let bad = source.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (complaintOf(source.slice(0, middle))?.startsWith('Unexpected token')) bad = middle;
    else good = middle;
  }
  return bad - 1;
}
