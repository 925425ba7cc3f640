import type { SettingsBody } from '../domain/settings.ts';
import type { SetupCounts } from '../domain/setup/setup-plan.ts';
import type { User } from '../domain/user.ts';
import type { NewAuditEntry } from './audit-log.ts';

/** The kinds of settings that one file may bring. */
export type SetupKind = 'units' | 'chains' | 'roster';

export interface SetupWrite {
  /** Chosen by the caller; becomes the id of the import's audit entry. */
  commandId: string;
  /** Of what was confirmed, in hex: the same id with another one is a Conflict. */
  digest: string;
  counts: SetupCounts;
  actorId: string | null;
  at: string;
  /** Names the file, for the list of changes. */
  source: string;
  /** The version of the settings that all of this was worked out from. */
  settingsVersion: number;
  /** Those that change, each with a new id. */
  settings: { [K in SetupKind]?: { id: string; body: SettingsBody<K> } };
  add: readonly { user: User; audit: NewAuditEntry }[];
  /** `user` as it will be, with the version that it has now. */
  update: readonly { user: User; audit: NewAuditEntry }[];
  /** As `UserStore.disable`. */
  leave: readonly { userId: string; audit: NewAuditEntry }[];
}

export interface SetupReceipt {
  counts: SetupCounts;
  /** True when this very import had been written before: nothing was written now. */
  repeated: boolean;
}

/** The import of a school from one file. */
export interface SetupStore {
  /**
   * One transaction: settings, accounts, and an audit entry for each of them and for the import; or nothing at all.
   * @throws Conflict where settings or an account have changed, or a login or identity is taken; InvalidInput where nobody who can
   * manage accounts would be left
   */
  apply(write: SetupWrite): Promise<SetupReceipt>;

  /** What became of an import. @throws Conflict when the id is another one's */
  find(commandId: string, digest: string): Promise<SetupReceipt | null>;
}
