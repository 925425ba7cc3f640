import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Unit } from '../../pipeline/domain/channel.ts';
import { buildFinding } from '../builders/post.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { type Office, officePassword, openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
import type { Visitor } from '../harness/visitor.ts';

/** What must not reach who posts the reply: each stands in one place of the case. */
const canaries = {
  text: '暮云深处的话',
  title: '听澜写的标题',
  note: '值班备注甲乙丙',
  rule: 'rule-canary-41',
};
const reply = '有人愿意听你说。校内心理热线请见学校主页，也可以直接到心理中心。';
/** Words by which a screen would say what it is about. */
const tellingWords = [
  'self-harm',
  '自伤',
  '自杀',
  'lifeSafety',
  'categories',
  'caseId',
  'postId',
  'riskScore',
];

describeSetUps('R9: a help reply lets out where to reply and what, and nothing else', (emptyPlace) => {
  let office: Office;
  let onDuty: Visitor;
  let caseId: string;
  let stock: { id: string; version: number };

  const enter = async (login: string) => {
    const visitor = office.visit();
    const me = await visitor.signIn(login, officePassword);
    return { visitor, id: me.id };
  };
  const ask = async (visitor: Visitor, path: string, body: object) =>
    visitor.post(path, { commandId: randomUUID(), ...body });

  const approveHelp = async () => {
    const writer = await office.visitAs('reviewer');
    const day = office.clock.now().slice(0, 10);
    const body = {
      ...{ kind: 'help', unitId: 'students', title: '求助指引', body: reply },
      ...{ source: { document: '心理中心公告', date: day }, validFrom: day, validUntil: '2027-06-30' },
    };
    const written = await ask(writer, '/api/answers', body);
    const { id } = written.json as { id: string };
    for (const step of ['submit', 'check']) {
      const { revision } = (await writer.get(`/api/answers/${id}`)).json as { revision: number };
      await ask(writer, `/api/answers/${id}/step`, { revision, step });
    }
    const approved = await ask(onDuty, `/api/answers/${id}/ruling`, { revision: 3, ruling: 'approve' });
    expect(approved.json).toMatchObject({ liveVersion: 1 });
    return { id, version: 1 };
  };
  const release = async (collectorId: string, more: object = {}) => {
    const body = {
      ...{ caseVersion: 2, collectorId, stockAnswerId: stock.id, stockAnswerVersion: stock.version },
      replyText: reply,
      ...more,
    };
    return ask(onDuty, `/api/cases/${caseId}/help-replies`, body);
  };

  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
    const units = [{ id: 'students', name: '学工处' }].map((unit) => Unit.parse(unit));
    await office.stores.settings.save('units', units, {
      ...{ expectedVersion: await office.stores.settings.readVersion(), actorId: null },
      ...{ source: 'test', at: office.clock.now(), id: randomUUID() },
    });
    onDuty = await office.visitAs('safety');
    stock = await approveHelp();
    await fileCase(office, {
      kind: 'status',
      channelId: 'weibo',
      externalId: 's1',
      title: '晚安，沧澜',
      url: '',
    });
    const post = {
      ...({ kind: 'comment', channelId: 'weibo', externalId: 'c41', rootId: 's1', parentId: 's1' } as const),
      ...{ title: canaries.title, text: canaries.text, url: 'https://m.weibo.cn/status/s1' },
    };
    const danger = { queues: ['review' as const], lifeSafety: true };
    const finding = buildFinding({ id: canaries.rule, category: 'self-harm', start: 0, end: 4 });
    ({ caseId } = await fileCase(office, post, { ...danger, findings: [finding] }));
    const referrer = await office.visitAs('reviewer');
    const refer = { version: 1, kind: 'refer-safety', reason: 'safety-risk', note: canaries.note };
    expect((await ask(referrer, `/api/cases/${caseId}/decisions`, refer)).status).toBe(200);
  });
  afterAll(() => office.close());

  test('who is named gets the words, the place and the channel', async () => {
    const operator = await enter(await office.hire(['operator'], 'operator-named'));
    const listed = (await onDuty.get('/api/help-collectors')).json as { items: { id: string }[] };
    expect(listed.items.map(({ id }) => id)).toContain(operator.id);
    expect((await release(operator.id)).json).toMatchObject({ state: 'released', edited: false });
    const usesSeen = async (visitor: Visitor) => {
      return ((await visitor.get('/api/answers')).json as { items: { uses: number | null }[] }).items[0]
        ?.uses;
    };
    expect(await usesSeen(await office.visitAs('director'))).toBeNull();
    expect(await usesSeen(onDuty)).toBe(1);

    const { text, json } = await operator.visitor.get('/api/help-replies');
    const { items } = json as { items: { id: string }[] };
    expect(items).toMatchObject([
      {
        replyText: reply,
        locator: { link: 'https://m.weibo.cn/status/s1', article: '晚安，沧澜', commentId: 'c41' },
      },
    ]);
    const keys =
      'channelName expiresAt id locator reason releasedAt releasedByName replyText settledAt state version';
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(keys.split(' '));
    for (const word of [...Object.values(canaries), ...tellingWords, caseId])
      expect(text).not.toContain(word);
    expect((await operator.visitor.get('/api/help-replies/count')).json).toEqual({ waiting: 1 });

    const settle = { version: 1, outcome: 'declined', reason: '评论区已关闭' };
    const path = `/api/help-replies/${items[0]?.id}/settle`;
    const settled = await ask(operator.visitor, path, settle);
    expect(settled.json).toMatchObject({ state: 'declined' });
    for (const word of [...Object.values(canaries), ...tellingWords])
      expect(settled.text).not.toContain(word);
    const seen = (await onDuty.get(`/api/cases/${caseId}/help-replies`)).json;
    expect(seen).toMatchObject({ items: [{ state: 'declined', reason: '评论区已关闭' }] });
  });

  test('the case itself stays shut to them, and another person of the role learns nothing', async () => {
    const named = await enter(await office.hire(['operator', 'reviewer'], 'named-too'));
    const other = await enter(await office.hire(['operator'], 'other-operator'));
    await release(named.id);
    const opened = await named.visitor.get(`/api/cases/${caseId}`);
    expect(opened.json).toMatchObject({ kind: 'referral' });
    for (const path of ['reply', 'answers']) {
      expect((await named.visitor.get(`/api/cases/${caseId}/${path}`)).status).toBe(404);
    }
    expect((await other.visitor.get('/api/help-replies')).json).toEqual({ items: [] });
    expect((await other.visitor.get('/api/help-replies/count')).json).toEqual({ waiting: 0 });
    const [mine] = ((await named.visitor.get('/api/help-replies')).json as { items: { id: string }[] }).items;
    const settle = { version: 1, outcome: 'posted' };
    expect((await ask(other.visitor, `/api/help-replies/${mine?.id}/settle`, settle)).status).toBe(404);
    expect((await named.visitor.get(`/api/cases/${caseId}/help-replies`)).status).toBe(403);
  });

  test('who has left is neither asked to post nor waited for', async () => {
    const leave = async (login: string) => {
      const user = await office.stores.users.findByLogin(login);
      if (user !== null) await office.stores.users.update({ ...user, leavesOn: '2026-11-18' });
      return user?.id ?? '';
    };
    await leave(await office.hire(['safety'], 'was-on-duty'));
    const gone = await leave(await office.hire(['operator'], 'was-operator'));
    expect((await release(gone)).json).toMatchObject({ field: 'collectorId' });
    const stays = await enter(await office.hire(['operator'], 'operator-stays'));
    const released = await release(stays.id, { replyText: `${reply}请放心。` });
    expect(released.json).toMatchObject({ state: 'released', edited: true });
  });

  test('changed words wait for a second person on duty, and nobody is shown them before', async () => {
    const operator = await enter(await office.hire(['operator'], 'operator-waits'));
    const second = await office.visitAs('safety');
    const proposed = await release(operator.id, { replyText: `${reply}我们都在。` });
    const { id } = proposed.json as { id: string };
    expect(proposed.json).toMatchObject({ state: 'proposed', edited: true, byMe: true });
    expect((await operator.visitor.get('/api/help-replies')).json).toEqual({ items: [] });
    const approve = { version: 1, move: 'approve' };
    expect((await ask(onDuty, `/api/help-replies/${id}/move`, approve)).status).toBe(403);
    expect((await ask(second, `/api/help-replies/${id}/move`, approve)).json).toMatchObject({
      state: 'released',
    });
    expect((await operator.visitor.get('/api/help-replies/count')).json).toEqual({ waiting: 1 });
  });

  test('only approved help goes out, and only to who works the accounts', async () => {
    const editor = await enter(await office.hire(['editor'], 'an-editor'));
    expect((await release(editor.id)).json).toMatchObject({ field: 'collectorId' });
    const operator = await enter(await office.hire(['operator'], 'operator-last'));
    const unknown = { stockAnswerVersion: 9 };
    expect((await release(operator.id, unknown)).json).toMatchObject({ field: 'stockAnswerId' });
    expect((await release(operator.id, { caseVersion: 1 })).status).toBe(409);
  });

  test('being shown a reply is in the read log; each step is in the audit log', async () => {
    const { items } = await office.stores.reads.list({ cursor: null, limit: 200 });
    const shown = items.filter(({ purpose }) => purpose === '求助回复发布');
    expect(shown.length).toBeGreaterThan(0);
    expect(new Set(shown.map((read) => read.caseId))).toEqual(new Set([caseId]));
    expect(await office.stores.audit.countUnlinked('audit')).toBeGreaterThan(4);
    expect(office.log()).not.toContain(canaries.text);
  });

  test('a week later it is gone, for both sides', async () => {
    const operator = await enter(await office.hire(['operator'], 'operator-week'));
    await release(operator.id);
    office.clock.advance(7 * 86_400_000 + 1000);
    await office.stores.retention.purgeExpired(office.clock.now(), [], 100);
    await operator.visitor.signIn('operator-week', officePassword);
    expect((await operator.visitor.get('/api/help-replies')).json).toEqual({ items: [] });
    const back = { accessClasses: ['safety'] as const, now: '2000-01-01T00:00:00.000Z' };
    expect(await office.stores.replies.listReleases(caseId, back)).toEqual([]);
  });
});
