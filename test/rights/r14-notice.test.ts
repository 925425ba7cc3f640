import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildNoticeCommand } from '../../bin/commands/notice.ts';
import { Channel, Governance } from '../../pipeline/domain/channel.ts';
import { GatheredPost } from '../../pipeline/domain/post.ts';
import { buildNotice } from '../../pipeline/domain/public-notice.ts';
import { RetentionClass } from '../../pipeline/domain/retention-class.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import { buildRule } from '../builders/rule.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { type Office, openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';

const governance = Governance.parse({
  ...{ school: '沧澜师范学院', controller: '沧澜师范学院', independentReviewer: '纪检监察室' },
  noticeUrl: 'https://www.canglan.example/notice.htm',
  impactAssessment: { signedOn: '2026-01-10', expiresOn: '2026-12-31' },
  contact: { phone: '0317-0000000', email: 'yijian@canglan.example' },
});
const weibo = Channel.parse({
  ...{ kind: 'weibo', id: 'weibo', name: '官方微博', unit: 'publicity', state: 'live' },
  ...{ uid: '1234567890', door: 'mobile' },
});
const settings = (more: Partial<Settings> = {}): Settings =>
  ({ version: 7, channels: [weibo], units: [], governance, rules: [], ...more }) as Settings;
const models = { version: 'm1', heads: ['service'] };
const today = '2026-11-20';
const notice = (more: Partial<Settings> = {}, day = today) =>
  JSON.stringify(buildNotice({ settings: settings(more), models, today: day }));

describe('R14: the notice says what runs', () => {
  const plain = notice();

  it.each<[string, string, Partial<Settings>]>([
    ['the controller', '别的单位', { governance: { ...governance, controller: '别的单位' } }],
    ['the independent reviewer', '法务办', { governance: { ...governance, independentReviewer: '法务办' } }],
    [
      'the contact',
      '0317-1111111',
      { governance: { ...governance, contact: { phone: '0317-1111111', email: null, post: null } } },
    ],
    [
      'the assessment',
      '2027-06-30',
      {
        governance: { ...governance, impactAssessment: { signedOn: '2026-07-01', expiresOn: '2027-06-30' } },
      },
    ],
    ['a channel’s door', '微博开放平台接口', { channels: [{ ...weibo, door: 'open-platform' } as Channel] }],
    ['a channel’s name', '第二微博', { channels: [{ ...weibo, name: '第二微博' }] }],
    ['a channel at rest', '目前没有读取任何渠道', { channels: [{ ...weibo, state: 'paused' }] }],
    ['the rules', '启用规则 1 条', { rules: [buildRule({ state: 'live' })] }],
  ])('%s changes it', (_what, words, change) => {
    expect(plain).not.toContain(words);
    expect(notice(change)).toContain(words);
  });

  it('comments are said to be read only while they may be, and where they are', () => {
    expect(plain).toContain('含评论');
    expect(notice({ channels: [{ ...weibo, comments: false } as Channel] })).not.toContain('含评论');
    const late = notice({}, '2027-01-01');
    expect(late).toContain('目前不采集任何评论');
    expect(late).not.toContain('含评论');
    expect(notice({ governance: null })).toContain('目前不采集任何评论');
  });

  it('every field that is kept and every term is told; without models it says so', () => {
    const fields = /每条内容只保存：([^。]+)。/.exec(plain)?.[1] ?? '';
    expect(fields.split('、').length).toBeGreaterThanOrEqual(Object.keys(GatheredPost.shape).length);
    const kept = buildNotice({ settings: settings(), models, today }).sections.find(
      ({ title }) => title === '保存多久',
    );
    expect(kept?.rows).toHaveLength(RetentionClass.options.length);
    expect(kept?.rows).toContainEqual(['评论、线索摘要和引用它们的文字', '90 天']);
    expect(JSON.stringify(buildNotice({ settings: settings(), models: null, today }))).toContain(
      '没有使用统计模型',
    );
  });
});

describeSetUps('R14: notice and yearly counts for everybody', (emptyPlace) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
  });
  afterAll(() => office.close());
  const get = async (path: string) => {
    const response = await fetch(new URL(`/public/${path}`, office.url));
    expect(response.status).toBe(200);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    return response.text();
  };
  const govern = async (body: Governance) => {
    const { settings: store } = office.stores;
    await store.save('governance', body, {
      ...{ expectedVersion: await store.readVersion(), actorId: null, source: 'test' },
      ...{ at: office.clock.now(), id: office.clock.newId() },
    });
  };

  it('is served without a login, and follows the running configuration at once', async () => {
    await govern(governance);
    expect(await get('notice')).toContain('纪检监察室');
    await govern({ ...governance, independentReviewer: '法务办<script>' });
    const html = await get('notice');
    expect(html).toContain('法务办&lt;script&gt;');
    expect(html).not.toMatch(/<script|纪检监察室/);
  });

  it('counts a year from what is stored, and tells no breakdown under ten', async () => {
    const { caseId } = await fileCase(office, { kind: 'comment', text: '宿舍没有热水' });
    const reviewer = await office.visitAs('reviewer');
    office.clock.advance(5 * 60_000);
    const decision = { commandId: office.clock.newId(), version: 1, kind: 'answer', reason: 'service-need' };
    expect((await reviewer.post(`/api/cases/${caseId}/decisions`, decision)).status).toBe(200);
    await reviewer.post('/api/public-requests', {
      ...{ commandId: office.clock.newId(), door: 'visit', wish: 'erase', platform: 'weibo' },
      ...{ statement: '请删除我的评论', quote: '那条评论的原话' },
    });
    const rows = Object.fromEntries(
      [...(await get('figures?year=2026')).matchAll(/<th scope="row">([^<]+)<\/th><td>([^<]+)<\/td>/g)].map(
        ([, name = '', value = '']) => [name.trim(), value],
      ),
    );
    expect(rows).toMatchObject({
      ...{
        评论: '1',
        需要人处理的事项: '1',
        '其中已答复、转办或更正': '1',
        '作出处理的时间（中位数）': '0.1 小时',
      },
      ...{ 异议与更正申请: '1', 请从本系统删除我的评论: '少于 10', 今后不要再处理我的内容: '0' },
      ...{ '依法处置（由人在平台上完成）': '0', 机关依法调取的书面要求: '0' },
    });
    expect(await get('figures?year=nonsense')).toContain('2026 年度数据');
  });

  it('is written as files that stand by themselves, with other ways to object than a form', async () => {
    const out = mkdtempSync(join(tmpdir(), 'guanlan-notice-'));
    const written: string[] = [];
    const said: string[] = [];
    const { stores, clock } = office;
    const command = buildNoticeCommand(async () => ({ stores, clock, close: async () => {} }), {
      ...{ print: (line) => void written.push(line), say: (line) => void said.push(line) },
    });
    await command.parseAsync(['node', 'notice', '--out', out]);
    expect(written.map((path) => path.slice(out.length + 1))).toEqual([
      ...['notice.html', 'request.html', 'corrections.html', 'figures.html'],
    ]);
    const files = written.map((path) => readFileSync(path, 'utf8'));
    for (const html of files) {
      expect(html).toContain('<style>');
      expect(html).not.toMatch(/<script|<link|<img|src=|<form/);
      for (const [, href = ''] of html.matchAll(/href="([^"]+)"/g)) expect(href).toMatch(/^\w+\.html$/);
    }
    expect(files[1]).toContain('yijian@canglan.example');
    expect(said).toEqual([]);
    rmSync(out, { recursive: true });
  });
});
