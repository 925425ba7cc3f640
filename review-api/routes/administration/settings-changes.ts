import { type SettingsChange, SettingsKind } from '../../../pipeline/domain/settings.ts';
import type { SettingsChangeView } from '../../contract/administration.ts';
import type { Handler, RouteDeps } from '../../http/call.ts';

export const listSettingsChanges: Handler<'listSettingsChanges'> = async ({ query, deps }) => {
  const { kind, before, limit } = query;
  const all = await deps.stores.settings.listChanges();
  const asked = all
    .filter((one) => kind === undefined || one.kind === kind)
    .filter(({ version }) => before === undefined || version < before);
  const page = asked.slice(0, limit);
  const newest = SettingsKind.options.map((one) => ({
    kind: one,
    change: all.find((change) => change.kind === one) ?? null,
  }));
  const names = await readNames([...page, ...newest.flatMap(({ change }) => change ?? [])], deps);
  const present = (change: SettingsChange): SettingsChangeView => {
    const { version, kind: changed, at, source, actorId } = change;
    const byName = actorId === null ? null : (names.get(actorId) ?? null);
    return { version, kind: changed, at, source, byName, byMachine: actorId === null };
  };
  return {
    version: await deps.stores.settings.readVersion(),
    inForce: newest.map(({ kind: one, change }) => ({
      kind: one,
      change: change === null ? null : present(change),
    })),
    items: page.map(present),
    nextBefore: asked.length > page.length ? (page.at(-1)?.version ?? null) : null,
  };
};

async function readNames(changes: readonly SettingsChange[], { directory }: RouteDeps) {
  const ids = [...new Set(changes.flatMap(({ actorId }) => actorId ?? []))];
  return new Map(await Promise.all(ids.map(async (id) => [id, await directory.colleagueName(id)] as const)));
}
