import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openDatabase } from '../adapters/sqlite/database.ts';
import { openSettingsStore } from '../adapters/sqlite/settings-store.ts';
import type { Actor } from '../domain/case.ts';
import { Channel, Unit } from '../domain/channel.ts';
import { Conflict, InvalidInput, NotFound } from '../domain/errors.ts';
import {
  addManualChannel,
  addSite,
  type ChannelPorts,
  changeChannelState,
  channelRevision,
  type RegisterEntry,
  saveRegister,
} from './change-channel.ts';
import { buildAssetRegister } from './export-register.ts';

const operator: Actor = { id: 'user-operator', roles: ['operator'] };
const clock = new FakeClock('2026-11-23T01:00:00.000Z');
let ports: ChannelPorts;
const entry = (more: Partial<RegisterEntry> = {}): RegisterEntry => ({
  ...{ name: '视频号', unit: 'press', executor: null, responsible: null, account: '沧澜师范学院' },
  ...{ filing: null, reviewedOn: null, reviewFrom: null, ...more },
});
const add = (more: Partial<RegisterEntry> = {}) =>
  addManualChannel({ id: 'video', platform: 'wechat-video', ...entry(more) }, operator, ports);
const read = async () => (await ports.stores.settings.read()).channels;

beforeEach(async () => {
  ports = { stores: { settings: openSettingsStore(openDatabase(':memory:')) }, clock };
  const units = ['press', 'library'].map((id) =>
    Unit.parse({ id, name: id === 'press' ? '宣传部' : '图书馆' }),
  );
  const change = { expectedVersion: 0, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
  await ports.stores.settings.save('units', units, change);
});

describe('the register', () => {
  it('takes a channel that is not crawled, and says who wrote it', async () => {
    await add();
    expect(await read()).toMatchObject([{ id: 'video', kind: 'manual', state: 'not-connected' }]);
    const [change] = await ports.stores.settings.listChanges();
    expect(change).toMatchObject({
      kind: 'channels',
      actorId: operator.id,
      source: 'command: register video',
    });
    await expect(add()).rejects.toThrow(Conflict);
  });

  it('is written by who saw the channel as it stands; others and rules may change meanwhile', async () => {
    const before = await add();
    const request = { channelId: 'video', revision: channelRevision(before) };
    const filing = { number: '沧备2026-018', filedOn: '2026-03-01' };
    const after = await saveRegister(
      { ...request, entry: entry({ executor: 'library', filing }) },
      operator,
      ports,
    );
    expect(after).toMatchObject({ executor: 'library', filing, state: 'not-connected' });
    await expect(saveRegister({ ...request, entry: entry() }, operator, ports)).rejects.toThrow(Conflict);
    const seen = { channelId: 'video', revision: channelRevision(after) };
    expect(await saveRegister({ ...seen, entry: entry() }, operator, ports)).not.toHaveProperty('filing');
  });

  it.each([
    ['unit', { unit: 'nobody' }],
    ['executor', { executor: 'nobody' }],
    ['filing.filedOn', { filing: { number: '1', filedOn: '2026-02-30' } }],
    ['reviewedOn', { reviewedOn: '明年' }],
  ])('names %s where it is wrong', async (field, more) => {
    const failure = await add(more).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidInput);
    expect(failure).toMatchObject({ field });
    expect(await read()).toEqual([]);
  });

  it('moves a channel through its states, to the end and not back', async () => {
    let channel = await add();
    const moveTo = async (to: Channel['state'], reason: string | null = null) => {
      const request = {
        channelId: 'video',
        revision: channelRevision(channel),
        move: { to, on: null, reason },
      };
      channel = await changeChannelState(request, operator, ports);
    };
    await moveTo('trial');
    await moveTo('live');
    expect(channel.reviewFrom).toBe('2026-11-23');
    await moveTo('deregistered', '并入官方账号');
    await expect(moveTo('live')).rejects.toThrow(Conflict);
    const missing = {
      channelId: 'none',
      revision: 'x',
      move: { to: 'live' as const, on: null, reason: null },
    };
    await expect(changeChannelState(missing, operator, ports)).rejects.toThrow(NotFound);
  });

  it('is exported whole, in a form that spreadsheets read and do not work out', async () => {
    await add({ name: '=1+1', responsible: '陈,“主任”', account: '沧"澜' });
    const csv = buildAssetRegister(await ports.stores.settings.read());
    expect(csv.startsWith('\ufeff编号,名称,类型,平台,账号,')).toBe(true);
    const [, line = ''] = csv.split('\r\n');
    expect(line.startsWith(`video,'=1+1,人工登记,微信视频号,"沧""澜",,宣传部,,"陈,“主任”",未接入`)).toBe(
      true,
    );
  });
});

describe('the school’s own site', () => {
  const address = 'https://www.canglan.edu.cn/';
  const site = (more: object = {}) =>
    addSite(
      { address, name: '沧澜师范学院官网', columns: [`${address}xwzx.htm`], privateAddress: false, ...more },
      operator,
      ports,
    );

  it('is registered for trial, and nothing but its host is read; what the seeds put in its place goes', async () => {
    const seeded = Channel.parse({
      ...{ id: 'main-site', kind: 'site', name: '学校官网', unit: 'press' },
      ...{ startUrls: ['https://www.example.edu.cn/'], allow: [{ host: 'www.example.edu.cn' }] },
    });
    const { version } = await ports.stores.settings.read();
    const by = { actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
    await ports.stores.settings.save('channels', [seeded], { ...by, expectedVersion: version });
    await site();
    expect(await read()).toMatchObject([
      {
        ...{ id: 'main-site', kind: 'site', state: 'trial', unit: 'press', name: '沧澜师范学院官网' },
        startUrls: [address, `${address}xwzx.htm`],
        allow: [{ host: 'www.canglan.edu.cn', paths: ['/'] }],
        privateAddress: false,
      },
    ]);
  });

  it('is registered once, and a second one beside it', async () => {
    await site();
    await expect(site()).rejects.toThrow(Conflict);
    await site({ address: 'https://jwc.canglan.edu.cn/', columns: [] });
    expect((await read()).map(({ id }) => id)).toEqual(['main-site', 'site-2']);
  });

  it.each([
    ['a platform where everybody writes', { address: 'https://weibo.com/u/1', columns: [] }, 'address'],
    ['a column on another host', { columns: ['https://www.other.edu.cn/list.htm'] }, 'columns'],
  ])('is not %s', async (_, more, field) => {
    await expect(site(more)).rejects.toMatchObject({ field });
    expect(await read()).toEqual([]);
  });
});
