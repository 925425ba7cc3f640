import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BriefHand, BriefKind, BriefState } from '../../pipeline/domain/brief.ts';
import { mostFrozenIds } from '../../pipeline/domain/brief-evidence.ts';
import type { MoveBrief, NewBrief } from '../../pipeline/domain/brief-life.ts';
import { periodOfDays } from '../../pipeline/domain/brief-period.ts';
import { defaultTemplates } from '../../pipeline/domain/brief-template.ts';
import { buildBrief } from '../../pipeline/domain/build-brief.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from '../../pipeline/domain/errors.ts';
import type { AuditLog } from '../../pipeline/ports/audit-log.ts';
import type { BriefStore } from '../../pipeline/ports/brief-store.ts';
import type { RetentionStore } from '../../pipeline/ports/retention-store.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedBriefs {
  briefs: BriefStore;
  audit: AuditLog;
  retention: RetentionStore;
  close(): Promise<void>;
}

const writer: BriefHand = { actorId: 'analyst-1', onBehalfOf: null };
const director: BriefHand = { actorId: 'director-1', onBehalfOf: null };
const nothing = { items: [], cases: [], referred: [], handovers: [], gaps: [], unobserved: [] };

const factsOf = (kind: BriefKind, countedAt: string, day = '2026-11-20') =>
  buildBrief({
    ...{ kind, period: periodOfDays(day, day), subject: null, countedAt },
    material: {
      ...{
        ...nothing,
        drafts: [],
        live: [],
        channels: [],
        bursts: [],
        topics: [],
        docket: [],
        reads: [],
        objections: [],
      },
    },
    names: { channel: (id) => id, unit: (id) => id },
    ...{ shifts: [], templates: defaultTemplates, templateVersion: 1, settingsVersion: 1, digest: () => 'd' },
  }).facts;

export function briefStoreContract(open: () => Promise<OpenedBriefs>): void {
  let opened: OpenedBriefs;
  let briefs: BriefStore;
  let clock: FakeClock;
  beforeEach(async () => {
    opened = await open();
    briefs = opened.briefs;
    clock = new FakeClock('2026-11-21T00:00:00.000Z');
  });
  afterEach(() => opened.close());

  const now = () => clock.now();
  const orderOf = (more: Partial<NewBrief> = {}): NewBrief => ({
    ...{ commandId: clock.newId(), facts: factsOf('daily', now()), scheduleKey: null, replaces: null },
    evidence: new Map([['overview.public', ['评论😀', 'b']]]),
    ...more,
  });
  const make = async (more: Partial<NewBrief> = {}, hand: BriefHand | null = writer) => {
    const recorded = await briefs.create(orderOf(more), hand, now());
    if (recorded === null) throw new Error('it stands already');
    return recorded.brief;
  };
  const moveOf = (
    briefId: string,
    version: number,
    move: MoveBrief['move'],
    reason: string | null = null,
  ) => ({ commandId: clock.newId(), briefId, version, move, reason });
  const go = (command: MoveBrief, hand = writer, mayApprove = hand === director) =>
    briefs.move(command, hand, { at: now(), mayApprove });
  const approved = async (more: Partial<NewBrief> = {}) => {
    const { id } = await make(more);
    await go(moveOf(id, 1, 'submit'));
    return (await go(moveOf(id, 2, 'approve'), director)).brief;
  };

  describe('from a draft to the archive', () => {
    it('each step is an event and an audit entry; what was counted stays', async () => {
      const { id, facts } = await make();
      const words = { remarks: '食堂意见较集中😀', 'duty-handover': '' };
      await briefs.saveWords({ commandId: clock.newId(), briefId: id, version: 1, words }, writer, now());
      await go(moveOf(id, 2, 'submit'));
      await go(moveOf(id, 3, 'return', '请补充。'), director);
      await go(moveOf(id, 4, 'submit'));
      const { brief } = await go(moveOf(id, 5, 'approve'), director);
      expect(brief).toMatchObject({
        state: 'approved',
        version: 6,
        number: '〔2026〕第1期',
        wordsBy: writer,
      });
      expect(brief.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(await briefs.find(id)).toEqual(brief);
      expect(brief.facts).toEqual(facts);
      expect(brief.words).toEqual(words);
      const events = await briefs.listEvents(id);
      expect(
        events.map(({ kind, actorId, reason, briefVersion }) => [kind, actorId, reason, briefVersion]),
      ).toEqual([
        ['created', 'analyst-1', null, 1],
        ['words', 'analyst-1', null, 2],
        ['submit', 'analyst-1', null, 3],
        ['return', 'director-1', '请补充。', 4],
        ['submit', 'analyst-1', null, 5],
        ['approve', 'director-1', null, 6],
      ]);
      expect(events.at(-1)?.hash).toBe(brief.hash);
      expect(await opened.audit.countUnlinked('audit')).toBe(6);
    });

    it('a repeated command writes nothing, other content under its id is refused', async () => {
      const order = orderOf();
      const first = await briefs.create(order, writer, now());
      clock.advance(1000);
      expect(await briefs.create(order, writer, now())).toEqual({ brief: first?.brief, repeated: true });
      await expect(briefs.create({ ...order, replaces: 'x' }, writer, now())).rejects.toThrow(Conflict);
      await expect(briefs.create(order, director, now())).rejects.toThrow(Conflict);
      const submit = moveOf(order.commandId, 1, 'submit');
      await go(submit);
      expect((await go(submit)).repeated).toBe(true);
      await expect(go({ ...submit, move: 'withdraw' })).rejects.toThrow(Conflict);
      expect(await briefs.listEvents(order.commandId)).toHaveLength(2);
    });

    it('a refused step has written nothing and taken no number', async () => {
      const { id } = await make();
      const saying = (words: Record<string, string>, version = 1) =>
        briefs.saveWords({ commandId: clock.newId(), briefId: id, version, words }, writer, now());
      await expect(saying({ remarks: '长'.repeat(601) })).rejects.toThrow(InvalidInput);
      await expect(saying({ nothing: '没有这一栏' })).rejects.toThrow(InvalidInput);
      await expect(saying({ remarks: '早' }, 2)).rejects.toThrow(Conflict);
      await expect(go(moveOf(id, 1, 'approve'), director)).rejects.toThrow(Conflict);
      await expect(go(moveOf('none', 1, 'submit'))).rejects.toThrow(NotFound);
      await saying({ remarks: '本期平稳。' });
      await go(moveOf(id, 2, 'submit'));
      await expect(go(moveOf(id, 3, 'approve'), writer, true)).rejects.toThrow(NotPermitted);
      await expect(
        go(moveOf(id, 3, 'approve'), { actorId: 'x', onBehalfOf: 'analyst-1' }, true),
      ).rejects.toThrow(NotPermitted);
      await expect(go(moveOf(id, 3, 'approve'), director, false)).rejects.toThrow(NotPermitted);
      await expect(go(moveOf(id, 3, 'return'), director)).rejects.toThrow(InvalidInput);
      expect(await briefs.find(id)).toMatchObject({ state: 'submitted', version: 3 });
      expect((await go(moveOf(id, 3, 'approve'), director)).brief.number).toBe('〔2026〕第1期');
    });
  });

  it('numbers run by kind and Shanghai year without a gap, of two at once too', async () => {
    const ids = [(await make()).id, (await make({ facts: factsOf('daily', now(), '2026-11-19') })).id];
    for (const id of ids) await go(moveOf(id, 1, 'submit'));
    const both = await Promise.all(ids.map((id) => go(moveOf(id, 2, 'approve'), director)));
    expect(both.map(({ brief }) => brief.number).sort()).toEqual(['〔2026〕第1期', '〔2026〕第2期']);
    expect((await approved({ facts: factsOf('weekly', now()) })).number).toBe('〔2026〕第1期');
    clock.advance(Date.parse('2026-12-31T16:00:00.000Z') - Date.parse(now()));
    const facts = factsOf('daily', now(), '2026-12-31');
    expect((await approved({ facts })).number).toBe('〔2027〕第1期');
  });

  it('one of two moves on the same version wins', async () => {
    const { id } = await make();
    const tried = await Promise.allSettled([go(moveOf(id, 1, 'submit')), go(moveOf(id, 1, 'withdraw'))]);
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await briefs.listEvents(id)).toHaveLength(2);
  });

  it('what puts an issue right takes it out of force when it is approved', async () => {
    const first = await approved();
    const second = await approved({ replaces: first.id });
    expect(await briefs.find(first.id)).toMatchObject({
      state: 'replaced',
      replacedBy: second.id,
      hash: first.hash,
    });
    expect((await briefs.listEvents(first.id)).at(-1)).toMatchObject({
      kind: 'replaced',
      actorId: 'director-1',
    });
    await expect(go(moveOf(second.id, 3, 'withdraw', '有误。'))).rejects.toThrow(NotPermitted);
    const { brief } = await go(moveOf(second.id, 3, 'withdraw', '有误。'), director);
    expect(brief).toMatchObject({ state: 'withdrawn', withdrawnReason: '有误。', hash: second.hash });
  });

  describe('of one period one issue is in force', () => {
    it('another one is told of it when made, submitted and approved, whose number it does not take', async () => {
      const [first, second, third] = [await make(), await make(), await make({}, null)];
      for (const { id } of [first, second]) await go(moveOf(id, 1, 'submit'));
      await go(moveOf(first.id, 2, 'approve'), director);
      const told = { message: expect.stringContaining('日报〔2026〕第1期（2026-11-20）') };
      await expect(go(moveOf(second.id, 2, 'approve'), director)).rejects.toMatchObject(told);
      await expect(go(moveOf(second.id, 2, 'approve'), director)).rejects.toThrow(Conflict);
      await expect(go(moveOf(third.id, 1, 'submit'))).rejects.toMatchObject(told);
      await expect(make()).rejects.toMatchObject(told);
      expect(await briefs.find(second.id)).toMatchObject({ state: 'submitted', version: 2 });
      const corrected = await approved({ replaces: first.id });
      expect(corrected.number).toBe('〔2026〕第2期');
      await go(moveOf(corrected.id, 3, 'withdraw', '有误。'), director);
      expect((await go(moveOf(second.id, 2, 'approve'), director)).brief.number).toBe('〔2026〕第3期');
      // Of another kind, or of another day.
      await approved({ facts: factsOf('weekly', now()) });
      await approved({ facts: factsOf('daily', now(), '2026-11-19') });
    });

    it('of two at once, and of two that put the same one right, one goes out', async () => {
      const outOf = async (ids: string[]) => {
        for (const id of ids) await go(moveOf(id, 1, 'submit'));
        const tried = await Promise.allSettled(ids.map((id) => go(moveOf(id, 2, 'approve'), director)));
        const won = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value.brief] : []));
        for (const one of tried) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Conflict);
        expect(won).toHaveLength(1);
        return won[0]?.id ?? '';
      };
      const first = await outOf([(await make()).id, (await make()).id]);
      const replaces = { replaces: first };
      const second = await outOf([(await make(replaces)).id, (await make(replaces)).id]);
      expect(await briefs.find(first)).toMatchObject({ state: 'replaced', replacedBy: second });
    });

    it('special ones of other hours, or about something else, are issues of their own', async () => {
      const facts = factsOf('special', now());
      const about = (caseIds: string[], more: object = {}) => ({
        facts: { ...facts, sections: [], ...more, subject: { kind: 'cases' as const, caseIds } },
      });
      await approved(about(['a', 'b']));
      await approved(about(['c']));
      const period = { ...facts.period, until: '2026-11-20T09:00:00.000Z' };
      await approved(about(['a', 'b'], { period }));
      await expect(make(about(['b', 'a']))).rejects.toThrow(Conflict);
    });
  });

  it('the machine makes one a period, however many try at once', async () => {
    const scheduleKey = 'daily/2026-11-20/2026-11-20';
    const tried = await Promise.all(
      [1, 2, 3].map(() => briefs.create(orderOf({ scheduleKey }), null, now())),
    );
    expect(tried.filter((one) => one !== null)).toHaveLength(1);
    expect(await briefs.findScheduled([scheduleKey, 'other'])).toEqual([scheduleKey]);
  });

  it('lists newest first, by state and kind, page by page, with ties', async () => {
    const ids = [(await make()).id, (await make()).id, (await make({ facts: factsOf('weekly', now()) })).id];
    await go(moveOf(ids[0] ?? '', 1, 'submit'));
    const all = { states: BriefState.options, kinds: BriefKind.options, cursor: null };
    const first = await briefs.list({ ...all, limit: 2 });
    const rest = await briefs.list({ ...all, cursor: first.nextCursor, limit: 2 });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids.toReversed());
    expect(rest.nextCursor).toBeNull();
    expect(first.items[0]).not.toHaveProperty('facts');
    expect(
      (await briefs.list({ ...all, states: ['submitted'], limit: 9 })).items.map(({ id }) => id),
    ).toEqual([ids[0]]);
    expect((await briefs.list({ ...all, kinds: ['weekly'], limit: 9 })).items.map(({ id }) => id)).toEqual([
      ids[2],
    ]);
  });

  it('keeps the ids under a number, the first thousand, and erases all of it with its term', async () => {
    const many = Array.from({ length: mostFrozenIds + 5 }, (_, at) => `id-${String(at).padStart(5, '0')}`);
    const { id } = await make({
      evidence: new Map([
        ['a', ['评论😀']],
        ['b', many],
      ]),
    });
    expect(await briefs.readEvidence(id, 'a')).toEqual(['评论😀']);
    expect(await briefs.readEvidence(id, 'b')).toEqual(many.slice(0, mostFrozenIds));
    expect(await briefs.readEvidence(id, 'none')).toBeNull();
    expect((await opened.retention.purgeExpired('2029-11-20T23:59:59.999Z', [], 100)).records).toBe(0);
    expect((await opened.retention.purgeExpired('2029-11-21T00:00:00.000Z', [], 100)).records).toBe(1);
    expect(await briefs.find(id)).toBeNull();
    expect(await briefs.listEvents(id)).toEqual([]);
    expect(await briefs.readEvidence(id, 'a')).toBeNull();
  });
}
