import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { Channel } from '../pipeline/domain/channel.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import {
  approveDraft,
  contentOf,
  createDraft,
  type DraftScene,
  moveAll,
  openDraftScene,
  readDraft,
  saveDraft,
  saveSetting,
} from '../test/harness/draft-scene.ts';
import { FakeWechatDrafts } from '../test/harness/fake-wechat-drafts.ts';
import { openOffice } from '../test/harness/office.ts';
import { readAudit } from '../test/harness/read-audit.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { DraftOptions } from './contract/draft.ts';
import { CheckAnswer, CheckMemoryPage } from './contract/draft-check.ts';
import { ImportedText, WechatBox } from './contract/draft-files.ts';
import { LiveCounts, LiveOfDraft, LivePage, LiveView, SpotCheckAnswer } from './contract/draft-live.ts';
import { DraftCommentList } from './contract/draft-version.ts';

let scene: DraftScene;
const commentsOf = async (visitor: Visitor, id: string) =>
  DraftCommentList.parse((await visitor.get(`/api/drafts/${id}/comments`)).json).items;

describeSetUps('what is said about drafts over HTTP', (emptyPlace) => {
  beforeAll(async () => {
    const office = await openOffice({}, await emptyPlace());
    scene = await openDraftScene(office);
    return () => office.close();
  });

  test('comments stand on words, move with them, are replied to, and are settled by whom they concern', async () => {
    const { writer, staff, head, otherHead } = scene;
    const id = await createDraft(writer, { text: '图书馆延长开馆时间。每天二十二点闭馆。' });
    const start = '图书馆延长开馆时间。'.length;
    const phrase = { start, end: start + 6, text: '每天二十二点' };
    const said = { commandId: randomUUID(), version: 1, phrase, text: '请核对时间。', suggestion: null };
    expect((await staff.post(`/api/drafts/${id}/comments`, said)).status).toBe(204);
    expect((await staff.post(`/api/drafts/${id}/comments`, said)).status).toBe(204);
    expect((await otherHead.post(`/api/drafts/${id}/comments`, said)).status).toBe(404);
    const wrong = { ...said, commandId: randomUUID(), phrase: { ...phrase, text: '每周' } };
    expect((await staff.post(`/api/drafts/${id}/comments`, wrong)).json).toMatchObject({ field: 'phrase' });
    const secret = { ...said, commandId: randomUUID(), text: '见机密★三年 附件' };
    expect((await staff.post(`/api/drafts/${id}/comments`, secret)).json).toMatchObject({ field: 'text' });
    const [comment, ...none] = await commentsOf(writer, id);
    expect(none).toEqual([]);
    expect(comment).toMatchObject({
      phrase,
      isOutdated: false,
      maySettle: true,
      replies: [],
      resolved: null,
    });
    const at = `/api/drafts/${id}/comments/${comment?.id}`;
    await writer.post(`${at}/replies`, { commandId: randomUUID(), text: '已核对。' });
    expect((await head.post(`${at}/resolve`, { commandId: randomUUID() })).status).toBe(403);
    expect((await writer.post(`${at}/resolve`, { commandId: randomUUID() })).status).toBe(204);
    await saveDraft(writer, id, { text: '各位读者：图书馆延长开馆时间。每天二十二点闭馆。', keep: true });
    const [moved] = await commentsOf(head, id);
    expect(moved).toMatchObject({ phrase: { start: start + 5 }, resolved: { by: { id: scene.ids.writer } } });
    expect(moved?.replies.map(({ text }) => text)).toEqual(['已核对。']);
    await saveDraft(writer, id, { text: '各位读者：图书馆延长开馆时间。' });
    expect(await commentsOf(head, id)).toMatchObject([
      { phrase: null, isOutdated: true, words: '每天二十二点' },
    ]);
    expect((await staff.post(`${at}/reopen`, { commandId: randomUUID() })).status).toBe(204);
  });

  test('what a unit says is no mistake is remembered for it, and taken back; what blocks is never silenced', async () => {
    const { writer, colleague, otherHead, leader } = scene;
    const text = '报名时间为2026年11月23日（星期五）。身份证号11010519491231002X。';
    const id = await createDraft(writer, { text });
    const check = async (visitor: Visitor, of = id) =>
      CheckAnswer.parse(
        (await visitor.post(`/api/drafts/${of}/check`, { content: contentOf({ text }) })).json,
      );
    const wrongDay = (await check(writer)).findings.find(({ category }) => category === 'date');
    if (wrongDay === undefined) throw new Error('the weekday is not found');
    const answered = {
      key: wrongDay.key,
      rule: `${wrongDay.stage}.${wrongDay.rule}`,
      text: wrongDay.text,
      reason: '引用原文',
    };
    const say = (more: object) =>
      writer.post(`/api/drafts/${id}/answers`, { commandId: randomUUID(), ...answered, ...more });
    expect((await say({ reason: '  ' })).json).toMatchObject({ status: 400, field: 'reason' });
    expect((await leader.post(`/api/drafts/${id}/answers`, answered)).status).toBe(403);
    expect((await say({ forUnit: true })).status).toBe(204);
    const other = await createDraft(colleague, { text });
    const shown = (await check(colleague, other)).findings.find(({ key }) => key === wrongDay.key);
    expect(shown?.answered).toMatchObject({
      reason: '引用原文',
      forUnit: true,
      by: { id: scene.ids.writer },
    });
    const blocked = (await check(writer)).findings.filter(({ level }) => level === 'block');
    await say({ key: blocked[0]?.key, forUnit: true });
    expect((await check(writer)).findings.filter(({ level }) => level === 'block')).toEqual(blocked);
    const memory = CheckMemoryPage.parse((await colleague.get('/api/check-memory')).json);
    expect(memory.items).toContainEqual(expect.objectContaining({ key: wrongDay.key, reason: '引用原文' }));
    expect(CheckMemoryPage.parse((await otherHead.get('/api/check-memory')).json).items).toEqual([]);
    const ofStudent = await createDraft(scene.student, { text });
    const said = { commandId: randomUUID(), ...answered, forUnit: true };
    expect((await scene.student.post(`/api/drafts/${ofStudent}/answers`, said)).status).toBe(403);
    await writer.post(`/api/drafts/${id}/answers/take-back`, { key: wrongDay.key });
    expect((await check(writer)).findings.find(({ key }) => key === wrongDay.key)?.answered).toBeNull();
  });

  test('an account’s draft box is read by its unit, and takes what was approved, as a draft', async () => {
    const { writer, officer, director, staff, head, office } = scene;
    const wechat = { id: 'wechat', name: '官方公众号', unit: 'library', kind: 'wechat', state: 'live' };
    const account = Channel.parse({ ...wechat, biz: 'MzA3MDAwMDAwMA==', appId: `wx${'0'.repeat(16)}` });
    const { channels } = await office.stores.settings.read();
    await saveSetting(office, 'channels', [...channels, account]);
    const options = DraftOptions.parse((await writer.get('/api/drafts/options')).json);
    expect(options).toMatchObject({ units: [{ id: 'library' }], wechat: [{ id: 'wechat', maySend: false }] });
    const box = WechatBox.parse((await writer.get('/api/wechat-drafts?channelId=wechat')).json);
    expect(box.items.map(({ title }) => title)).toEqual(['校庆预告']);
    expect((await writer.get('/api/wechat-drafts?channelId=main-site')).json).toMatchObject({
      field: 'channelId',
    });
    const id = await createDraft(writer, { channels: ['wechat'] });
    const taken = await writer.post(`/api/drafts/${id}/wechat-import`, {
      ...{ channelId: 'wechat', mediaId: 'm1', index: 0 },
    });
    expect(ImportedText.parse(taken.json)).toMatchObject({ title: '校庆预告' });
    const send = (visitor: Visitor, commandId: string = randomUUID()) =>
      visitor.post(`/api/drafts/${id}/wechat-draft`, { commandId, channelId: 'wechat' });
    const once = randomUUID();
    expect((await send(writer)).status).toBe(403);
    await saveSetting(office, 'channels', [...channels, { ...account, sendsDrafts: true } as Channel]);
    expect((await send(writer)).status).toBe(409);
    await moveAll(id, [
      [writer, 'submit'],
      [staff, 'pass', { errorsFound: 0 }],
      [head, 'pass', { errorsFound: 0 }],
      [director, 'pass', { errorsFound: 0 }],
    ]);
    const sent = await send(officer, once);
    expect(sent.json).toMatchObject({ mediaId: 'sent-1', notes: ['站外链接只留文字'] });
    // Asked again by a page that heard no answer.
    expect((await send(officer, once)).status).toBe(409);
    const kept = office.deps.wechatDrafts;
    if (!(kept instanceof FakeWechatDrafts)) throw new Error('another box');
    expect(kept.sent.map(({ title }) => title)).toEqual(['关于延长开馆时间的通知']);
    expect((await readDraft(writer, id)).state).toBe('approved');
    const told = (await readAudit(office.stores)).filter(({ action }) => action === 'draft.sent-to-wechat');
    expect(told).toHaveLength(1);
    await moveAll(id, [[writer, 'ask-recall', { text: '内容有误。' }]]);
    expect((await send(officer)).status).toBe(409);
    expect(kept.sent).toHaveLength(1);
  });

  test('what is live is listed, answered, and told to the draft’s people', async () => {
    const { writer, officer, leader, office, ids } = scene;
    const id = await approveDraft(scene);
    const url = 'https://www.canglan.example/info/1.htm';
    await moveAll(id, [[writer, 'mark-published', { channelId: 'main-site', url }]]);
    const finding = {
      ...{ channelId: 'main-site', postId: 'main-site:article:1', url, publishedAt: office.clock.now() },
      ...{
        draftId: id,
        sealedVersion: 1,
        result: 'changed' as const,
        notes: [],
        foundBy: 'address' as const,
      },
      ...{
        otherPostId: null,
        similarDraftId: null,
        comparison: null,
        accessClass: 'open' as const,
        textVersion: 1,
      },
    };
    const { live } = office.stores;
    const match = await live.record(finding, null, office.clock.now());
    await live.record(
      { ...finding, postId: 'main-site:article:2', accessClass: 'victim' },
      null,
      office.clock.now(),
    );
    const listed = LivePage.parse((await officer.get('/api/live-results')).json);
    expect(listed.items.map((one) => [one.id, one.isOpen, one.draft?.id])).toEqual([[match.id, true, id]]);
    const counts = LiveCounts.parse((await officer.get('/api/live-results/counts')).json);
    expect(counts.items).toContainEqual({ result: 'changed', count: 1 });
    expect(LiveOfDraft.parse((await writer.get(`/api/drafts/${id}/live`)).json).items).toHaveLength(1);
    expect((await writer.get('/api/live-results')).status).toBe(403);
    const at = `/api/live-results/${encodeURIComponent(match.id)}`;
    const answer = { commandId: randomUUID(), revision: 1, reason: 'put-right', text: '已改回。' };
    expect((await leader.post(`${at}/answers`, answer)).status).toBe(403);
    const explained = LiveView.parse((await officer.post(`${at}/answers`, answer)).json);
    expect(explained).toMatchObject({
      isOpen: false,
      explanation: { reason: 'put-right', text: '已改回。' },
    });
    expect((await officer.post(`${at}/answers`, { ...answer, commandId: randomUUID() })).status).toBe(409);

    const asked = { addresses: [url, 'https://www.canglan.example/none.htm', 'javascript:alert(1)'] };
    const checked = SpotCheckAnswer.parse((await officer.post('/api/spot-checks', asked)).json);
    expect(checked.items.map((one) => [one.answer, one.draft?.id ?? null])).toEqual([
      ['approved', id],
      ['not-read', null],
      ['not-an-address', null],
    ]);
    const forms = await officer.post('/api/spot-checks/forms', { ...asked, as: 'docx' });
    expect([forms.status, forms.text.slice(0, 2)]).toEqual([200, 'PK']);
    const nothing = await officer.post('/api/spot-checks/forms', { addresses: ['https://a.example/'] });
    expect(nothing.json).toMatchObject({ status: 400, field: 'addresses' });
    expect((await writer.post('/api/spot-checks', asked)).status).toBe(403);
    const told = (await readAudit(office.stores)).filter(({ subject }) => subject === 'spot-check');
    expect(told.map(({ actorId }) => actorId)).toEqual(Array(told.length).fill(ids.officer));
    expect(told.length).toBeGreaterThanOrEqual(2);
  });
});
