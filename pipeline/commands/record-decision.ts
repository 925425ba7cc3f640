import type { Actor } from '../domain/case.ts';
import type { DecisionCommand } from '../domain/decision.ts';
import { InvalidInput } from '../domain/errors.ts';
import type { RecordedDecision } from '../ports/case-store.ts';
import { type PlanPorts, planHandover } from './plan-handover.ts';

/**
 * A named person decides (R12). The store checks rights, version and holder in the transaction that writes.
 * @throws InvalidInput, NotPermitted, NotFound, Conflict; then nothing was written
 */
export async function recordDecision(
  command: DecisionCommand,
  actor: Actor,
  ports: PlanPorts,
): Promise<RecordedDecision> {
  if (command.unitId !== null) {
    const { units } = await ports.stores.settings.read();
    if (!units.some((unit) => unit.id === command.unitId)) {
      throw new InvalidInput('unitId', '没有这个单位。', '请从单位列表里选。');
    }
  }
  const planned = await planHandover(command, actor, ports);
  return ports.stores.cases.recordDecision(planned, actor, ports.clock.now());
}
