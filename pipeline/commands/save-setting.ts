import type { Actor } from '../domain/case.ts';
import { Conflict } from '../domain/errors.ts';
import type { Settings, SettingsBody, SettingsKind } from '../domain/settings.ts';
import type { Ports, Stores } from '../ports/index.ts';

export interface SettingPorts {
  stores: Pick<Stores, 'settings'>;
  clock: Ports['clock'];
}

const triesAtMost = 5;

/** Of the settings that last changed this kind; 0 where nobody ever did. */
export async function findSettingVersion(
  { settings }: SettingPorts['stores'],
  kind: SettingsKind,
): Promise<number> {
  const changes = (await settings.listChanges()).filter((one) => one.kind === kind);
  return Math.max(0, ...changes.map(({ version }) => version));
}

/**
 * One kind anew, by a person who saw `seenVersion` of it. What is changed of other kinds meanwhile doesn't matter.
 * @param request `build` is asked with the settings as they are, and throws for what is wrong; `stale` is said to whom somebody else was
 *   faster than
 * @returns the version it has now
 * @throws Conflict
 */
export async function saveSetting<K extends SettingsKind>(
  request: { kind: K; build: (settings: Settings) => SettingsBody<K>; seenVersion: number; stale: string },
  actor: Actor,
  { stores, clock }: SettingPorts,
): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const settings = await stores.settings.read();
    const body = request.build(settings);
    if ((await findSettingVersion(stores, request.kind)) !== request.seenVersion)
      throw new Conflict(request.stale);
    const change = { actorId: actor.id, source: 'command', at: clock.now(), id: clock.newId() };
    try {
      await stores.settings.save(request.kind, body, { ...change, expectedVersion: settings.version });
      return await findSettingVersion(stores, request.kind);
    } catch (error) {
      // Something else of the settings was changed meanwhile: look again.
      if (!(error instanceof Conflict) || tries === triesAtMost) throw error;
    }
  }
}
