import { Channel, Unit } from '../../pipeline/domain/channel.ts';
import { type ChannelWindow, type Gap, windowFrom } from '../../pipeline/domain/completeness.ts';
import type { CrawlRun } from '../../pipeline/domain/crawl.ts';
import { buildRun } from '../builders/crawl.ts';
import type { Office } from '../harness/office.ts';

const hourMs = 3_600_000;
const before = (at: string, hours: number) => new Date(Date.parse(at) - hours * hourMs).toISOString();

const counts = { fetched: 12, parsed: 5, created: 3, failed: 0, refused: 0, objected: 0, runs: 1 };

function buildWindow(channelId: string, at: string, more: Partial<ChannelWindow> = {}): ChannelWindow {
  return {
    ...{ channelId, ...windowFrom(at, 60), state: 'complete', expected: { usual: 3.4, low: 0 } },
    ...{ ...counts, credential: 'ok', outcome: 'complete', gapId: null, closedAt: at, ...more },
  };
}

function buildGap(id: string, window: ChannelWindow, cause: Gap['cause'], reason: string): Gap {
  const { channelId, from, to } = window;
  return {
    ...{ id, channelId, from, to, cause, reason, nextStep: 'operator: log in again' },
    ...{ inReachSince: to, openedAt: to, filledAt: null, filledByRun: null },
  };
}

const channels = [
  Channel.parse({
    ...{
      id: 'main-site',
      kind: 'site',
      name: '学校官网',
      unit: 'press',
      state: 'live',
      reviewFrom: '2026-03-01',
    },
    ...{ startUrls: ['https://www.canglan.example/'], allow: [{ host: 'www.canglan.example' }] },
    filing: { number: '沧ICP备05000018号-1', filedOn: '2025-12-05' },
  }),
  Channel.parse({
    ...{ id: 'weibo', kind: 'weibo', name: '官方微博', unit: 'press', executor: 'network', state: 'live' },
    ...{ uid: '1234567890', door: 'mobile', account: '沧澜师范学院', reviewedOn: '2026-06-30' },
    filing: { number: '沧师宣备2026-003', filedOn: '2026-01-12' },
  }),
  Channel.parse({
    id: 'screens',
    kind: 'manual',
    name: '校园大屏',
    platform: 'led',
    unit: 'press',
    state: 'trial',
  }),
];

/** A site that is read in full, a microblog whose login has run out, and a screen that is only registered. */
export async function fillRegister({ stores, clock }: Pick<Office, 'stores' | 'clock'>): Promise<void> {
  const units = [
    { id: 'press', name: '党委宣传部' },
    { id: 'network', name: '现代教育技术中心' },
  ].map((unit) => Unit.parse(unit));
  const at = clock.now();
  const change = () => ({ actorId: null, source: 'test', at, id: clock.newId() });
  const version = await stores.settings.save('units', units, { ...change(), expectedVersion: 0 });
  await stores.settings.save('channels', channels, { ...change(), expectedVersion: version });
  for (let hours = 13; hours >= 0; hours -= 1) {
    const site = buildWindow(
      'main-site',
      before(at, hours + 1),
      hours % 5 === 2 ? { state: 'quiet', created: 0 } : {},
    );
    await stores.ledger.closeWindow(site, null);
    const isGap = hours < 3;
    const gapId = isGap ? 'gap-login' : null;
    const weibo = buildWindow(
      'weibo',
      before(at, hours + 1),
      isGap ? { state: 'gap', gapId, created: 0 } : {},
    );
    const gap = buildGap('gap-login', weibo, 'credential', 'the platform asks for a login (-100)');
    await stores.ledger.closeWindow(weibo, isGap ? gap : null);
  }
  const run = (channelId: string, more: Partial<CrawlRun>) =>
    stores.ledger.startRun(
      buildRun({ id: `run-${channelId}`, channelId, startedAt: before(at, 1), state: 'finished', ...more }),
    );
  await run('main-site', { outcome: 'complete', fetched: 42, created: 3, credential: 'none-needed' });
  const newestItemAt = before(at, 24 * 20);
  await run('weibo', { outcome: 'credential', credential: 'refused', note: 'login asked for', newestItemAt });
}
