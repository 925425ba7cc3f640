import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LexiconRule } from '../pipeline/domain/rule.ts';
import { buildFinding } from '../test/builders/post.ts';
import { buildRule } from '../test/builders/rule.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';

const rule = buildRule();
const contentOf = ({ version: _version, state: _state, ...content }: LexiconRule) => content;
const content = contentOf(rule);

let office: Office;
let analyst: Visitor;
let director: Visitor;

describeSetUps('rules over HTTP', (emptyPlace) => {
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
    analyst = await office.visitAs('analyst');
    director = await office.visitAs('director');
  });
  afterAll(() => office.close());

  test('an analyst drafts, a director brings into force, and everybody sees the state', async () => {
    const draft = await analyst.post('/api/rules', { rule: content, seenVersion: 0 });
    expect(draft.json).toMatchObject({ id: rule.id, state: 'draft', version: 1, running: false });
    const path = `/api/rules/${rule.id}/state`;
    const early = await analyst.post(path, { to: 'live', seenVersion: 1 });
    expect(early.json).toMatchObject({ status: 403, code: 'not-permitted' });
    expect((await analyst.post(path, { to: 'shadow', seenVersion: 1 })).json).toMatchObject({
      state: 'shadow',
    });
    expect((await analyst.post(path, { to: 'live', seenVersion: 2 })).status).toBe(403);
    const stale = await director.post(path, { to: 'live', seenVersion: 1 });
    expect(stale.json).toMatchObject({ status: 409, code: 'conflict' });
    const moved = { to: 'live', seenVersion: 2, reason: 'trial-good' };
    const live = await director.post(path, moved);
    expect(live.json).toMatchObject({ state: 'live', version: 3, running: true, overdue: false });
    const safety = await office.visitAs('safety');
    expect((await safety.get('/api/rules')).json).toEqual({
      items: [{ ...rule, version: 3, state: 'live', running: true, overdue: false }],
      lastChanges: [{ ruleId: rule.id, at: office.clock.now(), byName: expect.stringMatching(/^同事/) }],
    });
    const history = await analyst.get(`/api/rules/${rule.id}/history`);
    expect(history.json).toMatchObject({
      items: [
        { rule: { version: 3, state: 'live' }, by: 'person', reason: 'trial-good' },
        { rule: { version: 2, state: 'shadow' }, reason: null },
        { rule: { version: 1, state: 'draft' }, reason: null },
      ],
      nextStates: [],
      mayEdit: false,
    });
    const forDirector = await director.get(`/api/rules/${rule.id}/history`);
    expect(forDirector.json).toMatchObject({ nextStates: ['shadow', 'retired'], mayEdit: true });
    expect((await analyst.get('/api/rules/nobodys/history')).status).toBe(404);
    // A reason is a code: the audit log takes no text.
    const spoken = await director.post(path, { to: 'shadow', seenVersion: 3, reason: '命中太多' });
    expect(spoken.json).toMatchObject({ status: 400, field: 'reason' });
  });

  test('a rule that the linter refuses names every fault, and nothing is saved', async () => {
    const wrong = { ...content, id: 'fraud.other', expiresOn: '2030-01-01', example: '天气真好' };
    const reply = await analyst.post('/api/rules', { rule: wrong, seenVersion: 0 });
    expect(reply.json).toMatchObject({ status: 400, field: 'fraud.other.expiresOn' });
    expect(reply.text).toContain('fraud.other 的 expiresOn');
    expect(reply.text).toContain('fraud.other 的 example');
    expect((await analyst.get('/api/rules')).text).not.toContain('fraud.other');
    const missing = await analyst.post('/api/rules', {
      rule: { ...wrong, owner: undefined },
      seenVersion: 0,
    });
    expect(missing.json).toMatchObject({ status: 400, field: 'rule.owner' });
  });

  test('a word is tried on the stored posts, with a purpose, and the texts that are shown are logged', async () => {
    await fileCase(office, { kind: 'comment', title: '', text: '来玩网络赌博吧' }, {});
    const asked = { word: '网络赌博', days: 30 };
    expect((await analyst.post('/api/rules/what-if', asked)).json).toMatchObject({
      status: 400,
      field: 'purpose',
    });
    const reply = await analyst.post('/api/rules/what-if', { ...asked, purpose: '起草新规则' });
    expect(reply.json).toMatchObject({
      hits: 1,
      gained: 1,
      changed: null,
      sample: [{ becomes: 'gained', excerpt: '来玩网络赌博吧', postKind: 'comment', accessClass: 'open' }],
    });
    const { items } = await office.stores.reads.list({ cursor: null, limit: 5 });
    expect(items[0]).toMatchObject({ purpose: '起草新规则', caseId: null });
    const both = await analyst.post('/api/rules/what-if', {
      ...asked,
      ruleId: rule.id,
      purpose: '起草新规则',
    });
    expect(both.json).toMatchObject({ status: 400, field: 'rule' });
    const byId = await director.post('/api/rules/what-if', { ruleId: rule.id, purpose: '复核规则' });
    expect(byId.json).toMatchObject({ hits: 1, changed: { posts: 1, of: 1 } });
  });

  test('an analyst tries a rule that is nobody’s yet: what it would move, and nothing is kept', async () => {
    await fileCase(office, { kind: 'comment', title: '', text: '代写论文找我，价格便宜' }, {});
    const draft = { ...content, id: 'fraud.essays', words: ['代写论文'], allow: [], example: '代写论文找我' };
    const asked = { rule: draft, days: 30, purpose: '起草新规则' };
    const reply = await analyst.post('/api/rules/what-if', asked);
    expect(reply.json).toMatchObject({ hits: 1, lost: 0, changed: { posts: 1, of: 1 } });
    const { changed } = reply.json as { changed: { changes: { from: object; to: object }[] } };
    expect(changed.changes[0]?.from).not.toEqual(changed.changes[0]?.to);
    expect((await analyst.get('/api/rules')).text).not.toContain('fraud.essays');
    const leader = await office.visitAs('leader');
    expect((await leader.post('/api/rules/what-if', asked)).status).toBe(403);
    const stored = await analyst.post('/api/rules/what-if', { ruleId: rule.id, purpose: '复核规则' });
    expect(stored.json).toMatchObject({ hits: 1, changed: { of: 1 } });
  });

  test('stats tell hits, decisions and alarms', async () => {
    const reviewer = await office.visitAs('reviewer');
    for (let index = 0; index < 30; index += 1) {
      const findings = [buildFinding({ id: rule.id, version: '3' })];
      const { caseId } = await fileCase(office, { kind: 'comment' }, { findings, queues: ['review'] });
      if (index >= 12) continue;
      const command = { commandId: office.clock.newId(), version: 1, kind: 'no-action' };
      const reason = index < 3 ? 'misjudged' : 'already-handled';
      const decided = await reviewer.post(`/api/cases/${caseId}/decisions`, { ...command, reason });
      expect(decided.status).toBe(200);
    }
    const reply = await analyst.get('/api/rules/stats?days=7');
    expect(reply.json).toMatchObject({
      items: [
        {
          ...{ ruleId: rule.id, state: 'live', version: 3, hits: 30, shadowHits: 0 },
          ...{ decided: 12, against: 3, precision: 0.75 },
          byReason: [
            { reason: 'already-handled', cases: 9 },
            { reason: 'misjudged', cases: 3 },
          ],
          alarm: { kind: 'cap', hits: 30, usual: null },
        },
      ],
    });
    expect((await analyst.get('/api/rules/stats?days=91')).status).toBe(400);
  });
});
