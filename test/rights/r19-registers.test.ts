import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
import type { Visitor } from '../harness/visitor.ts';

/** What the registers say of a post is as strict as the post is now; and what was done once is not undone by sending it twice. */
describe('R19: the registers of R10 and R13', () => {
  const quoted = '寒烟翠的原话';
  let office: Office;
  let people: Record<'reviewer' | 'director', Visitor>;
  beforeAll(async () => {
    office = await openOffice();
    people = { reviewer: await office.visitAs('reviewer'), director: await office.visitAs('director') };
  });
  afterAll(() => office.close());

  const ask = (path: string, body: object) =>
    people.reviewer.post(path, { commandId: randomUUID(), ...body });
  const fileOne = async () => {
    const one = await fileCase(office, { kind: 'comment', title: '', text: `${quoted}，请尽快联系。` });
    const found = await office.stores.cases.findCase(one.caseId, { accessClasses: ['open'] });
    return { caseId: one.caseId, postId: found?.postIds[0] ?? '' };
  };
  const refer = async (caseId: string) => {
    const decision = { version: 1, kind: 'refer-safety', reason: 'safety-risk', note: null };
    expect((await ask(`/api/cases/${caseId}/decisions`, decision)).status).toBe(200);
  };
  const matched = async (postId: string, wish: string) => {
    const request = { door: 'phone', wish, platform: 'weibo', statement: '来电要求删除一条评论' };
    const opened = await ask('/api/public-requests', { ...request, quote: quoted });
    const { id } = (opened.json as { entry: { id: string } }).entry;
    const reply = await ask(`/api/public-requests/${id}/match`, { version: 1, postIds: [postId] });
    expect(reply.status, reply.text).toBe(200);
    return id;
  };

  it('show no words about a post any more once it is for those on duty alone', async () => {
    const { caseId, postId } = await fileOne();
    const removal = await ask('/api/removals', {
      ...{ platform: 'weibo', postId, ground: 'personal-data', screenshotSha256: 'c'.repeat(64) },
      ...{ basis: { law: 'personal-information', article: 10 }, explanation: `${quoted}里写有他人的住址` },
    });
    expect(removal.status, removal.text).toBe(200);
    const paths = [
      `/api/removals/${(removal.json as { entry: { id: string } }).entry.id}`,
      `/api/public-requests/${await matched(postId, 'erase')}`,
    ];
    for (const path of paths) expect((await people.director.get(path)).text).toContain(quoted);
    await refer(caseId);
    for (const path of paths) {
      for (const reader of Object.values(people)) {
        const reply = await reader.get(path);
        expect(reply.status).toBe(200);
        expect(reply.text).not.toContain(quoted);
      }
    }
  });

  it('publish no words of somebody else as a correction', async () => {
    const long = '食堂三楼的窗口昨天中午又把汤洒了一地没有人来收拾';
    const one = await fileCase(office, { kind: 'comment', title: '', text: long });
    const id = await matched(one.postId, 'correct-ours');
    const correct = { version: 2, leadId: randomUUID(), text: `有人反映：${long}，现已整改。`, link: null };
    const refused = await ask(`/api/public-requests/${id}/correct`, correct);
    expect(refused.json).toMatchObject({ status: 400, field: 'text' });
    const own = { ...correct, text: '三楼窗口的情况已经整改，特此更正。' };
    expect((await ask(`/api/public-requests/${id}/correct`, own)).status).toBe(200);
  });

  it('give the same answer to an erasure that is sent twice, also after the request was answered', async () => {
    const { postId } = await fileOne();
    const id = await matched(postId, 'erase');
    const erase = { commandId: randomUUID(), version: 2 };
    expect((await ask(`/api/public-requests/${id}/erase`, erase)).json).toMatchObject({ repeated: false });
    const answer = { version: 3, outcome: 'granted', answer: '您的评论已从本系统删除。' };
    expect((await ask(`/api/public-requests/${id}/answer`, answer)).status).toBe(200);
    const again = await ask(`/api/public-requests/${id}/erase`, erase);
    expect(again.json).toMatchObject({ repeated: true });
  });
});
