import type { WechatChannel } from '../../../pipeline/domain/channel.ts';
import { laterBy } from '../../../pipeline/domain/time.ts';
import type { SourceReading, SourceScope } from '../../source.ts';

export type WechatScope = SourceScope<WechatChannel>;

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Who looks after what the account is let in with. */
export function keeperOf({ responsible, unit }: WechatChannel): string {
  return responsible ?? unit;
}

/** A reading that found nothing yet, of a page that is read again in `delayMs`. */
export function readingOf(
  scope: WechatScope,
  delayMs: number,
  over: Partial<SourceReading> = {},
): SourceReading {
  return {
    state: 'ok',
    posts: [],
    pages: [],
    dueAt: laterBy(scope.now, delayMs),
    reachedBack: null,
    newestItemAt: null,
    objected: 0,
    gone: [],
    ...over,
  };
}

export function newestOf(dates: readonly (string | null)[]): string | null {
  return dates.reduce((newest, one) => ((one ?? '') > (newest ?? '') ? one : newest), null);
}

/** Fresh articles are the lively ones: their comments are asked for first. */
export function priorityOf(publishedAt: string | null, now: string): number {
  if (publishedAt === null) return 1;
  const days = (Date.parse(now) - Date.parse(publishedAt)) / dayMs;
  return days < 1 ? 6 : days < 3 ? 5 : days < 7 ? 3 : days < 30 ? 1 : 0;
}
