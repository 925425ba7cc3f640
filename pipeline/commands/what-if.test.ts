import { expect, it } from 'vitest';
import { buildRule } from '../../test/builders/rule.ts';
import type { RuleEvidence, ScannedText } from '../ports/rule-evidence.ts';
import { tryRule, type WhatIf } from './what-if.ts';

const rule = buildRule();
const whatIf: WhatIf = {
  ...{ rule, judges: false, fromDay: '2026-11-01', accessClasses: ['open'], now: '2026-11-22T04:00:00.000Z' },
  recipe: { rules: [rule], settingsVersion: 1, today: '2026-11-22' },
};

/** So many pages of `perPage` texts each, every one a hit. */
function pagesOf(pages: number, perPage: number): RuleEvidence {
  const textOf = (page: number, index: number): ScannedText => ({
    ...{ postId: `${page}-${index}`, channelId: 'c', kind: 'comment', metrics: {}, textVersion: 1 },
    ...{ day: '2026-11-20', title: '', text: rule.example },
  });
  return {
    countHits: async () => [],
    countDecisions: async () => [],
    countTexts: async () => pages * perPage,
    scanTexts: async (_scan, { cursor }) => {
      const page = Number(cursor ?? 0);
      const items = Array.from({ length: perPage }, (_, index) => textOf(page, index));
      return { items, nextCursor: page + 1 < pages ? String(page + 1) : null };
    },
  };
}

it('tells how far it is after every page', async () => {
  const told: [number, number][] = [];
  await tryRule(whatIf, pagesOf(3, 10), { onProgress: (scanned, total) => void told.push([scanned, total]) });
  expect(told).toEqual([
    [10, 30],
    [20, 30],
    [30, 30],
  ]);
});

it('stops between two pages', async () => {
  const stopping = new AbortController();
  const reason = new Error('stop');
  let pages = 0;
  const onProgress = () => {
    pages += 1;
    if (pages === 2) stopping.abort(reason);
  };
  const trying = tryRule(whatIf, pagesOf(9, 10), { onProgress, signal: stopping.signal });
  await expect(trying).rejects.toBe(reason);
  expect(pages).toBe(2);
});

it.each([1, 19, 20, 21, 40, 41, 45, 1000])('shows a sample spread over %d hits', async (hits) => {
  const { sample } = await tryRule(whatIf, pagesOf(1, hits));
  expect(sample.length).toBeLessThanOrEqual(20);
  expect(sample.length).toBeGreaterThanOrEqual(Math.min(hits, 20));
  const places = sample.map(({ postId }) => Number(postId.split('-')[1]));
  expect(places[0]).toBe(0);
  expect(new Set(places).size).toBe(places.length);
  if (hits > 20) expect(Math.max(...places)).toBeGreaterThan(hits * 0.8);
});

it('judges no more than it can in seconds, and says of how many it speaks', async () => {
  const { changed, hits } = await tryRule({ ...whatIf, judges: true }, pagesOf(6, 1000));
  expect(hits).toBe(6000);
  expect(changed).toMatchObject({ posts: 5000, of: 5000 });
});
