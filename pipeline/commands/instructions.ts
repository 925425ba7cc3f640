import { InvalidInput } from '../domain/errors.ts';
import type { MoveCommand, StartCommand, Subject } from '../domain/instruction.ts';
import { maskText } from '../domain/mask.ts';
import { storedText } from '../domain/post.ts';
import { findQuote, longestQuote } from '../domain/quotation.ts';
import { type Rights, type Role, rightsFor } from '../domain/role.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { InstructionSight, RecordedInstruction } from '../ports/instruction-store.ts';

export interface InstructionPorts {
  stores: Pick<Stores, 'instructions' | 'cases' | 'posts' | 'settings' | 'users'>;
  clock: Ports['clock'];
}

/** What the writer sees, and how. */
type Sight = Pick<InstructionSight, 'accessClasses'> & Pick<Rights, 'view'>;

/** Near copies say the same; these are enough to compare with. */
const mostCompared = 20;

/**
 * What leaders and the office write is kept with the case record for years, so that it retells and does not quote (R8, R16). It is
 * compared with what the writer sees, as they see it: a refusal would tell them whether they had guessed the rest (R19).
 * @throws InvalidInput naming the field; the answer repeats nothing of the text
 */
export async function assertNoQuote(
  subject: Subject,
  fields: Readonly<Record<string, string>>,
  sight: Sight,
  { stores }: { stores: Pick<Stores, 'cases' | 'posts'> },
): Promise<void> {
  if (subject.kind === 'topic') return;
  const found = await stores.cases.findCase(subject.caseId, sight);
  if (found === null) return;
  const isMasked = sight.view[found.accessClass] === 'masked';
  const ids = found.postIds.slice(0, mostCompared);
  const sources = (await Promise.all(ids.map((id) => readAsSeen(id, { ...sight, isMasked }, stores)))).flat();
  for (const [field, text] of Object.entries(fields)) {
    if (findQuote(text, sources) === null) continue;
    throw new InvalidInput(
      field,
      `照抄原文超过 ${longestQuote} 字，请改为概述。`,
      '这段话随办理记录长期保存，原文到期要清除',
    );
  }
}

async function readAsSeen(
  postId: string,
  { accessClasses, isMasked }: Pick<Sight, 'accessClasses'> & { isMasked: boolean },
  { posts }: Pick<Stores, 'posts'>,
): Promise<string[]> {
  const text = await posts.findText(postId, { accessClasses });
  if (text === null) return [];
  if (!isMasked) return [storedText(text)];
  const verdict = await posts.findVerdict(postId, text.textVersion);
  return [maskText(storedText(text), verdict?.findings ?? null)];
}

/** As the writer sees texts elsewhere: in which role they write here does not matter. */
const sightOf = ({ accessClasses, mover }: InstructionSight): Sight => ({
  accessClasses,
  view: rightsFor(mover.roles, 'instruction.read').view,
});

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
  await assertNoQuote(command.subject, { text: command.text }, sightOf(sight), ports);
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
  if (current !== null) await assertNoQuote(current.subject, { text: command.text }, sightOf(sight), ports);
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
