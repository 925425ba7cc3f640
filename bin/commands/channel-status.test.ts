import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCredentialStore } from '../../pipeline/adapters/sqlite/credential-store.ts';
import { openDatabase, type SqliteDatabase } from '../../pipeline/adapters/sqlite/database.ts';
import { openLedgerStore } from '../../pipeline/adapters/sqlite/ledger-store.ts';
import { openSettingsStore } from '../../pipeline/adapters/sqlite/settings-store.ts';
import { Channel } from '../../pipeline/domain/channel.ts';
import { buildGap, buildWindow } from '../../test/builders/completeness.ts';
import { buildRun } from '../../test/builders/crawl.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { registerStatus, type StatusContext } from './channel-status.ts';

const base = { name: '官方微博', unit: 'publicity', responsible: '李老师', state: 'live' };
const from = '2026-11-22T01:00:00.000Z';
const to = '2026-11-22T02:00:00.000Z';

let db: SqliteDatabase;
let context: StatusContext;
let lines: string[];
let closed: number;
beforeEach(async () => {
  db = openDatabase(':memory:');
  const clock = new FakeClock('2026-11-22T02:30:00.000Z');
  const stores = {
    ...{ ledger: openLedgerStore(db), settings: openSettingsStore(db), credentials: openCredentialStore(db) },
  };
  lines = [];
  closed = 0;
  context = {
    stores,
    clock,
    close: async () => {
      closed += 1;
    },
  };
  const weibo = Channel.parse({ ...base, id: 'weibo', kind: 'weibo', uid: '1234567', door: 'mobile' });
  const screen = Channel.parse({ ...base, id: 'screen', kind: 'manual', platform: 'LED' });
  const change = { actorId: null, source: 'test', at: clock.now(), id: clock.newId(), expectedVersion: 0 };
  await stores.settings.save('channels', [weibo, screen], change);
  const times = { channelId: 'weibo', from, to };
  const run = buildRun({
    id: 'r',
    channelId: 'weibo',
    state: 'finished',
    outcome: 'credential',
    startedAt: from,
  });
  await stores.ledger.startRun(run);
  const gap = buildGap({ ...times, id: 'weibo@1', cause: 'credential', nextStep: '李老师: log in' });
  const window = buildWindow({ ...times, state: 'gap', gapId: gap.id, expected: { usual: 12, low: 3 } });
  await stores.ledger.closeWindow({ ...window, credential: 'refused', outcome: 'credential' }, gap);
});
afterEach(() => {
  expect(closed).toBeGreaterThan(0);
  db.close();
});

async function ask(...words: string[]) {
  const group = new Command('channel').exitOverride();
  const terminal = {
    readInput: async () => '',
    print: (line: string) => void lines.push(line),
    say: () => {},
  };
  registerStatus(group, async () => context, terminal);
  await group.parseAsync(words, { from: 'user' });
}

describe('guanlan channel status', () => {
  it('shows all channels in a table', async () => {
    await ask('status');
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ['CHANNEL', 'KIND', 'STATE', 'LAST RUN', 'OUTCOME', 'WINDOW', 'GAPS', 'NOTICE'],
      ['weibo', 'weibo', 'live', '2026-11-22 09:00', 'credential', 'gap', '1', 'credential-missing'],
      ['screen', 'manual', 'live', '-', '-', '-', '0', expect.any(String)],
    ]);
  });
  it('shows one with its windows, open gaps and who must do what', async () => {
    await ask('status', 'weibo');
    const text = lines.join('\n');
    expect(text).toMatch(
      /^FROM +STATE +EXPECTED .+\n2026-11-22 09:00 +gap +12 \(>=3\) +1 .+ refused +credential\n/,
    );
    expect(text).toMatch(/\nweibo@1 +credential +2026-11-22 09:00 +2026-11-22 10:00 +李老师: log in\n/);
    expect(text).toContain('gap-credential: may have missed items');
  });
  it('gives the same as JSON', async () => {
    await ask('status', 'weibo', '--json', '--windows', '1');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      ...{ id: 'weibo', state: 'live', windows: [{ from, to, state: 'gap' }], openGaps: [{ id: 'weibo@1' }] },
    });
  });
  it('names the channels that there are', async () => {
    await expect(ask('status', 'nobody')).rejects.toThrow('there is no channel nobody; known: weibo, screen');
  });
});

it('a gap is filled by hand, once', async () => {
  await ask('fill-gap', 'weibo@1');
  expect(lines).toEqual(['weibo@1: filled by hand']);
  expect(await context.stores.ledger.listGaps('weibo', 'filled', 9)).toMatchObject([{ filledByRun: null }]);
  await expect(ask('fill-gap', 'weibo@1')).rejects.toThrow('there is no open gap weibo@1');
});
