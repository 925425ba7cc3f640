import { parseSafeJson } from './safe-json.ts';
import { looksLikeStatus } from './status.ts';

/** A page has one, and a few other objects of that name. */
const mostTries = 12;

/**
 * The status that a page at m.weibo.cn/detail/… or /status/… carries in its script, as JSON. Found by its key, and read to the brace
 * that closes it: never run.
 */
export function findEmbeddedStatus(html: string): unknown {
  let tries = 0;
  for (const key of html.matchAll(/["']?status["']?\s*:\s*(?=\{)/g)) {
    const start = key.index + key[0].length;
    const end = endOfObject(html, start);
    tries += 1;
    if (tries > mostTries) return null;
    if (end === null) continue;
    try {
      const status = parseSafeJson(html.slice(start, end));
      if (looksLikeStatus(status)) return status;
    } catch {
      // Some other object of that name, written as script and not as JSON.
    }
  }
  return null;
}

const largestObject = 2_000_000;

/** Behind the brace that closes the one at `start`; strings are passed over whole. */
function endOfObject(text: string, start: number): number | null {
  let depth = 0;
  const limit = Math.min(text.length, start + largestObject);
  for (let at = start; at < limit; at += 1) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at, limit);
    else if (sign === '{') depth += 1;
    else if (sign === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function endOfString(text: string, start: number, limit: number): number {
  for (let at = start + 1; at < limit; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return limit;
}
