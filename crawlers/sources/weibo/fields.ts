/** An object of an answer, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Null for anything that is no object, lists included. */
export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** The objects of a list; the platform sometimes sends it as an object keyed `0`, `1`, …. Null for anything else. */
export function listOf(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  const fields = fieldsOf(value);
  if (fields === null) return null;
  const keys = Object.keys(fields);
  return keys.length > 0 && keys.every((key) => /^\d+$/.test(key)) ? keys.map((key) => fields[key]) : null;
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** An id of the platform: digits, as text or number. Null for none, and for 0, which stands for none. */
export function idOf(...values: unknown[]): string | null {
  for (const value of values) {
    const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
    if (typeof text === 'string' && /^[1-9]\d{0,24}$/.test(text)) return text;
  }
  return null;
}

const factors: Record<string, number> = { '': 1, 千: 1e3, 万: 1e4, 亿: 1e8, k: 1e3, w: 1e4 };

/** `12`, `"1,234"`, `"7164.8万"`, `"1.51亿"`, `"100万+"`, `"345万次播放"`. Null for what is no count. */
export function countOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? Math.round(value) : null;
  if (typeof value !== 'string' || value.length > 30) return null;
  const match = /^\s*(\d[\d,]*(?:\.\d+)?)\s*([千万亿kw]?)\s*[+＋]?\s*(?:次(?:播放|观看))?\s*$/i.exec(value);
  if (match === null) return null;
  const factor = factors[(match[2] ?? '').toLowerCase()] ?? 1;
  const count = Math.round(Number((match[1] ?? '').replaceAll(',', '')) * factor);
  return Number.isSafeInteger(count) ? count : null;
}

/** A word, number or truth value as text; empty for anything else, and for nothing. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
