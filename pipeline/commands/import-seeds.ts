import { Conflict } from '../domain/errors.ts';
import type { SettingsBody, SettingsChange, SettingsKind } from '../domain/settings.ts';
import type { Ports } from '../ports/index.ts';
import { assertSound, type RulePorts } from './rule-settings.ts';

export type SeedBodies = { [K in SettingsKind]: { source: string; body: SettingsBody<K> } };

export interface SeedImport {
  kind: SettingsKind;
  /** `kept`: people have changed it in the store since, and the store holds the truth. */
  outcome: 'imported' | 'unchanged' | 'kept';
  version: number;
}

/** In this order: channels and rules may name units. */
const order: readonly SettingsKind[] = [
  ...(['units', 'governance', 'channels', 'rules'] as const),
  ...(['calendar', 'routing', 'chains', 'roster', 'authority', 'briefs'] as const),
];

interface SeedPorts {
  stores: Pick<Ports['stores'], 'settings'>;
  clock: Ports['clock'];
  lintRules?: NonNullable<RulePorts['lintRules']>;
}

/** As many processes may start at one moment, each with a change of every kind. */
const triesAtMost = 50;

/**
 * Brings what the seed files say into the settings store, unless the store was changed by a person meanwhile. Any number of
 * processes may do it at a time: who was slower looks again, and mostly finds that nothing is left to do.
 * @throws InvalidRules for rules that the linter refuses; then nothing has come in
 */
export async function importSeeds(seeds: SeedBodies, ports: SeedPorts): Promise<SeedImport[]> {
  await assertRulesSound(seeds, ports);
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
  const latest = await findLatest(kind, ports.stores);
  if (isKept(latest?.source)) return { kind, outcome: 'kept', version: before };
  const at = ports.clock.now();
  const version = await save({ kind, seeds, at, expectedVersion: before }, ports);
  const isOurs = version !== before && (await wasSaved(kind, { version, at }, ports));
  return { kind, outcome: isOurs ? 'imported' : 'unchanged', version };
}

/** What stands in the store already was looked at when it came; what is left aside changes nothing. */
async function assertRulesSound(seeds: SeedBodies, ports: SeedPorts): Promise<void> {
  const { stores } = ports;
  if (isKept((await findLatest('rules', stores))?.source)) return;
  const stored = await stores.settings.read();
  const rules = seeds.rules.body;
  if (JSON.stringify(stored.rules) === JSON.stringify(rules)) return;
  await assertSound(rules, { ...stored, units: seeds.units.body }, ports);
}

/** Changed by people since: the store holds the truth. */
function isKept(source: string | undefined): boolean {
  return source !== undefined && !source.startsWith('seed:');
}

async function findLatest(
  kind: SettingsKind,
  { settings }: SeedPorts['stores'],
): Promise<SettingsChange | undefined> {
  const changes = (await settings.listChanges()).filter((change) => change.kind === kind);
  return changes.sort((a, b) => b.version - a.version)[0];
}

/** False when another process brought the same in between our look and our write: its change has its own time. */
async function wasSaved(
  kind: SettingsKind,
  { version, at }: { version: number; at: string },
  { stores }: SeedPorts,
): Promise<boolean> {
  const changes = await stores.settings.listChanges();
  return changes.some((change) => change.kind === kind && change.version === version && change.at === at);
}

function save<K extends SettingsKind>(
  { kind, seeds, at, expectedVersion }: { kind: K; seeds: SeedBodies; at: string; expectedVersion: number },
  { stores, clock }: SeedPorts,
): Promise<number> {
  const seed: { source: string; body: SettingsBody<K> } = seeds[kind];
  return stores.settings.save(kind, seed.body, {
    expectedVersion,
    actorId: null,
    source: seed.source,
    at,
    id: clock.newId(),
  });
}
