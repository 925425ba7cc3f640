import { boundsOfDays } from '../../../pipeline/commands/oversee.ts';
import type { AuditRecord } from '../../../pipeline/ports/oversight.ts';
import type { Handler, RouteDeps } from '../../http/call.ts';

export const listAudit: Handler<'listAudit'> = async ({ query, deps }) => {
  const { cursor = null, limit, fromDay, untilDay, actorId, family, subject } = query;
  const page = await deps.stores.oversight.listAudit({
    ...{ cursor, limit },
    ...(actorId === undefined ? {} : { actorId }),
    ...(family === undefined ? {} : { family }),
    ...(subject === undefined ? {} : { subject }),
    ...boundsOfDays({
      ...(fromDay === undefined ? {} : { fromDay }),
      ...(untilDay === undefined ? {} : { untilDay }),
    }),
  });
  return { ...page, items: await withNames(page.items, deps) };
};

async function withNames(items: readonly AuditRecord[], { directory }: RouteDeps) {
  const ids = [...new Set(items.flatMap(({ actorId }) => actorId ?? []))];
  const names = new Map(
    await Promise.all(ids.map(async (id) => [id, await directory.colleagueName(id)] as const)),
  );
  return items.map((one) => ({
    ...one,
    actorName: one.actorId === null ? null : (names.get(one.actorId) ?? null),
  }));
}

export const listAuditPeople: Handler<'listAuditPeople'> = async ({ deps }) => {
  const users = await deps.stores.users.list();
  const items = users.map(({ id, name }) => ({ id, name }));
  return { items: items.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN')) };
};

/** Two logs for a year: older ones are verified with the rest. */
const mostChains = 24;
const monthOf = (chain: string) => chain.split('/').at(-1) ?? '';

export const listAuditChains: Handler<'listAuditChains'> = async ({ deps }) => {
  const { audit } = deps.stores;
  const all = (await audit.listChains()).toSorted(
    (a, b) => monthOf(b).localeCompare(monthOf(a)) || a.localeCompare(b),
  );
  const describe = async (chain: string) => {
    const [head, anchor] = await Promise.all([audit.findHead(chain), audit.findLastAnchor(chain)]);
    return {
      ...{ chain, length: head?.seq ?? 0, hash: head?.hash ?? null },
      anchor: anchor === null ? null : { seq: anchor.seq, at: anchor.at, kid: anchor.kid },
    };
  };
  return {
    items: await Promise.all(all.slice(0, mostChains).map(describe)),
    more: Math.max(0, all.length - mostChains),
    unlinked: (await audit.countUnlinked('audit')) + (await audit.countUnlinked('read')),
  };
};
