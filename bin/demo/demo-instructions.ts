import { saveCard } from '../../pipeline/commands/case-cards.ts';
import { moveInstruction, startInstruction } from '../../pipeline/commands/instructions.ts';
import type { Context } from '../../pipeline/context.ts';
import {
  buildMover,
  type Instruction,
  type MoveCommand,
  type Subject,
} from '../../pipeline/domain/instruction.ts';
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

/** A slip's matter on which the leader has given an instruction, a topic submitted that waits for one, and another that has only its card. */
export async function submitDemoCards(context: Context): Promise<void> {
  const { stores, clock } = context;
  const now = clock.now();
  const query = { units: 'all', filter: 'received', now, until: now, cursor: null, limit: 1 } as const;
  const [slip] = (await stores.handovers.list(query)).items;
  const topic: Subject = { kind: 'topic', topic: 'dormitory' };
  await write(context, topic, '宿舍供暖和报修近期反映较多。', '后勤处逐楼排查，周五前公布检修安排。');
  const waiting: Subject = { kind: 'topic', topic: 'canteen' };
  await write(context, waiting, '食堂菜价和排队时间近期反映较多。', '后勤处公布定价依据，高峰时段增开窗口。');
  await submit(context, waiting, '师生较为关注，拟由后勤处统一答复，请阅示。');
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

const nobody = { unitId: null, dueAt: null };

async function submit(context: Context, subject: Subject, text: string): Promise<Instruction> {
  const director = await findColleague(context, 'director');
  const leader = await findColleague(context, 'leader');
  const start = { commandId: context.clock.newId(), move: 'submit' as const, subject, leaderId: leader.id };
  const { instruction } = await startInstruction({ ...start, text, ...nobody }, director.sight, context);
  return instruction;
}

async function instruct(context: Context, subject: Subject): Promise<void> {
  const { id, version } = await submit(context, subject, '反映较集中，已转后勤处办理，请阅示。');
  const leader = await findColleague(context, 'leader');
  const give: MoveCommand = {
    ...{ commandId: context.clock.newId(), instructionId: id, version },
    ...{ move: 'give', text: '请抓紧核实，举一反三，结果报我。', ...nobody },
  };
  await moveInstruction(give, leader.sight, context);
}
