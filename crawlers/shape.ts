const maxDepth = 12;
const maxKeys = 200;

/**
 * What an answer is made of, without anything it says: keys, kinds of values, lengths. Kept in place of an answer that no parser
 * knows, since it may be full of persons (R2).
 */
function shapeOf(value: unknown, depth = 0): unknown {
  if (depth > maxDepth) return '…';
  if (Array.isArray(value)) {
    const shapes = new Set(value.slice(0, maxKeys).map((one) => JSON.stringify(shapeOf(one, depth + 1))));
    return { length: value.length, of: [...shapes].map((shape): unknown => JSON.parse(shape)) };
  }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).slice(0, maxKeys);
    // A key may be an id or a name, where an object serves as a table.
    return Object.fromEntries(
      entries.map(([key, one], i) => [
        /^[a-z_]{1,40}$/i.test(key) ? key : `key ${i}`,
        shapeOf(one, depth + 1),
      ]),
    );
  }
  return typeof value === 'string' ? `string of ${value.length}` : value === null ? 'null' : typeof value;
}

/** @returns what may be kept of a body that nobody could read; of one that is no JSON only its beginning's kind */
export function describeBody(body: Uint8Array): string {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  try {
    return JSON.stringify(shapeOf(JSON.parse(text)));
  } catch {
    const kind = /^\s*</.test(text) ? 'markup' : 'text that is no JSON';
    return JSON.stringify({ kind, bytes: body.length });
  }
}
