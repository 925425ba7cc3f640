import type { WechatChannel } from '../domain/channel.ts';
import type { Draft } from '../domain/draft.ts';
import { mayWrite } from '../domain/draft-moves.ts';
import type { DraftMover } from '../domain/draft-steps.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from '../domain/errors.ts';
import { rightsOf } from '../domain/role.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { OutgoingWechatDraft, WechatDrafts } from '../ports/wechat-drafts.ts';

export interface SendPorts {
  stores: Pick<Stores, 'drafts' | 'audit' | 'leases'>;
  blobs: Pick<Ports['blobs'], 'find'>;
  clock: Ports['clock'];
  box: WechatDrafts;
}

/** Uploading all pictures of an article. */
const sendingMs = 5 * 60_000;
/** A page that heard no answer asks again within a day, or never. */
const rememberedMs = 24 * 3_600_000;

async function readSealedContent(draft: Draft, { stores, blobs }: SendPorts): Promise<OutgoingWechatDraft> {
  if (draft.seal === null) throw new Conflict('只有已定稿的稿件可以送到公众号草稿箱。');
  if (draft.recall !== null) throw new Conflict('这篇稿件正在申请撤稿，不能送到公众号草稿箱。');
  const version = await stores.drafts.findVersion(draft.id, draft.seal.version);
  if (version === null) throw new NotFound('没有这个版本。');
  const { title, document, images } = version.content;
  const read = images.map(async ({ hash, name, mime }) => {
    const bytes = await blobs.find('publication', hash);
    if (bytes === null) throw new Conflict(`图片“${name}”不在库里，不能送出。`);
    return { hash, name, mime, bytes };
  });
  return { title, document, images: await Promise.all(read) };
}

/**
 * Puts what was approved into the draft box of one of the draft's own channels. Publishing it is done there, by a person (R12, R22).
 * Who did it, and what became of it there, is in the audit.
 * @throws NotPermitted, Conflict, InvalidInput; what the box throws
 */
export async function sendToWechat(
  { commandId, draft, account }: { commandId: string; draft: Draft; account: WechatChannel },
  mover: DraftMover,
  ports: SendPorts,
): Promise<{ mediaId: string; at: string; notes: string[] }> {
  const { stores, clock, box } = ports;
  const mayManage = rightsOf(mover.appointments, 'draft.manage').permitted;
  if (!mayManage && !mayWrite(draft, mover)) throw new NotPermitted('您不能送出这篇稿件。');
  if (!account.sendsDrafts) throw new NotPermitted('这个公众号没有开通“送草稿箱”，请在渠道设置里开通。');
  if (!draft.channels.includes(account.id))
    throw new InvalidInput('channelId', '这篇稿件没有选这个公众号作为发布渠道。');
  const outgoing = await readSealedContent(draft, ports);
  // Kept where it went well: what is there already is not put there twice.
  const [once, holder] = [`wechat-draft/${draft.id}/${commandId}`, clock.newId()];
  const first = await stores.leases.acquire(once, holder, clock.now(), rememberedMs);
  if (first === null) throw new Conflict('这次已经送出，请到公众号草稿箱查看。');
  const name = `wechat-draft/${draft.id}/${account.id}`;
  const lease = await stores.leases.acquire(name, commandId, clock.now(), sendingMs);
  if (lease === null) {
    await stores.leases.release(first, holder);
    throw new Conflict('这篇稿件正在送往草稿箱，请稍候。');
  }
  let isSent = false;
  try {
    const { mediaId, notes } = await box.add(account, outgoing);
    isSent = true;
    const at = clock.now();
    await stores.audit.append({
      ...{ id: clock.newId(), log: 'audit', at, actorId: mover.id, action: 'draft.sent-to-wechat' },
      subject: draft.id,
      payload: { channelId: account.id, mediaId, version: draft.seal?.version ?? null },
    });
    return { mediaId, at, notes };
  } finally {
    if (!isSent) await stores.leases.release(first, holder);
    await stores.leases.release(lease, commandId);
  }
}
