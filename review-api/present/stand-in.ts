import { isActive, isOpen, type StandIn } from '../../pipeline/domain/stand-in.ts';
import type { StandInView } from '../contract/stand-in.ts';
import type { RouteDeps } from '../http/call.ts';

/** In the order given; each name is asked for once. */
export async function presentStandIns(
  standIns: readonly StandIn[],
  { directory, clock }: Pick<RouteDeps, 'directory' | 'clock'>,
): Promise<StandInView[]> {
  const now = clock.now();
  const ids = new Set(standIns.flatMap(({ absentId, standInId, madeBy }) => [absentId, standInId, madeBy]));
  const names = new Map<string, string | null>();
  await Promise.all([...ids].map(async (id) => names.set(id, await directory.colleagueName(id))));
  const named = (id: string) => ({ id, name: names.get(id) ?? '已停用账号' });
  return standIns.map((one) => {
    const { id, version, roles, from, until, reason, endedAt, madeAt } = one;
    const state = isActive(one, now) ? 'active' : isOpen(one, now) ? 'coming' : 'over';
    const both = { absent: named(one.absentId), standIn: named(one.standInId) };
    const facts = { id, version, roles, from, until, reason, endedAt, madeAt, state } as const;
    return { ...facts, ...both, madeByName: names.get(one.madeBy) ?? null };
  });
}
