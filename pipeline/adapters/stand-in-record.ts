import { Conflict } from '../domain/errors.ts';
import type { EndStandIn, Maker, MakeStandIn, StandIn } from '../domain/stand-in.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';

/** What both stores write beside a stand-in: ids, roles and days, no name and no reason. */
export function buildStandInAudit(
  action: 'stand-in.made' | 'stand-in.ended',
  one: StandIn,
  { id, at, maker }: { id: string; at: string; maker: Maker | null },
): NewAuditEntry {
  const { absentId, standInId, roles, from, until } = one;
  const onBehalfOf = maker?.actor.onBehalfOf ?? [];
  return {
    ...{ id, log: 'audit', at, action, subject: one.id },
    actorId: maker?.actor.id ?? null,
    payload: {
      ...{ absentId, standInId, roles, from, until },
      byRight: maker?.forAnybody ?? false,
      ...(onBehalfOf.length === 0 ? {} : { onBehalfOf }),
    },
  };
}

/** Of one that ends because an account does: a place of its own beside the account's entry. */
export function buildLapse(ended: StandIn, cause: NewAuditEntry): NewAuditEntry {
  const id = `${cause.id}/${ended.id}`;
  const entry = buildStandInAudit('stand-in.ended', ended, { id, at: cause.at, maker: null });
  return { ...entry, actorId: cause.actorId };
}

/** @throws Conflict for other content, or another person, under the same id */
export function assertSameStandIn(known: StandIn, command: MakeStandIn, maker: Maker): void {
  const facts = ({ absentId, standInId, roles, from, until, reason }: Omit<MakeStandIn, 'commandId'>) =>
    JSON.stringify([absentId, standInId, [...new Set(roles)], from, until, reason]);
  if (known.madeBy !== maker.actor.id || facts(known) !== facts(command)) {
    throw new Conflict('同一编号的代理已经登记过，内容不同。');
  }
}

/** The entry that an ending wrote under its command's id. @throws Conflict when the id stands for something else */
export function assertSameEnd(known: { action: string; subject: string }, { standInId }: EndStandIn): void {
  if (known.action !== 'stand-in.ended' || known.subject !== standInId) {
    throw new Conflict('同一编号的操作已经记录过，内容不同。');
  }
}
