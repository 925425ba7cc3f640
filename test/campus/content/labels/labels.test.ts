import { expect, it } from 'vitest';
import { firstRemarks, labelledRemarks, readLabels, writtenLabels } from './labelled-remarks.ts';
import { matters } from './matters.ts';

const openedAt = new Date('2026-11-22T12:00:00.000Z');
const remarks = labelledRemarks(openedAt);
const comments = remarks.filter(({ kind }) => kind === 'comment');

it('every remark of the public has one label, and every label its remark, in the words it had when it was read', () => {
  const texts = new Map(comments.map(({ key, text }) => [key, text]));
  expect(writtenLabels.map(({ key }) => key).sort()).toEqual([...texts.keys()].sort());
  const changed = writtenLabels.filter(({ key, begins }) => !texts.get(key)?.startsWith(begins));
  expect(changed.map(({ key, begins }) => `${key} no longer begins with ${begins}`)).toEqual([]);
});

it('every matter is spoken of more than once, and has phrases of its own that stand in what is said of it', () => {
  for (const [name, { phrases }] of Object.entries(matters)) {
    const own = remarks.filter(({ label }) => label === name);
    expect(own.length, name).toBeGreaterThan(1);
    const said = own.map(({ text }) => text).join('\n');
    const missing = phrases.filter((phrase) => !said.includes(phrase));
    expect(missing, name).toEqual([]);
    expect(phrases.length, name).toBeGreaterThan(2);
    expect(phrases.length, name).toBeLessThan(7);
  }
});

it('tells what came first of a matter, wherever it stood', () => {
  const firsts = firstRemarks(remarks);
  expect([...firsts.keys()].sort()).toEqual(Object.keys(matters).sort());
  expect(firsts.get('dorm-heating')?.key).toBe('short-reminder/1');
  expect(firsts.get('canteen-price')?.key).toBe('canteen-new-menu/3');
  expect(remarks.map(({ at }) => at)).toEqual(remarks.map(({ at }) => at).sort());
});

it('refuses a label that nobody has described', () => {
  expect(() => readLabels('## here\n1 weather 好冷')).toThrow('no label: here: 1 weather 好冷');
});
