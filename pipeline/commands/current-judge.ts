import type { Settings } from '../domain/settings.ts';
import type { Ports } from '../ports/index.ts';
import { createJudge, type Judge } from '../stages/judge.ts';

/** The school's own names, which a general dictionary would cut apart. */
function dictionaryOf(settings: Settings): string[] {
  return settings.units.flatMap((unit) => [unit.name, ...unit.aliases]);
}

/** The day in Shanghai, YYYY-MM-DD: rules run out by it. */
function shanghaiDay(now: string): string {
  return new Date(Date.parse(now) + 8 * 3_600_000).toISOString().slice(0, 10);
}

/**
 * The judge that the settings ask for now. It is made on first use (the segmenter takes a second to load) and made anew
 * when the settings have another version or a new day has begun.
 */
export function openCurrentJudge(ports: {
  stores: Pick<Ports['stores'], 'settings'>;
  clock: Ports['clock'];
}): () => Promise<Judge> {
  let current: { version: number; today: string; judge: Judge } | null = null;
  return async () => {
    const version = await ports.stores.settings.readVersion();
    const today = shanghaiDay(ports.clock.now());
    if (current === null || current.version !== version || current.today !== today) {
      const settings = await ports.stores.settings.read();
      const judge = createJudge({
        rules: settings.rules,
        settingsVersion: settings.version,
        dictionaryWords: dictionaryOf(settings),
        today,
      });
      current = { version: settings.version, today, judge };
    }
    return current.judge;
  };
}
