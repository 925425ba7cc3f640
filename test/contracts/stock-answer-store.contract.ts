import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../pipeline/domain/case.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from '../../pipeline/domain/errors.ts';
import {
  liveVersion,
  newestVersion,
  type StockContent,
  standingOf,
} from '../../pipeline/domain/stock-answer.ts';
import type {
  AnswerRuling,
  AnswerStep,
  AnswerWriter,
  WriteAnswer,
} from '../../pipeline/domain/stock-answer-change.ts';
import type { StockAnswerStore } from '../../pipeline/ports/stock-answer-store.ts';
import { director, reviewer, safetyOfficer } from '../builders/case.ts';
import { buildStockContent, buildWriteAnswer } from '../builders/stock-answer.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

export interface StockAnswerFixture {
  answers: StockAnswerStore;
  clock: FakeClock;
  countAudit(subject: string): Promise<number>;
  close(): Promise<void>;
}

export function stockAnswerStoreContract(open: () => Promise<StockAnswerFixture>): void {
  let opened: StockAnswerFixture;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const now = () => opened.clock.now();
  const today = () => now().slice(0, 10);
  const newId = () => opened.clock.newId();
  const all = (actor: Actor): AnswerWriter => ({ actor, units: 'all' });
  const head: Actor = { id: 'user-head', roles: ['unit-head'] };
  const ofLogistics = { actor: head, units: ['logistics'] };

  const write = async (more: Partial<WriteAnswer> = {}, writer = all(reviewer)) =>
    (await opened.answers.change(buildWriteAnswer({ commandId: newId(), ...more }), writer, now())).answer;
  const act = async (
    id: string,
    type: AnswerStep | AnswerRuling,
    actor: Actor,
    reason: string | null = null,
  ) => {
    const revision = (await opened.answers.find(id))?.revision ?? 0;
    const command = { commandId: newId(), answerId: id, revision, reason };
    return (await opened.answers.change({ ...command, type }, all(actor), now())).answer;
  };
  const approved = async (more: Partial<WriteAnswer> = {}) => {
    const { id } = await write(more);
    await act(id, 'submit', reviewer);
    return act(id, 'approve', director);
  };
  const change = async (id: string, content: Partial<StockContent>, writer = all(reviewer)) => {
    const answer = await opened.answers.find(id);
    const { revision = 0, unitId = '', kind = 'service' } = answer ?? {};
    return write({ answerId: id, revision, unitId, kind, content: buildStockContent(content) }, writer);
  };

  it('keeps every version, from draft through review to approval, each step in the audit log', async () => {
    const { id } = await write();
    expect(await opened.answers.find(id)).toMatchObject({ revision: 1, versions: [{ state: 'draft' }] });
    await act(id, 'submit', reviewer);
    opened.clock.advance(1000);
    const answer = await act(id, 'approve', director);
    expect(newestVersion(answer)).toMatchObject({
      state: 'approved',
      approvedBy: director.id,
      approvedAt: now(),
    });
    expect(await opened.answers.find(id)).toEqual(answer);
    expect(await opened.answers.list()).toEqual([answer]);
    expect(await opened.countAudit(id)).toBe(3);
  });

  it('lets the approved one go on while its change is written, and until the change is approved by another', async () => {
    const { id } = await approved();
    await change(id, { body: '供暖期延长到3月31日，报修电话不变。' });
    await act(id, 'submit', reviewer);
    const waiting = await opened.answers.find(id);
    expect(waiting && liveVersion(waiting, today())).toMatchObject({ version: 1 });
    await expect(change(id, {})).rejects.toThrow(Conflict);
    const answer = await act(id, 'approve', director);
    expect(liveVersion(answer, today())).toMatchObject({
      version: 2,
      body: '供暖期延长到3月31日，报修电话不变。',
    });
    expect(answer.versions[0]).toMatchObject({ version: 1, state: 'approved' });
  });

  it('is approved by nobody who wrote it, and by nobody of another role', async () => {
    const both: Actor = { id: 'user-both', roles: ['reviewer', 'director'] };
    const { id } = await write();
    await change(id, { title: '供暖报修' }, all(both));
    await act(id, 'submit', reviewer);
    await expect(act(id, 'approve', both)).rejects.toThrow(NotPermitted);
    await expect(act(id, 'approve', safetyOfficer)).rejects.toThrow(NotPermitted);
    await expect(act(id, 'return', director)).rejects.toThrow(InvalidInput);
    expect(newestVersion(await act(id, 'return', director, '热线号码不对'))).toMatchObject({
      ...{ state: 'draft', remark: '热线号码不对' },
    });
  });

  it('of help is approved by those on duty, with its numbers checked within the month and no blank left', async () => {
    const content = buildStockContent({ topics: [], words: [] });
    const { id } = await write({ kind: 'help', content });
    await act(id, 'submit', reviewer);
    await expect(act(id, 'approve', director)).rejects.toThrow(NotPermitted);
    await expect(act(id, 'approve', safetyOfficer)).rejects.toThrow('核对');
    await act(id, 'check', reviewer);
    const answer = await act(id, 'approve', safetyOfficer);
    expect(standingOf(answer, today())).toMatchObject({ validity: 'valid', check: 'fresh' });
    opened.clock.advance(32 * 86_400_000);
    expect(standingOf(answer, today()).check).toBe('overdue');
    await change(id, { body: '请拨打【请填写本校热线号码】。' });
    await act(id, 'submit', reviewer);
    await act(id, 'check', reviewer);
    await expect(act(id, 'approve', safetyOfficer)).rejects.toThrow('没填写');
  });

  it('is a unit’s own: another unit neither writes nor finds it', async () => {
    const own = await write({}, ofLogistics);
    const other = await write({ unitId: 'library' });
    expect(own.unitId).toBe('logistics');
    await expect(write({ unitId: 'library' }, ofLogistics)).rejects.toThrow(NotFound);
    await expect(change(other.id, {}, ofLogistics)).rejects.toThrow(NotFound);
    const moved = { answerId: own.id, revision: 1, unitId: 'library' };
    await expect(write(moved, ofLogistics)).rejects.toThrow(NotFound);
  });

  it('is retired with a reason, drafts and all, and may be written anew', async () => {
    const { id } = await approved();
    await expect(act(id, 'retire', director)).rejects.toThrow(InvalidInput);
    const retired = await act(id, 'retire', director, '供暖期已过');
    expect(liveVersion(retired, today())).toBeNull();
    expect(newestVersion(await change(id, {}))).toMatchObject({ version: 2, state: 'draft' });
  });

  it('gives the same answer to a repeated command, and none to another content, person or revision', async () => {
    const command = buildWriteAnswer({ commandId: newId() });
    const first = await opened.answers.change(command, all(reviewer), now());
    expect(await opened.answers.change(command, all(reviewer), now())).toEqual({ ...first, repeated: true });
    const other = { ...command, content: buildStockContent({ title: '别的标题' }) };
    await expect(opened.answers.change(other, all(reviewer), now())).rejects.toThrow(Conflict);
    await expect(opened.answers.change(command, all(director), now())).rejects.toThrow(Conflict);
    const stale = { ...command, commandId: newId(), answerId: first.answer.id, revision: 9 };
    await expect(opened.answers.change(stale, all(reviewer), now())).rejects.toThrow(Conflict);
    expect(await opened.answers.list()).toHaveLength(1);
    expect(await opened.countAudit(first.answer.id)).toBe(1);
  });

  it('lets one of several changes at once through', async () => {
    const { id } = await write();
    const results = await Promise.allSettled([1, 2, 3].map((n) => change(id, { title: `第${n}个标题` })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await opened.answers.find(id))?.revision).toBe(2);
  });

  it('keeps long Chinese text and emoji, and refuses dates the wrong way round', async () => {
    const body = '供暖🔥'.repeat(400);
    const { id } = await write({ content: buildStockContent({ body }) });
    expect(newestVersion((await opened.answers.find(id)) ?? (await write())).body).toBe(body);
    const content = buildStockContent({ validUntil: '2025-01-01' });
    await expect(write({ content })).rejects.toThrow(InvalidInput);
  });
}
