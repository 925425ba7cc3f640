import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { WeiboChannel } from '../../pipeline/domain/channel.ts';
import { type Campus, startCampus } from '../campus/campus.ts';
import { type Story, said } from '../campus/content/stories/story.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { type Office, openOffice } from '../harness/office.ts';
import { answered, PlatformScene } from '../harness/platform-scene.ts';
import { openOfficeSafeguards } from '../harness/safeguards.ts';
import type { Visitor } from '../harness/visitor.ts';

const now = '2026-11-22T04:00:00.000Z';
const dayMs = 86_400_000;
const theirs = '我不愿意被采集的一句话';
const contact = '13900009876';

const stories: readonly Story[] = [
  {
    name: 'objection',
    statuses: [
      { key: 'notice', when: 5, text: '关于食堂的通知', remarks: [said(4, theirs), said(2, '食堂的汤咸了')] },
    ],
  },
];
const Comments = z.object({
  data: z.object({ data: z.array(z.object({ text: z.string(), user: z.object({ id: z.number() }) })) }),
});

interface Entry {
  id: string;
  number: string;
  version: number;
  facts: { state: string; postIds: string[]; dueAt: string; leadId: string | null };
}

describeSetUps('R13: the desk for objections and corrections', (emptyPlace) => {
  let campus: Campus;
  let scene: PlatformScene;
  let office: Office;
  let reviewer: Visitor;
  beforeEach(async () => {
    campus = await startCampus({
      ...{ today: new Date(now), stories },
      now: () => new Date(scene?.clock.now() ?? now),
    });
    const place = await emptyPlace();
    scene = await PlatformScene.open(place, now);
    await scene.govern(answered);
    const { ports, clock, objections } = scene;
    const safeguards = openOfficeSafeguards({ ...ports, clock }, objections);
    office = await openOffice({}, place, { clock, ports, safeguards });
    reviewer = await office.visitAs('reviewer');
  });
  afterEach(async () => {
    await office.close();
    await scene.close();
    await campus.close();
  });

  const channel = () =>
    WeiboChannel.parse({
      ...{ kind: 'weibo', id: 'weibo', name: '官方微博', unit: 'publicity', state: 'live', door: 'mobile' },
      ...{ uid: campus.weibo.uid, requestsPerMinute: 6000, callsPerDay: 1000 },
    });
  const crawl = async () => {
    const { cookie } = campus.weibo.credentials();
    await scene.credentials.save('weibo', 'weibo-cookie', { cookie }, { expiresAt: null, actorId: null });
    const run = await scene.crawl(channel(), campus.platforms);
    await scene.judge();
    return run;
  };
  /** As the operator reads it on the platform's public page. */
  const accountOf = async (words: string): Promise<string> => {
    const { cookie } = campus.weibo.credentials();
    const [status] = campus.weibo.expected.statuses;
    const url = `${campus.weibo.url}/api/comments/show?id=${status?.id}&page=1`;
    const { data } = Comments.parse(await (await fetch(url, { headers: { cookie } })).json());
    return String(data.data.find(({ text }) => text.includes(words))?.user.id);
  };
  const postForm = (path: string, fields: Record<string, string>) =>
    fetch(new URL(`/public/${path}`, office.url), { method: 'POST', body: new URLSearchParams(fields) });
  const form = (more: Record<string, string> = {}) => ({
    ...{ formId: randomUUID(), wish: 'object', platform: 'weibo', link: '', contact },
    ...{ quote: theirs, statement: '请不要再采集我的评论，以前的也请删除。', website: '' },
    ...more,
  });
  const newest = async () =>
    ((await reviewer.get('/api/public-requests')).json as { items: Entry[] }).items[0] as Entry;
  const step = async (verb: string, more: object = {}) => {
    const { id, version } = await newest();
    return reviewer.post(`/api/public-requests/${id}/${verb}`, { commandId: randomUUID(), version, ...more });
  };

  it('leads from the form over the desk to the list, and what they write is dropped at the next crawl', async () => {
    await crawl();
    expect(await scene.findAnywhere([theirs])).toHaveLength(1);
    const page = await fetch(new URL('/public/request', office.url));
    expect(page.headers.get('set-cookie')).toBeNull();
    expect(await page.text()).not.toContain('<script');
    const sent = await postForm('request', form());
    const received = await sent.text();
    expect(sent.status, received).toBe(200);
    expect(sent.headers.get('set-cookie')).toBeNull();
    const [, number = ''] = /class="code">(异议〔2026〕1号)</.exec(received) ?? [];
    const [, code = ''] = /class="code">([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})</.exec(received) ?? [];

    const entry = await newest();
    expect(entry).toMatchObject({ number, facts: { state: 'received', hasContact: true } });
    // Fifteen working days from Sunday, 22 November.
    expect(entry.facts.dueAt.slice(0, 10)).toBe('2026-12-11');
    const found = await scene.ports.stores.posts.search({
      ...{ words: ['采集'], accessClasses: ['open'], now: scene.clock.now(), cursor: null, limit: 10 },
    });
    const postIds = found.items.map(({ id }) => id);
    expect(postIds).toHaveLength(1);
    expect((await step('match', { postIds })).status).toBe(200);
    const early = await step('answer', { outcome: 'granted', answer: '已经按您的要求全部办理完毕。' });
    expect(early.json).toMatchObject({ status: 400, field: 'outcome' });
    expect((await step('leave-out', { account: '不是编号' })).json).toMatchObject({ field: 'account' });
    const account = await accountOf(theirs);
    expect((await step('leave-out', { account })).status).toBe(200);
    expect((await step('erase')).status).toBe(200);
    // Gone from database, index and blobs, the desk's own quotation with it; and the account was kept nowhere.
    expect(await scene.findAnywhere([theirs, account, contact])).toEqual([]);
    expect((await scene.ports.stores.posts.findPost(postIds[0] ?? ''))?.marks).toContain('text-erased');
    const answer = '您的评论已从本系统删除，您今后发布的内容不再采集。';
    expect((await step('answer', { outcome: 'granted', answer })).status).toBe(200);

    scene.clock.advance(2 * dayMs);
    expect((await crawl()).objected).toBeGreaterThanOrEqual(1);
    expect(await scene.findAnywhere([theirs, account])).toEqual([]);

    expect((await postForm('state', { number, code: 'AAAA-BBBB-CCCC' })).status).toBe(404);
    const state = await (await postForm('state', { number, code: code.toLowerCase() })).text();
    expect(state).toContain('同意并已办理');
    expect(state).toContain(answer);
    expect(office.log()).not.toContain(account);
  });

  it('refuses only with reasons, and the contact is opened for the answer and erased thirty days after closing', async () => {
    await postForm('request', form({ wish: 'wrong-reading', link: 'https://m.weibo.cn/status/N1' }));
    expect((await step('answer', { outcome: 'refused' })).json).toMatchObject({ field: 'answer' });
    expect((await step('answer', { outcome: 'refused', answer: '不行' })).json).toMatchObject({
      field: 'answer',
    });
    expect((await step('close')).status).toBe(409);
    const reasons = '经核对，我们的答复与事实相符，理由已在原评论下说明。';
    expect((await step('answer', { outcome: 'refused', answer: reasons })).status).toBe(200);
    const { id } = await newest();
    expect((await reviewer.post(`/api/public-requests/${id}/contact`)).json).toEqual({ contact });
    const logged = await scene.ports.stores.oversight.findLastFact('public-request.contact-read');
    expect(logged?.payload).toMatchObject({ number: '异议〔2026〕1号' });
    expect((await step('close')).status).toBe(200);
    const texts = async (days: number) => {
      scene.clock.advance(days * dayMs);
      const sight = { accessClasses: ['open'] as const, now: scene.clock.now() };
      return (await scene.ports.stores.docket.readTexts(id, sight)).map(({ name }) => name);
    };
    expect(await texts(29)).toContain('contact');
    expect(await texts(1)).not.toContain('contact');
  });

  it('puts right what we published: a lead for the office, and a correction that everybody sees', async () => {
    const link = 'https://www.canglan.example/info/1031/8.htm';
    await postForm('request', form({ wish: 'correct-ours', link, quote: '' }));
    const early = await step('answer', { outcome: 'granted', answer: '我们已经更正了这处错误。' });
    expect(early.json).toMatchObject({ field: 'outcome' });
    const text = '原文“共120人”有误，应为“共112人”，现予更正。';
    const corrected = await step('correct', { leadId: randomUUID(), text, link });
    expect(corrected.status, corrected.text).toBe(200);
    const { leadId } = (await newest()).facts;
    expect((await scene.ports.stores.posts.findPost(leadId ?? ''))?.lead?.documentNumber).toBe(
      '异议〔2026〕1号',
    );
    const page = await (await fetch(new URL('/public/corrections', office.url))).text();
    expect(page).toContain('共112人');
    expect(page).not.toContain('以前的也请删除');
  });

  it('names what is wrong with a form and keeps what was typed; a trap, a flood and a person’s page are turned away', async () => {
    const wrong: [Record<string, string>, string][] = [
      [{ statement: '删' }, '说明'],
      [{ quote: '', link: '' }, '原话'],
      [{ link: 'https://weibo.com/u/1234567890' }, '网址'],
      [{ wish: 'find-out-who' }, '您的要求'],
      [{ website: 'x' }, '请勿填写'],
    ];
    for (const [more, name] of wrong) {
      const reply = await postForm('request', form({ ...more, contact: '"><b>甲' }));
      expect(reply.status).toBe(400);
      const html = await reply.text();
      expect(html).toMatch(new RegExp(`role="alert"[^>]*>(?:(?!<form)[\\s\\S])*${name}`));
      expect(html).toContain('&quot;&gt;&lt;b&gt;甲');
    }
    const same = form();
    const first = await (await postForm('request', same)).text();
    expect(await (await postForm('request', same)).text()).toBe(first);
    let last = 200;
    for (let i = 0; i < 6; i += 1) last = (await postForm('request', form())).status;
    expect(last).toBe(429);
    expect(office.log()).not.toContain(theirs);
  });

  it('is entered by hand as well, with a code to be read out', async () => {
    const entered = await reviewer.post('/api/public-requests', {
      ...{ commandId: randomUUID(), door: 'phone', wish: 'erase', platform: 'weibo' },
      ...{ statement: '来电要求删除一条评论', quote: '那条评论的原话' },
    });
    expect(entered.json).toMatchObject({ code: expect.stringMatching(/^[A-Z2-9-]{14}$/) });
    expect(entered.text).not.toContain('codeDigest');
    expect((await step('match', { postIds: ['weibo:comment:none'] })).json).toMatchObject({
      field: 'postIds',
    });
    expect((await step('erase')).status).toBe(409);
  });
});
