import type { Actor } from '../domain/case.ts';
import type { DecisionCommand } from '../domain/decision.ts';
import { InvalidInput } from '../domain/errors.ts';
import type { RecordedDecision } from '../ports/case-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';

/**
 * A named person decides (R12). The store checks rights, version and holder in the transaction that writes.
 * @throws InvalidInput, NotPermitted, NotFound, Conflict; then nothing was written
 */
export async function recordDecision(
  command: DecisionCommand,
  actor: Actor,
  ports: { stores: Pick<Stores, 'cases' | 'settings'>; clock: Clock },
): Promise<RecordedDecision> {
  if (command.unitId !== null) {
    const { units } = await ports.stores.settings.read();
    if (!units.some((unit) => unit.id === command.unitId)) {
      throw new InvalidInput('unitId', '没有这个单位。', '请从单位列表里选。');
    }
  }
  return ports.stores.cases.recordDecision(command, actor, ports.clock.now());
}
