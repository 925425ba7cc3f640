import { Conflict } from '../domain/errors.ts';
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

interface SeedPorts {
  stores: Pick<Ports['stores'], 'settings'>;
  clock: Ports['clock'];
}

/** As many processes may start at one moment, each with a change of every kind. */
const triesAtMost = 50;

/**
 * Brings what the seed files say into the settings store, unless the store was changed by a person meanwhile. Any number of
 * processes may do it at a time: who was slower looks again, and mostly finds that nothing is left to do.
 */
export async function importSeeds(seeds: SeedBodies, ports: SeedPorts): Promise<SeedImport[]> {
  const results: SeedImport[] = [];
  for (const kind of order) results.push(await importPatiently(kind, seeds, ports));
  return results;
}

async function importPatiently(kind: SettingsKind, seeds: SeedBodies, ports: SeedPorts): Promise<SeedImport> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await importKind(kind, seeds, ports);
    } catch (error) {
      if (!(error instanceof Conflict) || tries === triesAtMost) throw error;
    }
  }
}

/** @throws Conflict when somebody else changed the settings between the look and the write */
async function importKind(kind: SettingsKind, seeds: SeedBodies, ports: SeedPorts): Promise<SeedImport> {
  const { settings } = ports.stores;
  const before = await settings.readVersion();
  const changes = (await settings.listChanges()).filter((change) => change.kind === kind);
  const latest = changes.sort((a, b) => b.version - a.version)[0];
  if (latest !== undefined && !latest.source.startsWith('seed:'))
    return { kind, outcome: 'kept', version: before };
  const version = await save(kind, seeds, before, ports);
  return { kind, outcome: version === before ? 'unchanged' : 'imported', version };
}

function save<K extends SettingsKind>(
  kind: K,
  seeds: SeedBodies,
  expectedVersion: number,
  { stores, clock }: SeedPorts,
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
