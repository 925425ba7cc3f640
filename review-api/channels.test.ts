import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Channel } from '../pipeline/domain/channel.ts';
import { closeWindow, windowFrom } from '../pipeline/domain/completeness.ts';
import type { CrawlRun, LedgerPage } from '../pipeline/domain/crawl.ts';
import { buildOutcome, buildRun } from '../test/builders/crawl.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CaseDetail } from './contract/case-detail.ts';
import { AssetRegister, ChannelDetail, ChannelList } from './contract/channel.ts';

const mainSite: Channel = {
  id: 'main-site',
  kind: 'site',
  name: '学校主页',
  unit: 'press',
  state: 'live',
  startUrls: ['https://www.canglan.example/'],
  allow: [{ host: 'www.canglan.example', paths: ['/'] }],
  privateAddress: false,
  maxListPages: 50,
  everyMinutes: 60,
  requestsPerMinute: 60,
  selectors: {},
  fetchedBy: 'http',
  attachments: true,
};
const counts = {
  fetched: 9,
  unchanged: 3,
  parsed: 5,
  created: 4,
  edited: 1,
  failed: 1,
  refused: 0,
  unknown: 1,
};

let office: Office;
let reviewer: Visitor;
const { at, finishedAt } = { at: '2026-11-20T00:00:00.000Z', finishedAt: '2026-11-20T00:05:00.000Z' };

describeSetUps('channels over HTTP', (emptyPlace) => {
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
    reviewer = await office.visitAs('reviewer');
    const { settings } = office.stores;
    const units = [{ id: 'press', name: '宣传部', aliases: [], topics: [], places: [] }];
    const change = { actorId: null, source: 'test', at };
    const version = await settings.save('units', units, { ...change, expectedVersion: 0, id: randomUUID() });
    await settings.save('channels', [mainSite], { ...change, expectedVersion: version, id: randomUUID() });
  });
  afterAll(() => office.close());

  test('shows each channel with its last run and the pages that need a look, without the rest', async () => {
    const { ledger } = office.stores;
    const run = (id: string, startedAt: string): CrawlRun => {
      return buildRun({ id, state: 'finished', startedAt, endedAt: finishedAt, ...counts });
    };
    await ledger.startRun(run('run-1', at));
    await ledger.startRun(run('run-2', finishedAt));
    const settle = async (url: string, state: LedgerPage['state'], error: string | null) => {
      await ledger.discover('main-site', [{ url, role: 'article', pageNumber: 0 }], at);
      const outcome = buildOutcome({ state, dueAt: at, attempts: 1, fetchedAt: at, error });
      await ledger.settle('main-site', url, outcome);
    };
    await settle('https://www.canglan.example/a.htm', 'unknown-page', '找不到正文');
    await settle('https://www.canglan.example/b.htm', 'done', null);
    const reply = await reviewer.get('/api/channels');
    const { items } = ChannelList.parse(reply.json);
    expect(items).toEqual([
      expect.objectContaining({
        ...{
          id: 'main-site',
          name: '学校主页',
          kind: 'site',
          state: 'live',
          unit: { id: 'press', name: '宣传部' },
        },
        lastRun: expect.objectContaining({ id: 'run-2', created: 4, state: 'finished' }),
        pagesToLookAt: [
          expect.objectContaining({ url: 'https://www.canglan.example/a.htm', error: '找不到正文' }),
        ],
      }),
    ]);
  });

  test('a case names its channel, offers the units and goes to one of them', async () => {
    const { caseId } = await fileCase(office, {}, { queues: ['service'] });
    const opened = CaseDetail.parse((await reviewer.post(`/api/cases/${caseId}/open`)).json);
    expect(opened.channel).toEqual({ id: 'main-site', name: '学校主页' });
    expect(opened.units).toEqual([{ id: 'press', name: '宣传部' }]);
    const command = { commandId: randomUUID(), version: 1, kind: 'hand-over', reason: 'service-need' };
    const path = `/api/cases/${caseId}/decisions`;
    const unknown = await reviewer.post(path, { ...command, unitId: 'nobody' });
    expect(unknown.json).toMatchObject({ status: 400, field: 'unitId' });
    const decided = await reviewer.post(path, { ...command, unitId: 'press' });
    expect(decided.json).toMatchObject({ state: 'handed-over', version: 2 });
    const after = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
    expect(after).toMatchObject({ state: 'handed-over', unitId: 'press' });
  });

  test('shows what the register says and lacks, what is missing in the ledger, and how credentials stand', async () => {
    const { ledger } = office.stores;
    const run = buildRun({ id: 'run-3', channelId: 'main-site', startedAt: at, newestItemAt: null });
    const window = closeWindow({
      ...{ channelId: 'main-site', everyMinutes: 60, pagesBack: true, window: windowFrom(at, 60) },
      ...{ now: '2026-11-20T03:00:00.000Z', runs: [], expected: null, dayBefore: null, commentsOff: null },
    });
    if (window?.gap == null) throw new Error('the window is no gap');
    const gap = {
      ...{ id: 'gap-1', channelId: 'main-site', from: window.window.from, to: window.window.to },
      ...{
        cause: window.gap.cause,
        reason: window.gap.reason,
        nextStep: 'operator: look',
        inReachSince: null,
      },
      ...{ openedAt: at, filledAt: null, filledByRun: null },
    };
    await ledger.startRun(run);
    await ledger.closeWindow({ ...window.window, gapId: 'gap-1' }, gap);
    const detail = ChannelDetail.parse((await reviewer.get('/api/channels/main-site')).json);
    expect(detail).toMatchObject({
      ...{ nextStates: [], account: null, filing: null, reviewDueOn: null, credentials: [] },
      windows: [{ state: 'gap', gapId: 'gap-1' }],
      openGaps: [{ id: 'gap-1', cause: 'no-run' }],
      notices: [{ code: 'gap-no-run' }, { code: 'filing-missing' }, { code: 'review-unknown' }],
    });
    expect((await reviewer.get('/api/channels/none')).status).toBe(404);
  });

  test('the operator writes the register, moves a channel and hands out the whole of it', async () => {
    const operator = await office.visitAs('operator');
    const entry = { name: '学校视频号', unit: 'press', account: '沧澜师范学院' };
    const added = await operator.post('/api/channels', { id: 'video', platform: 'wechat-video', ...entry });
    const { revision, nextStates } = ChannelDetail.parse(added.json);
    expect(nextStates).toEqual(['trial', 'live', 'deregistered']);
    const filing = { number: '沧备2026-018', filedOn: '2026-03-01' };
    const saved = await operator.post('/api/channels/video/register', { revision, ...entry, filing });
    expect(saved.json).toMatchObject({ filing, reviewDueOn: '2027-03-01', account: '沧澜师范学院' });
    const stale = await operator.post('/api/channels/video/register', { revision, ...entry });
    expect(stale.status).toBe(409);
    const { revision: seen } = ChannelDetail.parse(saved.json);
    const end = { revision: seen, to: 'deregistered' };
    expect((await operator.post('/api/channels/video/state', end)).json).toMatchObject({
      status: 400,
      field: 'reason',
    });
    const ended = await operator.post('/api/channels/video/state', { ...end, reason: '并入官方账号' });
    expect(ended.json).toMatchObject({ state: 'deregistered', nextStates: [], notices: [] });
    expect((await reviewer.post('/api/channels/video/state', end)).status).toBe(403);
    const { csv } = AssetRegister.parse((await reviewer.get('/api/channel-assets')).json);
    expect(csv).toContain('video,学校视频号,人工登记,微信视频号,沧澜师范学院,');
    expect(csv).toContain('并入官方账号');
  });

  test('an address that a person pasted is in the ledger, of the channel’s own account only', async () => {
    const { settings, ledger } = office.stores;
    const biz = 'MzA3NDUxOTk2Nw==';
    const wechat = Channel.parse({ id: 'wechat', kind: 'wechat', name: '公众号', unit: 'press', biz });
    const change = { actorId: null, source: 'test', at, id: randomUUID() };
    const { channels, version } = await settings.read();
    await settings.save('channels', [...channels, wechat], { ...change, expectedVersion: version });
    const other = 'https://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk5OQ==&mid=1&idx=1&sn=abc';
    const addresses = ['https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOp', other];
    const reply = await reviewer.post('/api/channels/wechat/articles', { addresses });
    expect(reply.json).toMatchObject({
      items: [{ outcome: 'added', is: 'article' }, { outcome: 'refused' }],
    });
    expect(await ledger.listDue('wechat', office.clock.now(), 10)).toHaveLength(1);
    const wrong = await reviewer.post('/api/channels/main-site/articles', { addresses });
    expect(wrong.json).toMatchObject({ status: 400, field: 'id' });
  });

  test('a changed name is seen with the next request', async () => {
    const { settings } = office.stores;
    const change = { actorId: null, source: 'test', at, id: randomUUID() };
    const expectedVersion = await settings.readVersion();
    await settings.save('channels', [{ ...mainSite, name: '沧澜新闻网' }], { ...change, expectedVersion });
    const { items } = ChannelList.parse((await reviewer.get('/api/channels')).json);
    expect(items[0]?.name).toBe('沧澜新闻网');
  });
});
