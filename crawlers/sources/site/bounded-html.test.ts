import { describe, expect, it } from 'vitest';
import { loadBounded, PageTooComplex } from './bounded-html.ts';
import { parseSitePage } from './parse.ts';

const unclosed = (count: number) =>
  Array.from({ length: count }, (_, place) => `<p><font size=${place}><b>校历`).join('');

describe('a page that asks for more than it is worth', () => {
  it.each([
    ['tags that are never closed', unclosed(3000), /nested more than 512/],
    ['nesting without end', '<div>'.repeat(60_000), /nested more than 512/],
    ['elements without number', '<hr>'.repeat(250_000), /more than 200000 elements/],
    [
      'attributes without number',
      `<div ${Array.from({ length: 20_000 }, (_, place) => `a${place}="1"`).join(' ')}>`,
      /more than 5000 attributes/,
    ],
  ])('%s', (_name, html, why) => {
    expect(() => loadBounded(html)).toThrow(PageTooComplex);
    const parsed = parseSitePage({ url: null, html, fetchedAt: '2026-03-20T04:00:00.000Z' });
    expect(parsed).toMatchObject({
      state: 'unknown-page',
      role: null,
      items: [],
      reason: expect.stringMatching(why),
    });
  });

  it('but not what real pages do: some unclosed tags, a picture within a tag, scripts that compare', () => {
    const html = `${unclosed(100)}<img src="data:image/png;base64,${'A b '.repeat(20_000)}"><script>for(i=0;i<n;i++) x += '"'</script><p id="end">完</p>`;
    expect(loadBounded(html)('#end').text()).toBe('完');
  });
});
