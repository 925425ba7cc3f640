import { describe, expect, it } from 'vitest';
import { articlePages } from './fixtures/article-pages.ts';
import { listPages } from './fixtures/list-pages.ts';
import { parseSitePage } from './parse.ts';

const fetchedAt = '2026-03-20T04:00:00.000Z';

describe('an article page', () => {
  for (const page of articlePages) {
    it(page.name, () => {
      const parsed = parseSitePage({ url: page.url ?? null, html: page.html, fetchedAt });
      const [item] = parsed.items;
      expect({ state: parsed.state, role: parsed.role, next: parsed.next }).toEqual({
        state: page.state ?? 'ok',
        role: 'article',
        next: null,
      });
      expect(item?.title).toBe(page.title);
      expect([item?.publishedAt ?? null, item?.publishedPrecision ?? null]).toEqual(page.published);
      if (page.text !== undefined) expect(item?.text).toBe(page.text);
      for (const part of page.once ?? []) expect(item?.text.split(part).length, part).toBe(2);
      for (const part of page.without ?? []) expect(item?.text).not.toContain(part);
      expect(item?.attachments).toEqual(page.attachments ?? []);
      if (page.id !== undefined) expect(item?.id).toBe(page.id);
    });
  }
});

describe('a list page', () => {
  for (const page of listPages) {
    it(page.name, () => {
      const parsed = parseSitePage({ url: page.url ?? null, html: page.html, fetchedAt });
      expect({ state: parsed.state, role: parsed.role, next: parsed.next }).toEqual({
        state: page.state ?? 'ok',
        role: page.role ?? 'list',
        next: page.next ?? null,
      });
      expect(parsed.items.map((item) => [item.title, item.publishedAt, item.url])).toEqual(page.items);
    });
  }
});
