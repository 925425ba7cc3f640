import type { Crawl } from './crawl.ts';

/** Failing pages are the newest fetched among those that are not done: an archive that waits to be read stands behind them. */
const mostLooked = 500;

/**
 * How many lists failed in an earlier run and wait for their next try while this one ended: what stands on them is not known, however
 * well the others were read.
 */
export async function countListsInArrears({ deps, channel, run }: Crawl): Promise<number> {
  const waiting = await deps.stores.ledger.listPages(channel.id, ['due', 'failed'], mostLooked);
  return waiting.filter(({ role, error, fetchedAt }) => {
    const isList = role === 'home' || role === 'list';
    return isList && error !== null && fetchedAt !== null && fetchedAt < run.startedAt;
  }).length;
}
