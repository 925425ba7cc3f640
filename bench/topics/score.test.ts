import { expect, it } from 'vitest';
import { matters as campusMatters } from '../../test/campus/content/labels/matters.ts';
import { monthMatters } from '../../test/campus/months/labelled-months.ts';
import { scorePhrases, ways } from './key-phrases.ts';
import { backgroundOf, runBoard, scoreTopics } from './score.ts';
import { readCampus, readMonths, readQuietMonths } from './streams.ts';

const past = readQuietMonths({ seed: 501, from: '2025-09-20', days: 40, perDay: 40 });
const weeks = { from: '2025-10-30', days: 20, perDay: 40 } as const;
const items = readMonths({ seed: 1, ...weeks });

it('notices the matters of a month, and keeps them apart from everyday talk', () => {
  const score = scoreTopics(items, runBoard(items, past), new Set(monthMatters.map(({ name }) => name)));
  expect(score).toMatchObject({ matters: 2, noticed: 2, sameName: 1 });
  expect(score.purity).toBeGreaterThan(0.96);
  expect(score.bCubed.f).toBeGreaterThan(0.56);
  expect(score.fragmentation).toBeLessThan(1.8);
  expect(score.ofNone).toBeLessThan(2);
});

it('finds hardly a topic where there is no matter', () => {
  const quiet = readQuietMonths({ seed: 1001, ...weeks });
  expect(runBoard(quiet, past).topics.size).toBeLessThan(2);
});

it('notices what was labelled by hand, at a school without a history', () => {
  const campus = readCampus(new Date('2026-11-22T12:00:00.000Z'));
  const score = scoreTopics(campus, runBoard(campus, []), new Set(Object.keys(campusMatters)));
  expect(score.noticed).toBeGreaterThanOrEqual(10);
  expect(score.ofTwelveAndMore).toBe('5/5');
  expect(score.purity).toBeGreaterThan(0.54);
  expect(score.bCubed.f).toBeGreaterThan(0.5);
});

it('names a matter in words that a person would name', () => {
  const wanted = monthMatters.flatMap(({ name, phrases }) => {
    const said = items.filter(({ item, label }) => label === name && item.speaker === 'public');
    return said.length < 4 ? [] : [{ name, said, phrases }];
  });
  const { f1, ndcg } = scorePhrases(ways.product, wanted, backgroundOf(past));
  expect(f1).toBeGreaterThan(0.65);
  expect(ndcg).toBeGreaterThan(0.74);
});
