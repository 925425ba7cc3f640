import type { Draft } from '../domain/draft.ts';
import type { CreateDraft } from '../domain/draft-save.ts';
import type { DraftMover } from '../domain/draft-steps.ts';
import { InvalidInput, NotPermitted } from '../domain/errors.ts';
import { rightsOf } from '../domain/role.ts';
import type { Ports, Stores } from '../ports/index.ts';
import { assertDraftContent, type ContentPorts } from './assert-draft-content.ts';

export type CreatePorts = ContentPorts & {
  stores: Pick<Stores, 'drafts' | 'settings'>;
  clock: Ports['clock'];
};

/** Units for which somebody may write, the own one first. */
export function unitsToWriteFor({ appointments }: DraftMover): string[] {
  const own = appointments.filter(({ onBehalfOf }) => onBehalfOf === null);
  const units = [...rightsIn(own), ...rightsIn(appointments)];
  return [...new Set(units)];
}

function rightsIn(appointments: DraftMover['appointments']): readonly string[] {
  const { units } = rightsOf(appointments, 'draft.write');
  return units === 'all' ? [] : units;
}

/** @param command `unitId` null: the first that the person writes for @throws InvalidInput, NotPermitted, Conflict */
export async function createDraft(
  { unitId, ...command }: Omit<CreateDraft, 'unitId'> & { unitId: string | null },
  mover: DraftMover,
  ports: CreatePorts,
): Promise<Draft> {
  const units = unitsToWriteFor(mover);
  const chosen = unitId ?? units[0];
  if (chosen === undefined) throw new InvalidInput('unitId', '您的账号没有单位，请安全管理员设置后再写稿。');
  if (!units.includes(chosen)) throw new NotPermitted('您不能为这个单位写稿。');
  await assertDraftContent(command.content, null, ports);
  return ports.stores.drafts.create({ ...command, unitId: chosen }, mover, ports.clock.now());
}
