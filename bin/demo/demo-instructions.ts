import { saveCard } from '../../pipeline/commands/case-cards.ts';
import { moveInstruction, startInstruction } from '../../pipeline/commands/instructions.ts';
import type { Context } from '../../pipeline/context.ts';
import { buildMover, type MoveCommand, type Subject } from '../../pipeline/domain/instruction.ts';
import { rightsOf } from '../../pipeline/domain/role.ts';
import type { InstructionSight } from '../../pipeline/ports/instruction-store.ts';

interface Colleague {
  id: string;
  sight: InstructionSight;
}

async function findColleague(context: Context, login: string): Promise<Colleague> {
  const user = await context.stores.users.findByLogin(login);
  if (user === null) throw new Error(`the demo has no ${login}`);
  const appointments = user.roles.map((role) => ({ role, unitId: user.unitId, onBehalfOf: null }));
  const { accessClasses } = rightsOf(appointments, 'instruction.read');
  return { id: user.id, sight: { mover: buildMover(user.id, appointments), accessClasses } };
}

/** A slip's matter brought to the leader, who has given an instruction; and a topic that has only its card. */
export async function submitDemoCards(context: Context): Promise<void> {
  const { stores, clock } = context;
  const now = clock.now();
  const query = { units: 'all', filter: 'received', now, until: now, cursor: null, limit: 1 } as const;
  const [slip] = (await stores.handovers.list(query)).items;
  const topic: Subject = { kind: 'topic', topic: 'dormitory' };
  await write(context, topic, '宿舍供暖和报修近期反映较多。', '后勤处逐楼排查，周五前公布检修安排。');
  if (slip === undefined) return;
  const subject: Subject = { kind: 'case', caseId: slip.caseId };
  await write(context, subject, '学生集中反映后勤服务问题，已转办。', '等待责任单位现场核实后答复。');
  await instruct(context, subject);
}

async function write(context: Context, subject: Subject, gist: string, nextStep: string): Promise<void> {
  const { id } = await findColleague(context, 'director');
  const rights = rightsOf([{ role: 'director', unitId: null, onBehalfOf: null }], 'card.write');
  const words = {
    commandId: context.clock.newId(),
    subject,
    version: 0,
    gist,
    nextStep,
    stockAnswerId: null,
  };
  await saveCard(words, { actorId: id, rights }, context);
}

async function instruct(context: Context, subject: Subject): Promise<void> {
  const { clock } = context;
  const [director, leader] = await Promise.all(
    ['director', 'leader'].map((login) => findColleague(context, login)),
  );
  if (director === undefined || leader === undefined) return;
  const nobody = { unitId: null, dueAt: null };
  const start = { commandId: clock.newId(), move: 'submit' as const, subject, leaderId: leader.id };
  const text = '反映较集中，已转后勤处办理，请阅示。';
  const { instruction } = await startInstruction({ ...start, text, ...nobody }, director.sight, context);
  const give: MoveCommand = {
    ...{ commandId: clock.newId(), instructionId: instruction.id, version: instruction.version },
    ...{ move: 'give', text: '请抓紧核实，举一反三，结果报我。', ...nobody },
  };
  await moveInstruction(give, leader.sight, context);
}
