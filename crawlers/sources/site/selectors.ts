import { load } from 'cheerio';
import type { SiteSelectors } from '../../../pipeline/domain/channel.ts';

/** The first of a channel's own selectors that is no CSS: it would silently find nothing. Null when all can be used. */
export function findInvalidSelector(selectors: SiteSelectors): { field: string; selector: string } | null {
  const $ = load('<p></p>');
  for (const [field, selector] of Object.entries(selectors)) {
    if (selector === undefined) continue;
    try {
      $(selector);
    } catch {
      return { field, selector };
    }
  }
  return null;
}
