import { InvalidInput, NotFound } from '../domain/errors.ts';
import type { Handover } from '../domain/handover.ts';
import {
  handoverMoves,
  isInSight,
  longestExtensionDays,
  type MoveCommand,
  type Mover,
} from '../domain/handover-moves.ts';
import { findQuote } from '../domain/quotation.ts';
import { rightsOf } from '../domain/role.ts';
import type { RecordedMove } from '../ports/handover-store.ts';
import type { Ports, Stores } from '../ports/index.ts';
import { assertNotQuoting, assertUnits, readSources } from './plan-handover.ts';

export interface MovePorts {
  stores: Pick<Stores, 'handovers' | 'cases' | 'posts' | 'settings'>;
  clock: Ports['clock'];
  calendar: Ports['calendar'];
}

/**
 * A named person moves a slip. The store checks state, part and version in the transaction that writes.
 * @throws NotFound, Conflict, NotPermitted, InvalidInput; then nothing was written
 */
export async function moveHandover(
  typed: Omit<MoveCommand, 'quoting'>,
  mover: Mover,
  ports: MovePorts,
): Promise<RecordedMove> {
  const { handovers } = ports.stores;
  const slip = await handovers.find(typed.handoverId, { units: 'all' });
  if (slip === null || !isInSight(slip, mover.appointments)) throw new NotFound('没有这张转办单。');
  const { unitId, unitIds, text } = typed;
  if (unitId !== null) await assertUnits([unitId], 'unitId', ports);
  await assertUnits(unitIds, 'unitIds', ports);
  if (typed.move === 'ask-extension') await assertWithinLimit(slip, typed.dueAt, ports);
  const { caseId } = slip;
  const isOffice = handoverMoves[typed.move].part === 'all';
  const view = rightsOf(mover.appointments, 'handover.read').view.victim;
  if (isOffice && text !== null) await assertNotQuoting({ caseId, text, field: 'text', view }, ports);
  const quoting = typed.move === 'answer' && text !== null ? await isQuoting(slip, text, ports) : undefined;
  return handovers.recordMove({ ...typed, quoting }, mover, ports.clock.now());
}

async function assertWithinLimit(
  slip: Handover,
  dueAt: string | null,
  { calendar }: MovePorts,
): Promise<void> {
  if (dueAt === null) return;
  if (dueAt > (await calendar.read()).dueAfter(slip.dueAt, longestExtensionDays)) {
    throw new InvalidInput('dueAt', `一次最多延期 ${longestExtensionDays} 个工作日。`);
  }
}

/** Of a text that is gone already nobody can say that it is not quoted. */
async function isQuoting(slip: Handover, text: string, ports: MovePorts): Promise<boolean> {
  const sources = await readSources(slip.caseId, ports);
  return sources === null || findQuote(text, sources) !== null;
}
