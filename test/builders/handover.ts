import type { MoveCommand, Mover } from '../../pipeline/domain/handover-moves.ts';
import type { Role } from '../../pipeline/domain/role.ts';

/** Who moves a slip: one role, of one unit or none. */
export function buildMover(role: Role, unitId: string | null = null, id = `user-${role}`): Mover {
  return { id, appointments: [{ role, unitId, onBehalfOf: null }] };
}

export function buildMoveCommand(
  overrides: Partial<MoveCommand> & Pick<MoveCommand, 'commandId' | 'handoverId' | 'move'>,
): MoveCommand {
  return { version: 1, text: null, dueAt: null, unitId: null, unitIds: [], reason: null, ...overrides };
}
