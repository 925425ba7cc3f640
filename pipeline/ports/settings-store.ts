import type { Settings, SettingsBody, SettingsChange, SettingsKind } from '../domain/settings.ts';

export interface SettingsStore {
  /** The newest version of every kind. */
  read(): Promise<Settings>;

  /** One kind as a version left it, where that version changed this kind; else null. */
  readPast<K extends SettingsKind>(kind: K, version: number): Promise<SettingsBody<K> | null>;

  /** The number only: cheap enough to ask every second. */
  readVersion(): Promise<number>;

  /**
   * Compare-and-swap on the overall version; with audit and outbox entry. The same body as the current one writes nothing.
   * @returns the version after the call
   * @throws Conflict when `expectedVersion` is stale
   */
  save<K extends SettingsKind>(
    kind: K,
    body: SettingsBody<K>,
    change: { expectedVersion: number; actorId: string | null; source: string; at: string; id: string },
  ): Promise<number>;

  /** Newest first. */
  listChanges(): Promise<SettingsChange[]>;
}
