import { z } from 'zod';
import { Instant } from './time.ts';

/**
 * What came of asking for an address. `dead`: it says that there is nothing; `unsure`: it did not answer, or not to us, which may pass;
 * `moved`: it leads to another host; `refused`: not asked, because it stands in a private network or is no web address.
 */
export const LinkState = z.enum(['fine', 'dead', 'unsure', 'moved', 'certificate', 'parked', 'refused']);
export type LinkState = z.infer<typeof LinkState>;

export const LinkReport = z.object({
  href: z.string(),
  state: LinkState,
  /** In Chinese, for whoever must put it right; null where there is nothing to say. */
  detail: z.string().nullable(),
  /** 检测时间. */
  at: Instant,
});
export type LinkReport = z.infer<typeof LinkReport>;
