import { moveHandover } from '../../pipeline/commands/move-handover.ts';
import { recordDecision } from '../../pipeline/commands/record-decision.ts';
import type { Context } from '../../pipeline/context.ts';
import type { Case } from '../../pipeline/domain/case.ts';
import { type HandoverOrder, usualOrder } from '../../pipeline/domain/handover.ts';
import type { HandoverMove, MoveCommand, Mover } from '../../pipeline/domain/handover-moves.ts';

const hourMs = 3_600_000;

/** What became of each slip of the invented office, in the order in which its cases wait. */
interface Story {
  unitId: string;
  order: Partial<HandoverOrder>;
  /** Due so many hours after it was sent, instead of by the calendar. */
  dueHours?: number;
  moves: { by: string; move: HandoverMove; more?: Partial<MoveCommand> }[];
}

const signed = { by: 'unit-head', move: 'receive' } as const;

const stories: readonly Story[] = [
  { unitId: 'logistics', order: { request: '请核实同学反映的情况，在期限内答复。' }, moves: [] },
  {
    unitId: 'logistics',
    order: { urgency: 'urgent', request: '请当面了解情况，说明整改安排。' },
    dueHours: 1,
    moves: [signed, { by: 'leader', move: 'supervise', more: { text: '请今天给出答复。' } }],
  },
  {
    unitId: 'logistics',
    order: { request: '请查明原因并提出办理意见。', coUnitIds: ['security'] },
    moves: [
      signed,
      { by: 'unit-head', move: 'draft', more: { text: '已向班组了解情况，拟先答复同学，再公布具体安排。' } },
      { by: 'unit-head', move: 'ask-extension', more: { text: '须与另一单位商定方案，申请延期三天。' } },
    ],
  },
  {
    unitId: 'logistics',
    order: { request: '请核实后书面答复，可公开的一并写明。' },
    moves: [
      signed,
      {
        ...{ by: 'unit-head', move: 'answer' },
        more: { text: '已到现场核查，问题属实。当天完成整改，并在服务窗口张贴了说明和监督电话。' },
      },
    ],
  },
  {
    unitId: 'library',
    order: { request: '请核实开放时间和座位管理的问题。' },
    moves: [
      {
        ...{ by: 'unit-reviewer', move: 'return' },
        more: { reason: 'not-ours', unitId: 'logistics', text: '该处由后勤处管理。' },
      },
    ],
  },
];

async function moverOf(context: Context, login: string): Promise<Mover> {
  const user = await context.stores.users.findByLogin(login);
  if (user === null) throw new Error(`the demo has no ${login}`);
  const appointments = user.roles.map((role) => ({ role, unitId: user.unitId, onBehalfOf: null }));
  return { id: user.id, appointments };
}

async function tell(context: Context, one: Case, story: Story): Promise<void> {
  const { clock, stores } = context;
  const inHours = (hours: number) => new Date(Date.parse(clock.now()) + hours * hourMs).toISOString();
  const reviewer = await moverOf(context, 'reviewer');
  const id = clock.newId();
  await recordDecision(
    {
      ...{ commandId: id, caseId: one.id, version: one.version, kind: 'hand-over', reason: 'service-need' },
      ...{ note: null, unitId: story.unitId },
      handover: {
        ...{ ...usualOrder, ...story.order },
        dueAt: story.dueHours === undefined ? null : inHours(story.dueHours),
      },
    },
    { id: reviewer.id, roles: ['reviewer'] },
    context,
  );
  for (const { by, move, more } of story.moves) {
    const slip = await stores.handovers.find(id, { units: 'all' });
    if (slip === null) return;
    const later = new Date(Date.parse(slip.dueAt) + 72 * hourMs).toISOString();
    const command: MoveCommand = {
      ...{ commandId: clock.newId(), handoverId: id, version: slip.version, move },
      ...{ text: null, unitId: null, unitIds: [], reason: null },
      dueAt: move === 'ask-extension' ? later : null,
      ...more,
    };
    await moveHandover(command, await moverOf(context, by), context);
  }
}

/** Slips in every state that somebody who looks round should see; one of them is late by the time of the opening. */
export async function handOverDemoCases(context: Context): Promise<void> {
  const { items } = await context.stores.cases.listQueue({
    ...{ queue: 'service', states: ['open'], accessClasses: ['open'], cursor: null, limit: 200 },
  });
  const left = [...items].reverse();
  for (const story of stories) {
    const topics = (await context.stores.settings.read()).units.find(({ id }) => id === story.unitId)?.topics;
    const at = left.findIndex(({ service }) => service !== null && topics?.includes(service.topic));
    const [one] = at < 0 ? [] : left.splice(at, 1);
    if (one !== undefined) await tell(context, one, story);
  }
}
