import { findMissing, followPages } from '../commands/find-missing.ts';
import { type MatchLivePorts, openLiveMatching } from '../commands/match-live.ts';
import { type Repeating, startRepeating } from './repeat.ts';

const lookEveryMs = 5000;
const missingEveryMs = 600_000;
const pagesEveryMs = 1_800_000;
const purgeEveryMs = 3_600_000;

/** Compares what is live with what was approved, as it is met; and now and then what should be live and isn't. */
export function startLiveMatching(
  ports: MatchLivePorts,
  onError: (task: string, error: unknown) => void,
): Repeating[] {
  const matching = openLiveMatching(ports);
  return [
    startRepeating('live-match', lookEveryMs, (signal) => matching.run(signal), onError),
    startRepeating('live-missing', missingEveryMs, (signal) => findMissing(ports, signal), onError),
    startRepeating('live-pages', pagesEveryMs, (signal) => followPages(ports, signal), onError),
    startRepeating('live-purge', purgeEveryMs, () => ports.stores.live.purge(ports.clock.now()), onError),
  ];
}
