import { expect, it } from 'vitest';
import { readSeeds } from '../../config/seeds.ts';
import { describeSetUps } from '../../test/harness/describe-set-ups.ts';
import { openPlace } from '../../test/harness/places.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { SettingsKind } from '../domain/settings.ts';
import { importSeeds } from './import-seeds.ts';

const configDir = new URL('../../config', import.meta.url).pathname;

const kinds = SettingsKind.options;

/** No two processes write at the very same moment. */
const clockOf = (second: number) => ({ ...systemClock, now: () => `2026-11-22T01:02:0${second}.000Z` });

describeSetUps('seeds', (emptyPlace) => {
  it('come in once, however many processes bring them at one moment', { timeout: 30_000 }, async () => {
    const place = await emptyPlace();
    const seeds = readSeeds(configDir, configDir);
    const processes = await Promise.all([1, 2, 3, 4, 5].map(() => openPlace(place, systemClock)));
    const imports = await Promise.all(
      processes.map(({ stores }, second) => importSeeds(seeds, { stores, clock: clockOf(second) })),
    );
    const [first] = processes;
    expect(await first?.stores.settings.readVersion()).toBe(kinds.length);
    expect((await first?.stores.settings.listChanges())?.map(({ kind }) => kind).sort()).toEqual(
      kinds.toSorted(),
    );
    expect(imports.flat().map(({ outcome }) => outcome)).not.toContain('kept');
    // Of each kind only the process that brought it in says so.
    expect(imports.flat().filter(({ outcome }) => outcome === 'imported')).toHaveLength(kinds.length);
    for (const one of processes) await one.close();
  });
});
