import { InvalidInput } from '../domain/errors.ts';
import type { MoveCommand, StartCommand, Subject } from '../domain/instruction.ts';
import { findQuote, longestQuote } from '../domain/quotation.ts';
import type { Role } from '../domain/role.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { InstructionSight, RecordedInstruction } from '../ports/instruction-store.ts';

export interface InstructionPorts {
  stores: Pick<Stores, 'instructions' | 'cases' | 'posts' | 'settings' | 'users'>;
  clock: Ports['clock'];
}

const everyClass = { accessClasses: ['open', 'victim', 'safety'] } as const;
/** Near copies say the same; these are enough to compare with. */
const mostCompared = 20;

/**
 * What leaders and the office write is kept with the case record for years, so that it retells and does not quote (R8, R16).
 * @throws InvalidInput naming the field; the answer repeats nothing of the text
 */
export async function assertNoQuote(
  subject: Subject,
  fields: Readonly<Record<string, string>>,
  { stores }: { stores: Pick<Stores, 'cases' | 'posts'> },
): Promise<void> {
  if (subject.kind === 'topic') return;
  const found = await stores.cases.findCase(subject.caseId, everyClass);
  const ids = found?.postIds.slice(0, mostCompared) ?? [];
  const texts = await Promise.all(ids.map((id) => stores.posts.findText(id, everyClass)));
  const sources = texts.flatMap((one) => (one === null ? [] : [`${one.title}\n${one.text}`]));
  for (const [field, text] of Object.entries(fields)) {
    if (findQuote(text, sources) === null) continue;
    throw new InvalidInput(
      field,
      `照抄原文超过 ${longestQuote} 字，请改为概述。`,
      '这段话随办理记录长期保存，原文到期要清除',
    );
  }
}

/**
 * Submits a case or a topic to a leader, or gives a leader's instruction about it.
 * @throws InvalidInput, NotFound, NotPermitted, Conflict
 */
export async function startInstruction(
  command: StartCommand,
  sight: InstructionSight,
  ports: InstructionPorts,
): Promise<RecordedInstruction> {
  if (command.leaderId !== null) await assertLeader(command.leaderId, ports);
  await assertNoQuote(command.subject, { text: command.text }, ports);
  return ports.stores.instructions.start(command, sight, ports.clock.now());
}

/** @throws as `startInstruction` */
export async function moveInstruction(
  command: MoveCommand,
  sight: InstructionSight,
  ports: InstructionPorts,
): Promise<RecordedInstruction> {
  const { stores, clock } = ports;
  if (command.unitId !== null) {
    const { units } = await stores.settings.read();
    if (!units.some(({ id }) => id === command.unitId)) {
      throw new InvalidInput('unitId', '没有这个单位。', '请从单位列表里选。');
    }
  }
  const current = await stores.instructions.find(command.instructionId, sight);
  if (current !== null) await assertNoQuote(current.subject, { text: command.text }, ports);
  return stores.instructions.move(command, sight, clock.now());
}

const leaders: readonly Role[] = ['leader', 'principal'];

/** Those to whom something can be submitted, by name. */
export async function listLeaders({ stores }: Pick<InstructionPorts, 'stores'>) {
  const users = await stores.users.list();
  return users
    .filter(({ disabled, roles }) => !disabled && roles.some((role) => leaders.includes(role)))
    .map(({ id, name, roles }) => ({ id, name, isPrincipal: roles.includes('principal') }));
}

async function assertLeader(leaderId: string, ports: InstructionPorts): Promise<void> {
  const known = await listLeaders(ports);
  if (known.some(({ id }) => id === leaderId)) return;
  throw new InvalidInput('leaderId', '没有这位领导。', '请从列表里选。');
}
