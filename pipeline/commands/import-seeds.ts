import type { SettingsBody, SettingsKind } from '../domain/settings.ts';
import type { Ports } from '../ports/index.ts';

export type SeedBodies = { [K in SettingsKind]: { source: string; body: SettingsBody<K> } };

export interface SeedImport {
  kind: SettingsKind;
  /** `kept`: people have changed it in the store since, and the store holds the truth. */
  outcome: 'imported' | 'unchanged' | 'kept';
  version: number;
}

/** In this order: channels and rules may name units. */
const order: readonly SettingsKind[] = ['units', 'governance', 'channels', 'rules'];

/** Brings what the seed files say into the settings store, unless the store was changed by a person meanwhile. */
export async function importSeeds(
  seeds: SeedBodies,
  ports: { stores: Pick<Ports['stores'], 'settings'>; clock: Ports['clock'] },
): Promise<SeedImport[]> {
  const changes = await ports.stores.settings.listChanges();
  const results: SeedImport[] = [];
  for (const kind of order) {
    const latest = changes.filter((change) => change.kind === kind).sort((a, b) => b.version - a.version)[0];
    const before = await ports.stores.settings.readVersion();
    if (latest !== undefined && !latest.source.startsWith('seed:')) {
      results.push({ kind, outcome: 'kept', version: before });
      continue;
    }
    const version = await save(kind, seeds, before, ports);
    results.push({ kind, outcome: version === before ? 'unchanged' : 'imported', version });
  }
  return results;
}

function save<K extends SettingsKind>(
  kind: K,
  seeds: SeedBodies,
  expectedVersion: number,
  { stores, clock }: Parameters<typeof importSeeds>[1],
): Promise<number> {
  const seed: { source: string; body: SettingsBody<K> } = seeds[kind];
  return stores.settings.save(kind, seed.body, {
    expectedVersion,
    actorId: null,
    source: seed.source,
    at: clock.now(),
    id: clock.newId(),
  });
}
