import { expect, it } from 'vitest';
import { buildGap, buildWindow } from '../../test/builders/completeness.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openCredentialStore } from '../adapters/sqlite/credential-store.ts';
import { openDatabase } from '../adapters/sqlite/database.ts';
import { openLedgerStore } from '../adapters/sqlite/ledger-store.ts';
import { openSettingsStore } from '../adapters/sqlite/settings-store.ts';
import { Channel } from '../domain/channel.ts';
import { findNewsOfDay, readLedgerNotices } from './tell-notices.ts';

const base = {
  name: '官方微博',
  unit: 'publicity',
  state: 'live',
  kind: 'weibo',
  uid: '1234567',
  door: 'mobile',
};

it('tells of each channel once a day what a person must do, and of its gaps when asked', async () => {
  const db = openDatabase(':memory:');
  const clock = new FakeClock('2026-11-22T04:00:00.000Z');
  const settings = openSettingsStore(db);
  const ledger = openLedgerStore(db);
  const ports = { stores: { ledger, settings, credentials: openCredentialStore(db) }, clock };
  const channels = ['a', 'b'].map((id) => Channel.parse({ ...base, id }));
  const change = { actorId: null, source: 'test', at: clock.now(), id: clock.newId(), expectedVersion: 0 };
  await settings.save('channels', channels, change);
  const times = { channelId: 'b', from: '2026-11-22T01:00:00.000Z', to: '2026-11-22T02:00:00.000Z' };
  await ledger.closeWindow(
    buildWindow({ ...times, state: 'gap', gapId: 'g' }),
    buildGap({ ...times, id: 'g' }),
  );

  const all = await readLedgerNotices(ports, channels);
  expect(all.map(({ channelId, code }) => `${channelId} ${code}`)).toEqual([
    ...['a credential-missing', 'a never-run', 'b credential-missing', 'b never-run', 'b gap-failed'],
  ]);
  const told = new Map<string, string>();
  expect(await findNewsOfDay(ports, told)).toHaveLength(4);
  clock.advance(11 * 3_600_000);
  expect(await findNewsOfDay(ports, told)).toEqual([]);
  clock.advance(2 * 3_600_000);
  expect(await findNewsOfDay(ports, told)).toHaveLength(4);
  db.close();
});
