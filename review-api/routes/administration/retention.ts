import { findLastPurge } from '../../../pipeline/commands/purge-on-time.ts';
import { findTerm, monthsAfterTakenDown, RetentionClass } from '../../../pipeline/domain/retention-class.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import type { Retention } from '../../contract/administration.ts';
import { getSignedIn, type Handler, type RouteDeps } from '../../http/call.ts';

const dayMs = 86_400_000;
const purgeEveryMinutes = 60;

export const readRetention: Handler<'readRetention'> = async (call) => {
  const last = await findLastPurge(call.deps);
  const mayCount = rightsOf(getSignedIn(call).appointments, 'audit.read').permitted;
  return {
    terms: RetentionClass.options.map((retention) => ({ retention, term: termOf(retention) })),
    purgeEveryMinutes,
    lastPurgeAt: last?.at ?? null,
    counts: mayCount ? { ...(await countKept(call.deps)), lastPurge: last?.counts ?? null } : null,
  };
};

function termOf(retention: RetentionClass): Retention['terms'][number]['term'] {
  const term = findTerm(retention);
  return term === 'while-live' ? { monthsAfterTakenDown } : term;
}

/** Over all access classes: what some may not see is among it, so that only who oversees is told. */
async function countKept({
  stores,
  clock,
}: RouteDeps): Promise<Omit<NonNullable<Retention['counts']>, 'lastPurge'>> {
  const now = clock.now();
  const until = new Date(Date.parse(now) + dayMs).toISOString();
  return { until, parts: await stores.retention.countKept(now, until) };
}
