import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { planes } from '../../pipeline/domain/item-cube.ts';
import { TrendDimension } from '../../pipeline/domain/trend.ts';
import { routes } from '../../review-api/contract/routes.ts';
import { trendsRoutes } from '../../review-api/contract/trends-routes.ts';
import { type Office, openOffice } from '../harness/office.ts';
import type { Visitor } from '../harness/visitor.ts';

/** R7: no figure rewards silence. Tone is described, never ranked by unit; there are no targets and no "positive ratio". */

/** Every field name and every allowed value of a schema, at any depth. */
function wordsOf(schema: unknown, words = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const one of schema) wordsOf(one, words);
  else if (typeof schema === 'object' && schema !== null) {
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties' && typeof value === 'object' && value !== null) {
        for (const name of Object.keys(value)) words.add(name);
      }
      if (key === 'enum' && Array.isArray(value)) for (const one of value) words.add(String(one));
      if (key === 'const') words.add(String(value));
      wordsOf(value, words);
    }
  }
  return words;
}
const json = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });

const figures = Object.entries(routes).filter(([, { path }]) =>
  /^\/api\/(?:trends|topics|bursts|briefs|drafts\/statistics)/.test(path),
);
/** A goal, a ranking, a share of one tone. */
const forbidden =
  /target|goal|quota|rank|score(?!s$)|league|positive.?(?:ratio|rate|share)|negative.?(?:ratio|rate|share)|sentiment/i;
/** What would tell a person, or a group small enough to be one. */
const revealing = /author|nick|avatar|gender|dorm(?!itory$)|major|grade|class(?!es$)|student/i;

describe('the schema of every figure', () => {
  test('there are some', () => {
    expect(figures.length).toBeGreaterThanOrEqual(Object.keys(trendsRoutes).length);
  });

  test.each(figures)('%s has no target, no ranking and no ratio of tones', (_name, spec) => {
    for (const part of [spec.query, spec.body])
      if (part !== null) for (const word of wordsOf(json(part, 'input'))) expect(word).not.toMatch(forbidden);
    if (spec.answer !== null)
      for (const word of wordsOf(json(spec.answer, 'output'))) expect(word).not.toMatch(forbidden);
  });

  test('the scan would see one', () => {
    const words = wordsOf(
      json(z.object({ units: z.array(z.object({ positiveRatio: z.number() })) }), 'output'),
    );
    expect([...words].some((word) => forbidden.test(word))).toBe(true);
  });

  test('no figure is broken down by anything that tells a person', () => {
    for (const dimension of TrendDimension.options) expect(dimension).not.toMatch(revealing);
    expect(TrendDimension.options).toEqual([
      ...['channel', 'unit', 'topic', 'category', 'level', 'tone', 'service-kind', 'kind'],
    ]);
  });
});

test('no sum is kept of tone by unit: only the whole cube, as the facts themselves, has both', () => {
  const both = Object.entries(planes).filter(([, { tells }]) => {
    const told: readonly string[] = tells;
    return told.includes('tone') && told.includes('unit');
  });
  expect(both.map(([plane]) => plane)).toEqual(['whole']);
});

describe('tone by unit', () => {
  let office: Office;
  let analyst: Visitor;
  let head: Visitor;
  beforeAll(async () => {
    office = await openOffice();
    analyst = await office.visitAs('analyst');
    head = await office.visitAs('director');
  });
  afterAll(() => office.close());

  const days = 'fromDay=2026-11-01&toDay=2026-11-20';
  const questions = [
    ['series?split=unit&tones=negative', 'tones'],
    ['series?split=tone&units=logistics', 'split'],
    ['series?units=logistics,library&tones=positive', 'tones'],
    ['series/file?format=csv&split=tone&units=-', 'split'],
    ['compare?split=unit&tones=negative', 'tones'],
    ['compare/file?format=xlsx&split=tone&units=logistics', 'split'],
    ['hours?units=logistics&tones=negative', 'tones'],
    ['hours/file?format=csv&units=logistics&tones=negative', 'tones'],
    ['table?rows=unit&columns=tone', 'columns'],
    ['table?rows=tone&columns=unit', 'rows'],
    ['table?rows=tone&columns=topic&units=logistics', 'rows'],
    ['table?rows=unit&columns=topic&tones=negative', 'tones'],
    ['table/file?format=csv&rows=unit&columns=tone', 'columns'],
    ['evidence?about=items&units=logistics&tones=negative', 'tones'],
    ['evidence/file?format=csv&about=items&units=logistics&tones=negative', 'tones'],
  ] as const;

  test.each(questions)('%s is refused to everybody', async (question, field) => {
    for (const visitor of [analyst, head]) {
      const { json: answer } = await visitor.get(`/api/trends/${question}&${days}`);
      expect(answer).toMatchObject({ status: 400, code: 'invalid-input', field });
    }
  });

  test('response times have no tone to ask for', async () => {
    const { json: answer } = await analyst.get(`/api/trends/responses?${days}&tones=negative`);
    expect(answer).toMatchObject({ status: 400, field: 'tones' });
  });

  test('units stand in the order of their names, not of their figures', async () => {
    for (const view of ['table?rows=unit&columns=topic', 'responses?units=-'])
      expect((await analyst.get(`/api/trends/${view}&${days}`)).status).toBe(200);
    for (const sorting of ['sort=count', 'order=desc', 'top=10']) {
      const { json: answer } = await analyst.get(
        `/api/trends/table?rows=unit&columns=topic&${days}&${sorting}`,
      );
      expect(answer).toMatchObject({ status: 400, field: sorting.split('=')[0] });
    }
  });
});
