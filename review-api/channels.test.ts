import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Channel } from '../pipeline/domain/channel.ts';
import type { CrawlRun, LedgerPage } from '../pipeline/domain/crawl.ts';
import { buildOutcome, buildRun } from '../test/builders/crawl.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CaseDetail } from './contract/case-detail.ts';
import { ChannelList } from './contract/channel.ts';

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
      {
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
      },
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

  test('a changed name is seen with the next request', async () => {
    const { settings } = office.stores;
    const change = { actorId: null, source: 'test', at, id: randomUUID() };
    const expectedVersion = await settings.readVersion();
    await settings.save('channels', [{ ...mainSite, name: '沧澜新闻网' }], { ...change, expectedVersion });
    const { items } = ChannelList.parse((await reviewer.get('/api/channels')).json);
    expect(items[0]?.name).toBe('沧澜新闻网');
  });
});
