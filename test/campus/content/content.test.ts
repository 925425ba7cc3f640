import { describe, expect, it } from 'vitest';
import { categoryFacts } from '../../../pipeline/domain/category.ts';
import { allArticles } from './index.ts';
import { voices } from './voices.ts';

const written = (key: string) => JSON.stringify(allArticles.find((article) => article.key === key)?.body);

/** ISO 7064 MOD 11-2 over the seventeen digits. */
function checkDigit(digits: string): string {
  let weighted = 0;
  for (const digit of digits) weighted = (weighted + Number(digit)) * 2;
  return '10X98765432'[weighted % 11] ?? '';
}

describe('the articles', () => {
  it('have names of their own', () => {
    expect(new Set(allArticles.map(({ key }) => key)).size).toBe(allArticles.length);
  });

  it('leak three well-formed identity numbers by mistake, and no others', () => {
    const numbers = JSON.stringify(allArticles).match(/(?<!\d)\d{17}[\dX]/g) ?? [];
    const leaked = new Set(written('aid-list-leak')?.match(/\d{17}[\dX]/g));
    expect(leaked.size).toBe(3);
    expect(new Set(numbers)).toEqual(leaked);
    for (const number of leaked) expect(number.at(-1)).toBe(checkDigit(number.slice(0, 17)));
  });

  it('leak three mobile numbers in one list', () => {
    const mobiles = JSON.stringify(allArticles).match(/(?<!\d)1[3-9]\d{9}(?!\d)/g) ?? [];
    expect(mobiles).toHaveLength(3);
    for (const mobile of mobiles) expect(written('contest-list-mobiles')).toContain(mobile);
  });

  it('leave no placeholder of a date unfilled in their spelling', () => {
    const braces = allArticles.flatMap(
      ({ title, body }) => `${title}${JSON.stringify(body)}`.match(/\{[^"}]*\}/g) ?? [],
    );
    expect(braces.filter((brace) => !/^\{(y|0w?|[+-]\d+w?)\}$/.test(brace))).toEqual([]);
  });
});

describe('the voices', () => {
  it('stand under articles that exist', () => {
    const keys = new Set(allArticles.map(({ key }) => key));
    expect(voices.filter(({ under }) => under !== undefined && !keys.has(under))).toEqual([]);
  });

  it('expect the queues that their categories lead to', () => {
    for (const { key, expected } of voices) {
      const queues = new Set(expected.categories.flatMap((category) => categoryFacts[category].queues));
      if (expected.service !== null && expected.service.kind !== 'praise') queues.add('service');
      expect(new Set(expected.queues), key).toEqual(queues);
    }
  });
});
