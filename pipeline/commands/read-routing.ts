import type { RoutingSet } from '../domain/routing.ts';
import type { SettingsStore } from '../ports/settings-store.ts';

/** The rules as they are now; read again only when the settings have changed. */
export function openRouting(
  settings: Pick<SettingsStore, 'read' | 'readVersion'>,
): () => Promise<RoutingSet> {
  let known: RoutingSet | null = null;
  return async () => {
    if (known === null || known.version !== (await settings.readVersion())) {
      const { routing, version } = await settings.read();
      known = { rules: routing, version };
    }
    return known;
  };
}
