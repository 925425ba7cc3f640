import { beforeAll, expect, it } from 'vitest';
import { buildDecisionCommand, reviewer } from '../../test/builders/case.ts';
import { buildMoveCommand, buildMover } from '../../test/builders/handover.ts';
import { describeSetUps } from '../../test/harness/describe-set-ups.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { fileCase } from '../../test/harness/office-cases.ts';
import { openPlace } from '../../test/harness/places.ts';
import { openChineseCalendar } from '../adapters/chinese-calendar.ts';
import type { OpenedPorts } from '../adapters/open-stores.ts';
import type { MoveCommand, Mover } from '../domain/handover-moves.ts';
import { recordDecision } from './record-decision.ts';
import { watchHandovers } from './watch-handovers.ts';

const hourMs = 3_600_000;

describeSetUps('the clocks of a slip, over the National Day holiday', (emptyPlace) => {
  let opened: OpenedPorts;
  /** Tuesday, 29 September 2026, 09:00 in Shanghai. */
  const clock = new FakeClock('2026-09-29T01:00:00.000Z');
  beforeAll(async () => {
    opened = await openPlace(await emptyPlace(), clock);
    const change = { expectedVersion: 0, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
    const unit = { id: 'logistics', name: '后勤处', aliases: [], topics: [], places: [] };
    await opened.stores.settings.save('units', [unit], change);
    return () => opened.close();
  });
  const ports = () => ({
    stores: opened.stores,
    clock,
    calendar: openChineseCalendar(opened.stores.settings),
  });
  const shanghai = (day: string, hour: number) =>
    clock.advance(Date.parse(`${day}T00:00:00.000Z`) + (hour - 8) * hourMs - Date.parse(clock.now()));
  const watch = async () =>
    (await watchHandovers(ports())).map(({ kind, level }) => (level === null ? kind : level));
  const find = async (id: string) => opened.stores.handovers.find(id, { units: 'all' });

  it('count working days alone, tell each level once, survive a restart, and decide nothing', async () => {
    const { caseId } = await fileCase(
      { stores: opened.stores, clock },
      { kind: 'comment', text: '路灯不亮' },
    );
    const command = {
      ...buildDecisionCommand({ commandId: clock.newId(), caseId }),
      ...{ kind: 'hand-over' as const, reason: 'service-need' as const, unitId: 'logistics' },
    };
    await recordDecision(command, reviewer, ports());
    // Five working days: the 30th, then 8, 9, 10 (a Saturday that is worked) and 12 October.
    expect(await find(command.commandId)).toMatchObject({ dueAt: '2026-10-12T10:00:00.000Z', state: 'sent' });
    expect(await watch()).toEqual([]);
    shanghai('2026-09-30', 18);
    expect(await watch()).toEqual([]);
    shanghai('2026-09-30', 19);
    expect(await watch()).toEqual(['reminded']);
    shanghai('2026-10-07', 12);
    expect(await watch()).toEqual([]);
    const slip = await find(command.commandId);
    const receive = buildMoveCommand({
      ...{
        commandId: clock.newId(),
        handoverId: command.commandId,
        version: slip?.version ?? 0,
        move: 'receive',
      },
    });
    await opened.stores.handovers.recordMove(receive, buildMover('unit-head', 'logistics'), clock.now());
    shanghai('2026-10-12', 18);
    expect(await watch()).toEqual([]);
    shanghai('2026-10-12', 19);
    const twice = await Promise.all([watch(), watch()]);
    expect(twice.flat()).toEqual(['unit-head']);
    shanghai('2026-10-14', 17);
    expect(await watch()).toEqual([]);
    // Nobody kept the house for days: what has passed is told, one level after the other, and never again.
    shanghai('2026-10-20', 9);
    expect(await watch()).toEqual(['director', 'leader']);
    shanghai('2026-12-01', 9);
    expect(await watch()).toEqual([]);
    expect(await find(command.commandId)).toMatchObject({ state: 'received', escalatedTo: 'leader' });
    const events = await opened.stores.handovers.listEvents(command.commandId, clock.now());
    const byMachine = events.filter(({ actorId }) => actorId === null).map(({ kind }) => kind);
    expect(byMachine).toEqual(['reminded', 'escalated', 'escalated', 'escalated']);
  });

  it('go on for a slip that was answered late and given back with the same due time', async () => {
    const { caseId } = await fileCase({ stores: opened.stores, clock }, { kind: 'comment', text: '门坏了' });
    const { commandId: handoverId, ...decision } = buildDecisionCommand({ commandId: clock.newId(), caseId });
    const order = { kind: 'hand-over', reason: 'service-need', unitId: 'logistics' } as const;
    await recordDecision({ ...decision, ...order, commandId: handoverId }, reviewer, ports());
    const move = async (what: MoveCommand['move'], who: Mover, text: string | null = null) => {
      const version = (await find(handoverId))?.version ?? 0;
      const command = buildMoveCommand({ commandId: clock.newId(), handoverId, version, move: what, text });
      await opened.stores.handovers.recordMove(command, who, clock.now());
    };
    const head = buildMover('unit-head', 'logistics');
    await move('receive', head);
    // Due on Tuesday, 8 December.
    shanghai('2026-12-08', 19);
    expect(await watch()).toEqual(['unit-head']);
    await move('answer', head, '已修。');
    await move('redo', buildMover('reviewer', 'publicity'), '请写明何时修好。');
    shanghai('2026-12-11', 9);
    expect(await watch()).toEqual(['director']);
    shanghai('2026-12-31', 9);
    expect(await watch()).toEqual(['leader']);
  });
});
