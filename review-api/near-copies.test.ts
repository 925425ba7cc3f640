import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CaseDetail } from './contract/case-detail.ts';
import { CasePage } from './contract/case-summary.ts';
import { SplitAnswer } from './contract/decision.ts';

let office: Office;
let reviewer: Visitor;

const comment = { kind: 'comment', title: '', text: '热水又没了' } as const;
/** The same words each time. */
const fingerprint = { exact: true, keys: [4711] };

describeSetUps('near copies over HTTP', (emptyPlace) => {
  beforeEach(async () => {
    office = await openOffice({}, await emptyPlace());
    reviewer = await office.visitAs('reviewer');
  });
  afterEach(() => office.close());

  const file = () => fileCase(office, comment, {}, { fingerprint });
  const read = async (caseId: string) => CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
  const queued = async () => CasePage.parse((await reviewer.get('/api/cases?queue=review')).json).items;

  test('stand behind one case, which counts and lists them', async () => {
    const { caseId } = await file();
    const second = await file();
    const third = await file();
    expect(await queued()).toMatchObject([{ id: caseId, postCount: 3 }]);
    const detail = await read(caseId);
    expect(detail.otherSources.map(({ postId }) => postId)).toEqual([third.postId, second.postId]);
    expect(detail.maySplit).toBe(true);
    expect(detail.events.map(({ kind, byName }) => [kind, byName])).toEqual([
      ['opened', null],
      ['joined', null],
      ['joined', null],
    ]);
  });

  test('inherit a decision in sight of whoever reads the case', async () => {
    const { caseId } = await file();
    const before = await file();
    const decision = { version: 1, kind: 'no-action', reason: 'opinion-only', note: null, unitId: null };
    const commandId = randomUUID();
    const decided = await reviewer.post(`/api/cases/${caseId}/decisions`, { commandId, ...decision });
    expect(decided.status).toBe(200);
    const after = await file();
    expect(await queued()).toEqual([]);
    const { otherSources, events } = await read(caseId);
    expect(otherSources).toMatchObject([
      { postId: after.postId, inherits: true },
      { postId: before.postId, inherits: false },
    ]);
    expect(events.at(-1)).toMatchObject({ kind: 'joined', inherits: commandId });
  });

  test('can be parted, and wait then in a case of their own', async () => {
    const { caseId } = await file();
    const { postId } = await file();
    const body = { commandId: randomUUID(), version: 2, postId, note: null };
    const first = SplitAnswer.parse((await reviewer.post(`/api/cases/${caseId}/split`, body)).json);
    expect(first).toMatchObject({ caseId, version: 3, repeated: false });
    const again = SplitAnswer.parse((await reviewer.post(`/api/cases/${caseId}/split`, body)).json);
    expect(again).toEqual({ ...first, repeated: true });
    expect((await queued()).map(({ id }) => id).sort()).toEqual([caseId, first.partedCaseId].sort());
    expect((await read(first.partedCaseId)).text).toMatchObject({ mode: 'full', text: comment.text });
    const left = await read(caseId);
    expect(left.events.at(-1)).toMatchObject({ kind: 'split', byMe: true });
    expect(left).toMatchObject({ partedCount: 1, previous: null });
    expect(await read(first.partedCaseId)).toMatchObject({
      partedCount: 0,
      previous: { caseId, how: 'split' },
    });
  });

  test('wait again with the rest when the decision is taken back, or the case is reopened', async () => {
    const { caseId } = await file();
    const decide = async (version: number) => {
      const commandId = randomUUID();
      const body = { commandId, version, kind: 'no-action', reason: 'opinion-only' };
      expect((await reviewer.post(`/api/cases/${caseId}/decisions`, body)).status).toBe(200);
      return commandId;
    };
    const decisionId = await decide(1);
    const { postId } = await file();
    expect((await read(caseId)).otherSources).toMatchObject([{ postId, inherits: true }]);
    const undo = { commandId: randomUUID(), version: 3, decisionId };
    expect((await reviewer.post(`/api/cases/${caseId}/undo`, undo)).status).toBe(200);
    expect(await read(caseId)).toMatchObject({
      ...{ state: 'reopened', postCount: 2 },
      otherSources: [{ postId, inherits: false }],
    });
    expect(await queued()).toMatchObject([{ id: caseId, postCount: 2 }]);
    await decide(4);
    await file();
    const reopen = { commandId: randomUUID(), version: 6, reason: 'said-again' };
    expect((await reviewer.post(`/api/cases/${caseId}/reopen`, reopen)).status).toBe(200);
    const { otherSources } = await read(caseId);
    expect(otherSources.map(({ inherits }) => inherits)).toEqual([false, false]);
    expect(await queued()).toMatchObject([{ id: caseId, postCount: 3 }]);
  });
});
