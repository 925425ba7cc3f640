import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { BulkAnswer, BulkPreview, BulkUndoAnswer } from './contract/bulk.ts';
import { CaseDetail } from './contract/case-detail.ts';
import { ClaimStatus } from './contract/case-work.ts';
import { DecisionAnswer } from './contract/decision.ts';
import { Problem } from './contract/problem.ts';

let office: Office;
let reviewer: Visitor;
let colleague: Visitor;
let director: Visitor;

const noAction = { kind: 'no-action', reason: 'opinion-only' } as const;
const decision = (version: number, more: object = {}) => ({
  ...{ commandId: randomUUID(), version, ...noAction },
  ...more,
});
const caseAt = (id: string, path = '') => `/api/cases/${id}${path}`;
const read = async (id: string, by = reviewer) => CaseDetail.parse((await by.get(caseAt(id))).json);
const decide = async (id: string, version = 1, more: object = {}, by = reviewer) =>
  by.post(caseAt(id, '/decisions'), decision(version, more));

describeSetUps('deciding over HTTP', (emptyPlace) => {
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
    reviewer = await office.visitAs('reviewer');
    colleague = await office.visitAs('reviewer');
    director = await office.visitAs('director');
  });
  afterAll(() => office.close());

  const file = async (verdict: Parameters<typeof fileCase>[2] = {}) =>
    (await fileCase(office, { kind: 'comment', title: '', text: '热水又没了，找谁反映' }, verdict)).caseId;

  describe('a stale version', () => {
    test('is refused with what has happened since, who did it, and the version that stands', async () => {
      const id = await file();
      await decide(id, 1, { note: '涉及值班室的说明' }, colleague);
      const refused = await decide(id, 1);
      expect(Problem.parse(refused.json)).toMatchObject({
        ...{ status: 409, code: 'conflict', currentVersion: 2 },
        changes: [{ kind: 'decided', byName: '同事2', byMe: false, decision: noAction }],
      });
      // Reading a note is logged, where the case is opened.
      expect(refused.text).not.toContain('值班室');
      expect(await read(id)).toMatchObject({ state: 'decided', version: 2 });
    });

    test('tells of undoing, parting and closing too', async () => {
      const id = await file();
      const decided = DecisionAnswer.parse((await decide(id)).json);
      const undo = { commandId: randomUUID(), version: decided.version, decisionId: decided.decisionId };
      const reopen = { commandId: randomUUID(), version: 2, reason: 'new-facts' };
      expect((await colleague.post(caseAt(id, '/reopen'), reopen)).status).toBe(200);
      for (const path of ['/undo', '/close', '/split']) {
        const body = path === '/undo' ? undo : { commandId: randomUUID(), version: 2 };
        const more = path === '/split' ? { postId: 'main-site:comment:1' } : {};
        const { json } = await reviewer.post(caseAt(id, path), { ...body, ...more });
        expect(json, path).toMatchObject({
          ...{ status: 409, currentVersion: 3 },
          changes: [{ kind: 'reopened', reason: 'new-facts', byName: '同事2' }],
        });
      }
    });

    test('says only when it went to those on duty, if it did', async () => {
      const id = await file();
      await decide(id, 1, { kind: 'refer-safety', reason: 'safety-risk', note: '像是求助' }, colleague);
      const { json, text } = await decide(id);
      expect(json).toMatchObject({ status: 409, changes: [], referredAt: office.clock.now() });
      expect(json).not.toHaveProperty('currentVersion');
      expect(text).not.toMatch(/同事2|求助/);
    });

    test('is one where a person had no business: nothing is told of it', async () => {
      const id = await file({ queues: ['operations'] });
      const { json } = await decide(id, 7);
      expect(json).toMatchObject({ status: 403 });
      expect(json).not.toHaveProperty('changes');
    });
  });

  describe('notes and reopening', () => {
    test('a note stands in the history, refuses nobody’s decision and can be repeated', async () => {
      const id = await file();
      const body = { commandId: randomUUID(), note: '已电话问过宿管' };
      expect((await colleague.post(caseAt(id, '/notes'), body)).json).toMatchObject({ version: 2 });
      expect((await colleague.post(caseAt(id, '/notes'), body)).json).toMatchObject({ repeated: true });
      expect((await decide(id, 1)).status).toBe(200);
      const { events } = await read(id);
      expect(events.map(({ kind, note }) => [kind, note])).toEqual([
        ['opened', null],
        ['noted', '已电话问过宿管'],
        ['decided', null],
      ]);
      const empty = { commandId: randomUUID(), note: '' };
      expect((await reviewer.post(caseAt(id, '/notes'), empty)).json).toMatchObject({ field: 'note' });
    });

    test('a decided case waits again with its reason, and what was decided is still to be read', async () => {
      const id = await file();
      await decide(id, 1, { note: '已说明' });
      expect(await read(id)).toMatchObject({ mayReopen: true, mayNote: true, mayTakeOver: false });
      const body = { commandId: randomUUID(), version: 2, reason: 'not-solved', note: '楼里还是没有' };
      expect((await colleague.post(caseAt(id, '/reopen'), body)).json).toMatchObject({ version: 3 });
      expect((await colleague.post(caseAt(id, '/reopen'), body)).json).toMatchObject({ repeated: true });
      const detail = await read(id);
      expect(detail).toMatchObject({ state: 'reopened', mayReopen: false, undoable: null });
      expect(detail.decisions.length).toBeGreaterThan(0);
      expect(detail.events.slice(1)).toMatchObject([
        { kind: 'decided', decision: noAction, note: '已说明' },
        { kind: 'reopened', reason: 'not-solved', byName: '同事2', note: '楼里还是没有' },
      ]);
    });
  });

  describe('claims', () => {
    test('the director takes one over; the former holder is told when asking, and keeps what is decided later', async () => {
      const id = await file();
      await reviewer.post(caseAt(id, '/open'), {});
      expect((await director.post(caseAt(id, '/open'), {})).json).toMatchObject({
        ...{ mayTakeOver: true, decisions: [], claim: { byMe: false, byName: '同事1' } },
      });
      const body = { commandId: randomUUID(), note: '事急，我来办' };
      expect((await colleague.post(caseAt(id, '/claim/take-over'), body)).status).toBe(403);
      const taken = await director.post(caseAt(id, '/claim/take-over'), body);
      expect(taken.json).toMatchObject({ claim: { byMe: true } });
      const status = ClaimStatus.parse((await reviewer.get(caseAt(id, '/claim'))).json);
      expect(status).toMatchObject({ version: 2, state: 'open', claim: { byMe: false, byName: '同事3' } });
      // The former holder's page leaves: the director holds it still.
      await reviewer.send('DELETE', caseAt(id, '/claim'));
      expect((await decide(id, 1)).json).toMatchObject({ status: 409, changes: [{ kind: 'taken-over' }] });
      expect((await decide(id, 1, {}, director)).status).toBe(200);
      expect((await read(id)).events[1]).toMatchObject({
        ...{ kind: 'taken-over', byName: '同事3', holderName: '同事1', note: '事急，我来办' },
      });
    });

    test('asking who holds a case is no reading, and is for its queue', async () => {
      const id = await file({ queues: ['operations'] });
      const countReads = async () =>
        (await office.stores.reads.list({ cursor: null, limit: 200 })).items.length;
      const before = await countReads();
      expect((await reviewer.get(caseAt(id, '/claim'))).status).toBe(404);
      expect((await director.get(caseAt(id, '/claim'))).json).toMatchObject({ claim: null, version: 1 });
      expect(await countReads()).toBe(before);
      await director.get(caseAt(id));
      expect(await countReads()).toBe(before + 1);
    });
  });

  describe('a bulk', () => {
    const seen = (ids: readonly string[]) => ids.map((caseId) => ({ caseId, version: 1 }));
    const run = async (body: object, by = reviewer) =>
      BulkAnswer.parse((await by.post('/api/cases/bulk/run', { ...noAction, ...body })).json);

    test('says beforehand what it would decide, what not, and why; it writes nothing', async () => {
      const free = await file();
      const held = await file();
      await colleague.post(caseAt(held, '/open'), {});
      const decided = await file();
      await decide(decided, 1, {}, colleague);
      const edited = await file();
      await colleague.post(caseAt(edited, '/notes'), { commandId: randomUUID(), note: '看过' });
      const danger = await file({ lifeSafety: true, queues: ['review', 'safety'] });
      const foreign = await file({ queues: ['operations'] });
      const victim = await file({ accessClass: 'victim' });
      const referred = await file();
      await decide(referred, 1, { kind: 'refer-safety', reason: 'safety-risk' }, colleague);
      const ids = [free, held, decided, edited, danger, foreign, victim, referred, 'nowhere'];
      const body = {
        ...noAction,
        items: [...seen(ids.slice(0, 2)), { caseId: decided, version: 1 }, ...seen(ids.slice(3))],
      };
      const reply = await reviewer.post('/api/cases/bulk/preview', body);
      const preview = BulkPreview.parse(reply.json);
      expect(preview.items.map(({ caseId, hindrance }) => [ids.indexOf(caseId), hindrance])).toEqual([
        [0, null],
        [1, 'held'],
        [2, 'decided'],
        // A note refuses nobody's decision.
        [3, null],
        [4, 'one-by-one'],
        [5, 'other-queue'],
        [6, 'one-by-one'],
        [7, 'referred'],
        [8, 'not-found'],
      ]);
      expect(preview).toMatchObject({ decided: 2, left: 7, posts: 2 });
      expect(preview.items[1]).toMatchObject({ holderName: '同事2' });
      expect(reply.text).not.toContain('热水');
      expect((await read(free)).state).toBe('open');
    });

    test('decides each case once, however often and in whatever parts it is sent', async () => {
      const ids = await Promise.all(Array.from({ length: 5 }, () => file()));
      const bulkId = randomUUID();
      const first = await run({ bulkId, items: seen(ids.slice(0, 3)), note: '同一批广告' });
      expect(first).toMatchObject({ decided: 3, left: 0 });
      // Cut off there: the whole is sent again.
      const all = await run({ bulkId, items: seen(ids), note: '同一批广告' });
      expect(all.items.map(({ hindrance, repeated }) => [hindrance, repeated])).toEqual([
        ...Array.from({ length: 3 }, () => [null, true]),
        ...Array.from({ length: 2 }, () => [null, false]),
      ]);
      for (const id of ids) {
        const { events } = await read(id);
        expect(events.slice(1)).toMatchObject([{ kind: 'decided', inBulk: true, note: '同一批广告' }]);
      }
    });

    test('is taken back where it still holds; the others are named', async () => {
      const ids = await Promise.all(Array.from({ length: 4 }, () => file()));
      const [kept = '', again = '', back = '', untouched = ''] = ids;
      const bulkId = randomUUID();
      await run({ bulkId, items: seen([kept, again, back]) });
      const reopen = { commandId: randomUUID(), version: 2, reason: 'said-again' };
      await colleague.post(caseAt(kept, '/reopen'), reopen);
      const body = { bulkId, caseIds: ids };
      const undo = async (by: Visitor) =>
        BulkUndoAnswer.parse((await by.post('/api/cases/bulk/take-back', body)).json);
      expect((await undo(colleague)).items[1]?.hindrance).toBe('not-permitted');
      const undone = await undo(reviewer);
      expect(undone).toMatchObject({ undone: 2, left: 2 });
      expect(undone.items.map(({ hindrance }) => hindrance)).toEqual([
        'superseded',
        null,
        null,
        'not-in-bulk',
      ]);
      expect((await undo(reviewer)).items.map(({ repeated }) => repeated)).toEqual([
        false,
        true,
        true,
        false,
      ]);
      expect((await read(back)).events.map(({ kind }) => kind)).toEqual(['opened', 'decided', 'undone']);
      expect((await read(untouched)).version).toBe(1);
    });

    test.each([
      ['no case', { items: [] }, 'items'],
      ['the same case twice', { items: seen(['a', 'a']) }, 'items'],
      ['too many', { items: seen(Array.from({ length: 201 }, (_, n) => `c${n}`)) }, 'items'],
      ['a decision for one at a time', { kind: 'correct', reason: 'own-error' }, 'kind'],
      ['a reason of another decision', { reason: 'own-error' }, 'reason'],
    ])('refuses %s, naming the field', async (_name, change, field) => {
      const body = { bulkId: randomUUID(), ...noAction, items: seen(['a']), ...change };
      const { json } = await reviewer.post('/api/cases/bulk/run', body);
      expect(json).toMatchObject({ status: 400, field });
    });
  });
});
