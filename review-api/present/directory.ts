import { leadChannel } from '../../pipeline/domain/lead.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import type { Stores } from '../../pipeline/ports/index.ts';

/** Names for ids: of channels and units from the settings, of colleagues from their accounts. */
export interface Directory {
  settings(): Promise<Settings>;
  channel(settings: Settings, id: string): { id: string; name: string };
  unit(settings: Settings, id: string): { id: string; name: string };
  /** Null for the machine and for an account that is gone. */
  colleagueName(id: string | null): Promise<string | null>;
}

/** Settings are read again only when their version has changed. */
export function openDirectory(stores: Pick<Stores, 'settings' | 'users'>): Directory {
  let known: Settings | null = null;
  return {
    settings: async () => {
      if (known === null || known.version !== (await stores.settings.readVersion())) {
        known = await stores.settings.read();
      }
      return known;
    },
    channel: ({ channels }, id) => {
      const builtIn = id === leadChannel.id ? leadChannel.name : id;
      return { id, name: channels.find((one) => one.id === id)?.name ?? builtIn };
    },
    unit: ({ units }, id) => ({ id, name: units.find((one) => one.id === id)?.name ?? id }),
    colleagueName: async (id) => (id === null ? null : ((await stores.users.find(id))?.name ?? null)),
  };
}

/** For one answer: what many of its rows name is asked for once. */
export function rememberNames(directory: Directory): Directory {
  let settings: Promise<Settings> | null = null;
  const names = new Map<string, Promise<string | null>>();
  return {
    ...directory,
    settings: () => {
      settings ??= directory.settings();
      return settings;
    },
    colleagueName: (id) => {
      if (id === null) return Promise.resolve(null);
      const known = names.get(id) ?? directory.colleagueName(id);
      names.set(id, known);
      return known;
    },
  };
}
