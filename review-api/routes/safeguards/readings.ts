import {
  boundsOfDays,
  countReading,
  findLastVerification,
  gatherReadings,
  type Verification,
  verifyLogs,
} from '../../../pipeline/commands/oversee.ts';
import { writeCsv } from '../../../pipeline/commands/write-csv.ts';
import { bucketHour, shanghaiClock } from '../../../pipeline/domain/time.ts';
import type { ReadRecord } from '../../../pipeline/ports/read-log.ts';
import type { Reading } from '../../contract/reading.ts';
import type { readingRoutes } from '../../contract/reading-routes.ts';
import { getSignedIn, type Handler, type RouteDeps } from '../../http/call.ts';

export const readingHandlers: { [N in keyof typeof readingRoutes]: Handler<N> } = {
  listReadings: async ({ query, deps }) => {
    const { cursor = null, limit } = query;
    const page = await deps.stores.oversight.listReads({ ...filterOf(query), cursor, limit });
    return { ...page, items: await presentReadings(page.items, deps) };
  },
  exportReadings: async ({ query, deps }) => {
    const readings = await presentReadings(await gatherReadings(filterOf(query), deps), deps);
    const day = bucketHour(deps.clock.now()).slice(0, 10);
    return { fileName: `readings-${day}.csv`, csv: writeCsv([columns, ...readings.map(toRow)]) };
  },
  countReadings: async ({ query, deps }) => {
    const lastDay = query.lastDay ?? bucketHour(deps.clock.now()).slice(0, 10);
    const { threshold, items } = await countReading({ lastDay, days: query.days }, deps);
    const named = items.map(async (one) => ({
      ...one,
      actorName: await deps.directory.colleagueName(one.actorId),
    }));
    return { threshold, items: await Promise.all(named) };
  },
  listOwnReadings: async (call) => {
    const { cursor = null, limit } = call.query;
    const actorId = getSignedIn(call).user.id;
    const page = await call.deps.stores.oversight.listReads({ actorId, cursor, limit });
    return { ...page, items: await presentReadings(page.items, call.deps) };
  },
  readVerification: async ({ deps }) => {
    const last = await findLastVerification(deps);
    return { last: last === null ? null : await presentVerification(last, deps) };
  },
  verifyLogs: async (call) => {
    const ports = { ...call.deps, verify: call.deps.safeguards.verifyAnchor };
    return presentVerification(await verifyLogs(getSignedIn(call).user.id, ports), call.deps);
  },
};

interface Filter {
  actorId?: string | undefined;
  fromDay?: string | undefined;
  untilDay?: string | undefined;
  purpose?: string | undefined;
}

const filterOf = ({ actorId, fromDay, untilDay, purpose }: Filter) => ({
  ...(actorId === undefined ? {} : { actorId }),
  ...(purpose === undefined ? {} : { purpose }),
  ...boundsOfDays({
    ...(fromDay === undefined ? {} : { fromDay }),
    ...(untilDay === undefined ? {} : { untilDay }),
  }),
});

async function presentReadings(
  readings: readonly ReadRecord[],
  { directory }: RouteDeps,
): Promise<Reading[]> {
  const ids = [...new Set(readings.map(({ actorId }) => actorId))];
  const names = new Map(
    await Promise.all(ids.map(async (id) => [id, await directory.colleagueName(id)] as const)),
  );
  return readings.map((one) => ({ ...one, actorName: names.get(one.actorId) ?? null }));
}

const columns = ['时间（北京时间）', '人员', '信息编号', '文本版本', '线索编号', '目的'];

const toRow = ({ at, actorName, actorId, postId, textVersion, caseId, purpose }: Reading) => [
  shanghaiClock(at),
  actorName ?? actorId,
  postId,
  String(textVersion),
  caseId ?? '',
  purpose,
];

async function presentVerification({ actorId, ...rest }: Verification, { directory }: RouteDeps) {
  return { ...rest, byName: await directory.colleagueName(actorId) };
}
