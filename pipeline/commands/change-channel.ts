import { createHash } from 'node:crypto';
import type { Actor } from '../domain/case.ts';
import { Channel } from '../domain/channel.ts';
import { Conflict, InvalidInput, NotFound } from '../domain/errors.ts';
import { isSharedPlace } from '../domain/own-places.ts';
import { type ChannelMove, moveChannel as move } from '../domain/register.ts';
import type { Settings } from '../domain/settings.ts';
import { bucketHour } from '../domain/time.ts';
import type { Ports, Stores } from '../ports/index.ts';

export interface ChannelPorts {
  stores: Pick<Stores, 'settings'>;
  clock: Ports['clock'];
}

/** What the register says of a channel and a person may write; null takes a fact away. */
export interface RegisterEntry {
  name: string;
  unit: string;
  executor: string | null;
  responsible: string | null;
  account: string | null;
  filing: { number: string; filedOn: string } | null;
  reviewedOn: string | null;
  reviewFrom: string | null;
}

export interface NewManualChannel extends RegisterEntry {
  id: string;
  platform: string;
}

/** Tells whether somebody else was at the channel since it was read; other channels and rules may change meanwhile. */
export function channelRevision(channel: Channel): string {
  return createHash('sha256').update(JSON.stringify(channel)).digest('hex').slice(0, 16);
}

/** Others may save rules or other channels at the same time. */
const triesAtMost = 5;

/**
 * Saves what `change` makes of the channels as they stand. The change is in the list of settings changes, the audit log included.
 * @throws Conflict, and what `change` throws; then nothing was written
 */
async function changeChannels(
  { stores, clock }: ChannelPorts,
  actor: Actor,
  change: (settings: Settings) => { channel: Channel; source: string },
): Promise<Channel> {
  for (let tries = 1; ; tries += 1) {
    const settings = await stores.settings.read();
    const { channel, source } = change(settings);
    const others = settings.channels.filter(({ id }) => id !== channel.id);
    const place = settings.channels.findIndex(({ id }) => id === channel.id);
    const channels = others.toSpliced(place < 0 ? others.length : place, 0, channel);
    const by = { actorId: actor.id, source, at: clock.now(), id: clock.newId() };
    try {
      await stores.settings.save('channels', channels, { ...by, expectedVersion: settings.version });
      return channel;
    } catch (error) {
      if (!(error instanceof Conflict) || tries === triesAtMost) throw error;
    }
  }
}

/** @throws NotFound; Conflict when it is not what the person saw */
function getSeen({ channels }: Settings, id: string, revision: string): Channel {
  const channel = channels.find((one) => one.id === id);
  if (channel === undefined) throw new NotFound('没有这个渠道。');
  if (channelRevision(channel) !== revision) throw new Conflict('渠道登记已有更新，请重新打开后再修改。');
  return channel;
}

function assertUnits({ units }: Settings, entry: Pick<RegisterEntry, 'unit' | 'executor'>): void {
  for (const field of ['unit', 'executor'] as const) {
    const id = entry[field];
    if (id !== null && !units.some((unit) => unit.id === id)) {
      throw new InvalidInput(field, '没有这个单位。', '请从单位列表里选。');
    }
  }
}

/** @throws InvalidInput that names the field */
function parseChannel(body: unknown): Channel {
  const parsed = Channel.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new InvalidInput(issue?.path.join('.') ?? 'channel', '填写有误，请核对格式和长度。');
}

/** What is null is left out: the register knows nothing of it. */
function written<T extends object>(facts: T): Partial<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)) as Partial<T>;
}

/**
 * Writes the register's facts of a channel. What is closed can still be put right, and stays closed.
 * @throws NotFound, Conflict, InvalidInput
 */
export async function saveRegister(
  request: { channelId: string; revision: string; entry: RegisterEntry },
  actor: Actor,
  ports: ChannelPorts,
): Promise<Channel> {
  const { channelId, revision, entry } = request;
  return changeChannels(ports, actor, (settings) => {
    const before = getSeen(settings, channelId, revision);
    assertUnits(settings, entry);
    const { executor, responsible, account, filing, reviewedOn, reviewFrom, ...rest } = before;
    const channel = parseChannel({ ...rest, ...written(entry) });
    return { channel, source: `command: register ${channelId}` };
  });
}

/** @throws NotFound, Conflict, NotPermitted, InvalidInput (`reason`, `on`) */
export async function changeChannelState(
  request: { channelId: string; revision: string; move: ChannelMove },
  actor: Actor,
  ports: ChannelPorts,
): Promise<Channel> {
  const { channelId, revision } = request;
  const today = bucketHour(ports.clock.now()).slice(0, 10);
  return changeChannels(ports, actor, (settings) => {
    const before = getSeen(settings, channelId, revision);
    const channel = parseChannel(move(before, request.move, { roles: actor.roles, today }));
    return { channel, source: `command: ${channelId} ${before.state} -> ${channel.state}` };
  });
}

/**
 * Registers a channel that is not crawled. Crawled ones say in configuration what may be read of them (R1).
 * @throws Conflict when the id is taken; InvalidInput
 */
export async function addManualChannel(
  { id, platform, ...entry }: NewManualChannel,
  actor: Actor,
  ports: ChannelPorts,
): Promise<Channel> {
  return changeChannels(ports, actor, (settings) => {
    if (settings.channels.some((one) => one.id === id)) throw new Conflict('这个编号已经用过，请换一个。');
    assertUnits(settings, entry);
    const channel = parseChannel({ id, kind: 'manual', platform, ...written(entry) });
    return { channel, source: `command: register ${id}` };
  });
}

export interface NewSite {
  /** Of the home page. */
  address: string;
  name: string;
  /** Addresses of lists on the same host; read in every run beside the home page. */
  columns: readonly string[];
  privateAddress: boolean;
}

/** A host that no school has: what the seed file puts in the place of its own site. */
const isPlaceholder = (channel: Channel) =>
  channel.kind === 'site' &&
  channel.state === 'not-connected' &&
  channel.allow.every(({ host }) => /(?:^|\.)example\.(?:edu\.cn|com)$/.test(host));

/**
 * Registers the school's own site for trial: its host is read and no other (R1).
 * @throws Conflict when the host is registered already; InvalidInput (`address`, `columns`)
 */
export async function addSite(
  { address, name, columns, privateAddress }: NewSite,
  actor: Actor,
  ports: ChannelPorts,
): Promise<Channel> {
  const { host } = new URL(address);
  if (isSharedPlace(host)) {
    const hint = '微博、公众号等平台账号请按各自的渠道类型登记。';
    throw new InvalidInput('address', '这是公共平台的网址，不是学校自己的网站。', hint);
  }
  const elsewhere = columns.find((url) => new URL(url).host !== host);
  if (elsewhere !== undefined) throw new InvalidInput('columns', '栏目必须在同一个网站上。');
  return changeChannels(ports, actor, ({ channels, units }) => {
    const others = channels.filter((one) => !isPlaceholder(one));
    if (others.some((one) => one.kind === 'site' && one.allow.some((place) => place.host === host))) {
      throw new Conflict('这个网站已经登记，请在“渠道”里查看。');
    }
    const taken = new Set(others.map(({ id }) => id));
    const ids = ['main-site', ...channels.map((_, index) => `site-${index + 2}`)];
    const id = ids.find((one) => !taken.has(one)) ?? `site-${channels.length + 2}`;
    const unit = units.find((one) => one.id === 'publicity') ?? units[0];
    if (unit === undefined) throw new InvalidInput('unit', '还没有单位。', '请先在“设置”里导入单位。');
    const channel = parseChannel({
      ...{ id, kind: 'site', name, unit: unit.id, state: 'trial', privateAddress },
      startUrls: [...new Set([address, ...columns])],
      allow: [{ host, paths: ['/'] }],
    });
    return { channel, source: `command: register ${id}` };
  });
}
