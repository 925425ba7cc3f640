import type { Actor } from '../domain/case.ts';
import type { WechatChannel } from '../domain/channel.ts';
import type { Draft } from '../domain/draft.ts';
import {
  Conflict,
  CredentialExpired,
  InvalidInput,
  NotFound,
  PageChanged,
  Permanent,
} from '../domain/errors.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { WechatDrafts } from '../ports/wechat-drafts.ts';
import { type ImportedDraft, type ImportPorts, keepImported } from './import-text.ts';
import { withLease } from './with-lease.ts';

export interface WechatBoxPorts {
  stores: Pick<Stores, 'settings'>;
  wechatDrafts: WechatDrafts;
}

/** @throws NotFound for what is no official account, InvalidInput where its interface is not set up */
async function getAccount(id: string, { stores }: Pick<WechatBoxPorts, 'stores'>): Promise<WechatChannel> {
  const { channels } = await stores.settings.read();
  const channel = channels.find((one) => one.id === id);
  if (channel?.kind !== 'wechat') throw new NotFound('没有这个公众号渠道。');
  if (channel.appId === undefined)
    throw new InvalidInput(
      'channelId',
      '这个公众号没有接入官方接口，不能读取草稿箱。',
      '请联系系统管理员填写 AppID。',
    );
  return channel;
}

/** What the platform says is for whoever keeps the account; a writer is told whom to ask. */
async function asked<T>(channel: WechatChannel, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CredentialExpired)
      throw new InvalidInput(
        'channelId',
        `公众号“${channel.name}”的接口凭证不能用，或没有这项权限，请联系 ${error.who}${error.platformCode === null ? '' : `（${error.platformCode}）`}。`,
      );
    if (error instanceof Permanent || error instanceof PageChanged) {
      const code = /\((-?\d{1,6})\)/.exec(error.message)?.[1];
      throw new InvalidInput(
        'channelId',
        `公众平台没有接受${code === undefined ? '' : `（错误码 ${code}）`}，什么也没有放入。`,
      );
    }
    throw error;
  }
}

/** The draft box of an official account, 20 messages a page. @throws NotFound, InvalidInput, RetryLater */
export async function listWechatBox(channelId: string, offset: number, ports: WechatBoxPorts) {
  const channel = await getAccount(channelId, ports);
  return asked(channel, () => ports.wechatDrafts.list(channel, offset));
}

/** One article of the draft box as a draft's text, its pictures kept. @throws NotFound, InvalidInput, RetryLater */
export async function importWechatDraft(
  { channelId, mediaId, index }: { channelId: string; mediaId: string; index: number },
  ports: WechatBoxPorts & ImportPorts,
  signal?: AbortSignal,
): Promise<ImportedDraft> {
  const channel = await getAccount(channelId, ports);
  const found = await asked(channel, () => ports.wechatDrafts.find(channel, mediaId, index));
  if (found === null) throw new NotFound('草稿箱里已没有这篇草稿。');
  const { imported } = await ports.files.readDocument(Buffer.from(found.html, 'utf8'), 'html', signal);
  if (imported === null) throw new InvalidInput('mediaId', '这篇草稿没有读成，请在公众平台复制后粘贴。');
  return keepImported({ ...imported, title: found.title === '' ? null : found.title.slice(0, 200) }, ports);
}

export interface SendPorts extends Omit<WechatBoxPorts, 'stores'> {
  stores: Pick<Stores, 'settings' | 'drafts' | 'leases' | 'audit'>;
  blobs: Pick<Ports['blobs'], 'find'>;
  clock: Ports['clock'];
}

const leaseMs = 10 * 60_000;

/**
 * Puts exactly what was approved into the draft box of an account that it was approved for. It is published there, by a person, or
 * not at all (R12, R22).
 * @throws NotFound, Conflict, InvalidInput, RetryLater
 */
export async function sendToWechat(
  draft: Draft,
  { channelId, actor }: { channelId: string; actor: Actor },
  ports: SendPorts,
): Promise<{ mediaId: string; at: string; notes: string[] }> {
  const { stores, clock } = ports;
  if (draft.seal === null || (draft.state !== 'approved' && draft.state !== 'published'))
    throw new Conflict('稿件还没有定稿，不能放入公众号草稿箱。');
  if (!draft.channels.includes(channelId))
    throw new InvalidInput('channelId', '这篇稿件不是送审给这个公众号的。');
  const channel = await getAccount(channelId, ports);
  const version = await stores.drafts.findVersion(draft.id, draft.seal.version);
  if (version === null) throw new NotFound('没有这个版本。');
  const { title, document, images } = version.content;
  const pictures = await Promise.all(
    images.map(async ({ hash, name, mime }) => {
      const bytes = await ports.blobs.find('publication', hash);
      return bytes === null ? [] : [{ hash, name, mime, bytes }];
    }),
  );
  // Two clicks are one draft.
  const lease = { name: `wechat-draft:${draft.id}:${channelId}`, owner: clock.newId(), ttlMs: leaseMs };
  const added = await withLease({ leases: stores.leases, clock }, lease, () =>
    asked(channel, () => ports.wechatDrafts.add(channel, { title, document, images: pictures.flat() })),
  );
  if (added === null) throw new Conflict('正在放入草稿箱，请稍候。');
  const at = clock.now();
  await stores.audit.append({
    ...{ id: clock.newId(), log: 'audit', at, actorId: actor.id, action: 'draft.put-into-wechat-box' },
    subject: draft.id,
    payload: { channelId, mediaId: added.mediaId, version: draft.seal.version },
  });
  return { ...added, at };
}
