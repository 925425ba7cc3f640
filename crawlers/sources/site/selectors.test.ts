import { expect, it } from 'vitest';
import { findInvalidSelector } from './selectors.ts';

it.each([
  [{ title: 'h1.tit', body: '#vsb_content, .v_news_content > div' }, null],
  [
    { title: 'h1', body: 'div[[[' },
    { field: 'body', selector: 'div[[[' },
  ],
  [{ listItem: 'p:foo(' }, { field: 'listItem', selector: 'p:foo(' }],
  [{}, null],
])('%j', (selectors, found) => expect(findInvalidSelector(selectors)).toEqual(found));
