import { z } from 'zod';
import { ChannelKind, ChannelState } from '../../pipeline/domain/channel.ts';
import { CrawlRun, LedgerPage } from '../../pipeline/domain/crawl.ts';

export const ChannelView = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: ChannelKind,
    state: ChannelState,
    unit: z.object({ id: z.string(), name: z.string() }),
    lastRun: CrawlRun.omit({ channelId: true }).nullable(),
    /** Pages that failed, were refused, or that the parser does not know: newest first, at most 20. */
    pagesToLookAt: z.array(
      LedgerPage.pick({ url: true, role: true, state: true, fetchedAt: true, status: true, error: true }),
    ),
  })
  .meta({ id: 'ChannelView' });
export type ChannelView = z.infer<typeof ChannelView>;

export const ChannelList = z.object({ items: z.array(ChannelView) }).meta({ id: 'ChannelList' });
export type ChannelList = z.infer<typeof ChannelList>;
