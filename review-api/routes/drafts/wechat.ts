import { unitsToWriteFor } from '../../../pipeline/commands/create-draft.ts';
import { importText } from '../../../pipeline/commands/import-text.ts';
import { sendToWechat } from '../../../pipeline/commands/send-to-wechat.ts';
import type { WechatChannel } from '../../../pipeline/domain/channel.ts';
import { mayWrite } from '../../../pipeline/domain/draft-moves.ts';
import type { DraftMover } from '../../../pipeline/domain/draft-steps.ts';
import { InvalidInput, NotFound, NotPermitted } from '../../../pipeline/domain/errors.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import type { Settings } from '../../../pipeline/domain/settings.ts';
import type { WechatDrafts } from '../../../pipeline/ports/wechat-drafts.ts';
import type { Call, Handler } from '../../http/call.ts';
import { presentImported } from './files.ts';
import { moverOf, readOwn } from './sight.ts';

/** Accounts with an interface, of the units that a person writes for; the office's people have all. */
export function wechatAccounts({ channels }: Settings, mover: DraftMover): WechatChannel[] {
  const isOffice = rightsOf(mover.appointments, 'draft.manage').permitted;
  const units = unitsToWriteFor(mover);
  return channels.flatMap((channel) => {
    const isAccount = channel.kind === 'wechat' && channel.appId !== undefined;
    return isAccount && (isOffice || units.includes(channel.unit)) ? [channel] : [];
  });
}

async function getAccount(channelId: string, call: Pick<Call, 'signedIn' | 'deps'>): Promise<WechatChannel> {
  const settings = await call.deps.directory.settings();
  const found = wechatAccounts(settings, moverOf(call)).find(({ id }) => id === channelId);
  if (found === undefined) throw new InvalidInput('channelId', '没有这个公众号，或它还没有接入接口。');
  return found;
}

function getBox({ deps }: Pick<Call, 'deps'>): WechatDrafts {
  if (deps.wechatDrafts === undefined) throw new NotFound('这里没有接入公众号草稿箱。');
  return deps.wechatDrafts;
}

export const listWechatDrafts: Handler<'listWechatDrafts'> = async (call) => {
  const account = await getAccount(call.query.channelId, call);
  return getBox(call).list(account, call.query.offset);
};

export const importWechatDraft: Handler<'importWechatDraft'> = async (call) => {
  const { body, deps, signal } = call;
  const draft = await readOwn(call);
  if (!mayWrite(draft, moverOf(call))) throw new NotPermitted('您不能修改这篇稿件。');
  const account = await getAccount(body.channelId, call);
  const article = await getBox(call).find(account, body.mediaId, body.index);
  if (article === null) throw new NotFound('草稿箱里已经没有这篇文章。');
  const bytes = new Uint8Array(Buffer.from(article.html, 'utf8'));
  const imported = await importText({ bytes, as: 'html', title: article.title }, deps, signal);
  return presentImported(draft.id, imported, deps);
};

export const sendDraftToWechat: Handler<'sendDraftToWechat'> = async (call) => {
  const { body, deps } = call;
  const draft = await readOwn(call);
  const mover = moverOf(call);
  const account = await getAccount(body.channelId, call);
  return sendToWechat({ commandId: body.commandId, draft, account }, mover, { ...deps, box: getBox(call) });
};
