import type { LedgerPage } from '../pipeline/domain/crawl.ts';
import type { SourceCrawl } from './crawl.ts';

/**
 * Takes a call out of what the platform grants. Where that is spent, the run is cut short; where only single items have had their part
 * of the day, it is over: lists were read before. Either way the address stays due.
 * @returns whether it may be asked now
 */
export async function grantCall({ crawl, source, scope }: SourceCrawl, page: LedgerPage): Promise<boolean> {
  const { channel, deps, frontier } = crawl;
  const { rates } = deps.stores;
  const at = deps.clock.now();
  const taken: string[] = [];
  for (const { name, limit, windowMs, whenSpent } of source.allotments?.(scope.channel, page) ?? []) {
    const key = `calls:${channel.id}:${name}`;
    const charged = await rates.charge(key, at, { limit, windowMs });
    if (charged.allowed) {
      taken.push(key);
      continue;
    }
    for (const back of taken) await rates.refund(back, at);
    frontier.release(page);
    if (whenSpent === 'wait') return false;
    const note = `the platform's ${limit} calls a day are spent; what was not asked stays due until ${charged.retryAt}`;
    crawl.halt = { outcome: 'partial', note, nextStep: null };
    crawl.run.retryAt = charged.retryAt;
    return false;
  }
  return true;
}
