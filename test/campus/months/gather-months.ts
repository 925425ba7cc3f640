import type { GatheredItem } from '../../../pipeline/ports/post-store.ts';
import type { MonthItem } from './labelled-months.ts';

/** The items as a source would hand them in, to be stored and judged: `externalId` is the item's key. */
export function gatherMonths(items: readonly MonthItem[]): GatheredItem[] {
  return items.map(({ key, at, channelId, kind, under, text }) => ({
    post: {
      ...{ channelId, kind, externalId: key, url: `https://months.canglan.example/${channelId}/${key}` },
      parentId: under === '' ? null : under,
      rootId: under === '' ? null : under,
      ...{ title: '', text, publishedAt: at, publishedPrecision: 'second' as const },
      ...{ metrics: {}, links: [], attachments: [] },
    },
    snapshotHash: null,
  }));
}
