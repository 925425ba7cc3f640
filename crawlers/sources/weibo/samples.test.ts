import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRecorded } from './parse-recorded.ts';

// Recorded answers are kept beside the checkout where there are any; they are never part of it.
const folder = new URL('../../../../shared/formats/samples/weibo/', import.meta.url);
const present = existsSync(folder);
const expected: Record<
  string,
  { items: number; total: number | null; next: RegExp | null; first: string | null }
> = {
  'm-comments-hotflow.json': {
    items: 21,
    total: 133_519,
    next: /^314345666829623$/,
    first: '2019-06-14T12:39:20.000Z',
  },
  'm-comments-show.json': { items: 12, total: 125_020, next: /^2$/, first: '2026-03-05T04:00:00.000Z' },
  'm-getIndex-cards.json': { items: 10, total: 1012, next: /^2$/, first: '2025-06-13T16:00:00.000Z' },
  'm-getIndex-uid.json': { items: 0, total: 1008, next: /containerid=107603\d+$/, first: null },
  'm-statuses-extend.json': { items: 1, total: null, next: null, first: null },
  'm-statuses-show-retweet.json': { items: 1, total: null, next: null, first: '2019-06-15T03:44:46.000Z' },
  'v2-comments-show.json': {
    items: 2,
    total: 162,
    next: /^4106646773015438$/,
    first: '2017-11-13T12:44:44.000Z',
  },
  'v2-statuses.json': { items: 2, total: 2, next: null, first: '2018-01-22T16:00:21.000Z' },
};

/** Every value of a person's fields: what stands in a user object, whatever it is called, if it could be told again. */
function personalValues(value: unknown, within = false): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => personalValues(entry, within));
  if (typeof value !== 'object' || value === null) {
    const text = String(value);
    return text.includes('CANARY') || (within && text.length > 5) ? [text] : [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    personalValues(inner, within || /^(?:user|more_info_users|userInfo)$/.test(key)),
  );
}

describe.skipIf(!present)('recorded answers', () => {
  for (const file of present ? readdirSync(folder) : []) {
    it(file, () => {
      const raw = readFileSync(new URL(file, folder));
      const answer = parseRecorded(raw, { url: null, fetchedAt: '2026-03-05T04:00:00.000Z' });
      const { items, total, next, first } = expected[file] ?? {
        items: -1,
        total: null,
        next: null,
        first: null,
      };
      expect(answer).toMatchObject({ state: 'ok', total });
      expect(answer.items).toHaveLength(items);
      expect(answer.items[0]?.publishedAt ?? null).toBe(first);
      if (next === null) expect(answer.next).toBeNull();
      else expect(answer.next).toMatch(next);
      // Of the account itself the address of its list remains: it is the school's, and the way on.
      const told = JSON.stringify({ ...answer, next: null });
      for (const value of new Set(personalValues(JSON.parse(raw.toString('utf8'))))) {
        const inText =
          /^CANARY-mention$/.test(value) || value.includes('CANARY') || !/[\u4e00-\u9fff]/.test(value);
        if (inText && value !== 'false' && !/^\d{1,4}$/.test(value))
          expect(told.includes(value), value).toBe(false);
      }
    });
  }
});
