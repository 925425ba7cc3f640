import { moveHandover } from '../../pipeline/commands/move-handover.ts';
import { recordDecision } from '../../pipeline/commands/record-decision.ts';
import type { Context } from '../../pipeline/context.ts';
import type { Actor, Case, DecisionKind, ReasonCode } from '../../pipeline/domain/case.ts';
import type { QueueName } from '../../pipeline/domain/category.ts';
import { usualOrder } from '../../pipeline/domain/handover.ts';
import type { HandoverMove, MoveCommand, Mover } from '../../pipeline/domain/handover-moves.ts';

/** Who answers for a unit. */
const heads: Record<string, string> = {
  logistics: 'unit-head',
  'it-centre': 'network-head',
  teaching: 'teaching-head',
};

interface Slip {
  id: string;
  head: string;
  /** Days since it was sent. */
  age: number;
  /** The days after which it is received, answered and closed. */
  days: readonly [received: number, answered: number, closed: number];
}

/** Most units take two or three days, some the same day; now and then one is late. */
const paces: readonly Slip['days'][] = [
  [0, 2, 3],
  [1, 3, 5],
  [0, 1, 2],
  [1, 4, 5],
  [0, 3, 4],
  [2, 9, 10],
  [0, 2, 4],
];

const answers = [
  '已到现场核实，当天完成整改，安排专人每天巡查一次。',
  '情况属实，已与承办单位约谈，本周内公布处理结果。',
  '经核查为设备老化，已报修并更换配件，请同学们再观察。',
  '已与反映的同学联系，说明了规定和办理时间，同学表示理解。',
];

type Ruling = [kind: DecisionKind, reason: ReasonCode];
const rulings: Partial<Record<QueueName, readonly Ruling[]>> = {
  service: [
    ['answer', 'service-need'],
    ['no-action', 'opinion-only'],
    ['answer', 'already-handled'],
  ],
  review: [
    ['no-action', 'opinion-only'],
    ['verify', 'needs-facts'],
    ['no-action', 'misjudged'],
  ],
  safety: [['no-action', 'help-given']],
};

/** The people of the invented office, over the weeks: they decide, hand over, answer and close, by the commands that everybody has. */
export class DemoOffice {
  private readonly context: Context;
  private readonly slips: Slip[] = [];
  private decided = 0;

  constructor(context: Context) {
    this.context = context;
  }

  /** One look through the queues. What is left over waits for the next. */
  async workQueues(): Promise<void> {
    for (const [queue, login] of [
      ['service', 'reviewer'],
      ['review', 'reviewer2'],
      ['safety', 'safety'],
    ] as const) {
      const actor = await this.findActor(login);
      const accessClasses = queue === 'safety' ? (['open', 'safety'] as const) : (['open'] as const);
      const page = { states: ['open', 'reopened'] as const, accessClasses, cursor: null, limit: 200 };
      const { items } = await this.context.stores.cases.listQueue({ queue, ...page });
      for (const one of items) await this.decide(one, queue, actor);
    }
  }

  /** What the units do in the afternoon. */
  async workSlips(): Promise<void> {
    for (const slip of this.slips) {
      const { age, days, head } = slip;
      const [received, answered, closed] = days;
      if (age === received) await this.move(slip, head, 'receive', null);
      if (age === answered) {
        await this.move(slip, head, 'answer', answers[this.decided++ % answers.length] ?? null);
      }
      if (age === closed) await this.move(slip, 'reviewer', 'close', null);
      slip.age += 1;
    }
  }

  private async decide(one: Case, queue: QueueName, actor: Actor): Promise<void> {
    this.decided += 1;
    // Half of it is put off each time; what is dangerous is not.
    if (queue !== 'safety' && this.decided % 2 === 0) return;
    const unitId = queue === 'service' && this.decided % 5 < 2 ? await this.findUnit(one) : null;
    const ofQueue = rulings[queue] ?? [];
    const [kind, reason] =
      ofQueue[(this.decided >> 1) % ofQueue.length] ?? (['no-action', 'opinion-only'] as const);
    const command = {
      commandId: this.context.clock.newId(),
      caseId: one.id,
      version: one.version,
      note: null,
    };
    if (unitId === null) {
      await recordDecision({ ...command, kind, reason, unitId: null }, actor, this.context);
      return;
    }
    await recordDecision(
      {
        ...{ ...command, kind: 'hand-over', reason: 'service-need', unitId },
        handover: { ...usualOrder, request: '请核实同学反映的情况，在期限内答复。' },
      },
      actor,
      this.context,
    );
    const days = paces[this.slips.length % paces.length] ?? [0, 2, 3];
    this.slips.push({ id: command.commandId, head: heads[unitId] ?? '', age: 0, days });
  }

  private async findUnit({ service }: Case): Promise<string | null> {
    if (service === null) return null;
    const { units } = await this.context.stores.settings.read();
    const unit = units.find(({ topics }) => topics.includes(service.topic));
    return unit !== undefined && unit.id in heads ? unit.id : null;
  }

  private async move({ id }: Slip, login: string, move: HandoverMove, text: string | null): Promise<void> {
    const { stores, clock } = this.context;
    const slip = await stores.handovers.find(id, { units: 'all' });
    if (slip === null) throw new Error(`the demo has no slip ${id}`);
    const command: MoveCommand = {
      ...{ commandId: clock.newId(), handoverId: id, version: slip.version, move, text },
      ...{ unitId: null, unitIds: [], reason: null, dueAt: null },
    };
    await moveHandover(command, await this.findMover(login), this.context);
  }

  private async findActor(login: string): Promise<Actor> {
    const { id, roles } = await this.findUser(login);
    return { id, roles };
  }

  private async findMover(login: string): Promise<Mover> {
    const { id, roles, unitId } = await this.findUser(login);
    return { id, appointments: roles.map((role) => ({ role, unitId, onBehalfOf: null })) };
  }

  private async findUser(login: string) {
    const user = await this.context.stores.users.findByLogin(login);
    if (user === null) throw new Error(`the demo has no ${login}`);
    return user;
  }
}
