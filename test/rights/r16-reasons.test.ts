import { expect, it } from 'vitest';
import { moveBrief } from '../../pipeline/commands/move-brief.ts';
import { buildBrief } from '../builders/printed-brief.ts';
import { openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';

it('R16: reasons, which stay in the history of a brief, hold nothing that points to a person', async () => {
  const office = await openOffice();
  try {
    const text = '昨晚十一点西门外的路灯坏了三盏走路都看不清台阶请尽快维修';
    await fileCase(office, { kind: 'comment', text }, { accessClass: 'victim' });
    const { stores, clock } = office;
    const facts = buildBrief().facts;
    const command = {
      commandId: clock.newId(),
      facts,
      evidence: new Map(),
      scheduleKey: null,
      replaces: null,
    };
    const created = await stores.briefs.create(command, null, clock.now());
    const director = { id: 'director', student: false, appointments: [] };
    const move = (kind: 'return' | 'withdraw', version: number, reason: string) =>
      moveBrief(
        { commandId: clock.newId(), briefId: command.commandId, version, move: kind, reason },
        director,
        { stores, clock, mayApprove: true },
      );
    expect(created?.brief.version).toBe(1);
    const refused = [
      `有人说：${text.slice(0, 21)}。`,
      '见 @小明同学 的留言',
      '电话13812345678',
      '轻生言论两条',
      '绝密★1年',
    ];
    for (const kind of ['return', 'withdraw'] as const) {
      for (const reason of refused)
        await expect(move(kind, 1, reason)).rejects.toMatchObject({ code: 'invalid-input', field: 'reason' });
    }
    const events = await stores.briefs.listEvents(command.commandId);
    expect(events.map(({ kind }) => kind)).toEqual(['created']);
    const { brief } = await move('withdraw', 1, `与日报重复；${text.slice(0, 15)}一事已写。`);
    expect(brief.state).toBe('withdrawn');
  } finally {
    await office.close();
  }
});
