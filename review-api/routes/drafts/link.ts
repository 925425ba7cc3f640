import { filesOf } from '../../../pipeline/commands/assert-draft-content.ts';
import {
  endDraftLink as end,
  makeDraftLink,
  type OpenedDraftLink,
  openDraftLink as open,
  readLinkedAgain,
} from '../../../pipeline/commands/draft-links.ts';
import { openSteps } from '../../../pipeline/domain/draft-steps.ts';
import { NotFound } from '../../../pipeline/domain/errors.ts';
import { renderDocument } from '../../../pipeline/domain/render-document.ts';
import type { LinkedDraft } from '../../contract/draft-link.ts';
import type { Call, Handler } from '../../http/call.ts';
import { networkOf } from '../../http/network-of.ts';
import { Throttle } from '../../http/throttle.ts';
import { namer } from '../../present/draft.ts';
import { presentFile } from './files.ts';
import { fileAddress } from './pages.ts';
import { moverOf } from './sight.ts';

export const linkDraft: Handler<'linkDraft'> = async (call) => {
  const { token, link } = await makeDraftLink(call.params.id, moverOf(call), call.deps);
  return { id: link.id, token, expiresAt: link.expiresAt };
};

export const endDraftLink: Handler<'endDraftLink'> = async (call) => {
  const { id: draftId, linkId } = call.params;
  await end({ draftId, linkId }, moverOf(call), call.deps);
  return null;
};

/** Far more than an office behind one address opens; far fewer than guessing needs. */
const perAddress = { limit: 60, windowMs: 10 * 60_000, words: '从这里打开链接的次数太多，请稍后再试。' };

async function present(
  { draft, version, link }: OpenedDraftLink,
  call: Pick<Call, 'deps'>,
): Promise<LinkedDraft> {
  const { directory } = call.deps;
  const { unit, channel } = namer(await directory.settings(), call.deps);
  const { content } = version;
  const imageUrl = fileAddress(call, 'draft-links', draft.id);
  return {
    ...{ id: draft.id, number: draft.number, title: content.title, state: draft.state },
    ...{ unit: unit(draft.unitId), channels: content.channels.map(channel), plannedAt: content.plannedAt },
    ...{ contentVersion: version.version, isOlder: version.version !== draft.contentVersion },
    html: renderDocument(content.document, { imageUrl, layout: 'kept' }),
    attachments: content.attachments,
    passes: await Promise.all(
      draft.passes.map(async ({ step, actorId, at, opinion }) => ({
        ...{ step, at, opinion, byName: await directory.colleagueName(actorId) },
      })),
    ),
    openSteps: openSteps(draft),
    expiresAt: link.expiresAt,
  };
}

/** The token is in the body, and so in no log and no address. */
export const openDraftLink: Handler<'openDraftLink'> = async (call) => {
  const { body, address, cookies, deps } = call;
  const throttle = new Throttle({ ...deps, rates: deps.stores.rates }, 'draft-link', perAddress);
  await throttle.charge(networkOf(address));
  const opened = await open({ token: body.token, deviceToken: cookies.slipDevice }, deps);
  await throttle.refund(networkOf(address));
  cookies.setSlipDevice(opened.deviceToken);
  return present(opened, call);
};

/** What the page shows, to the device that opened it. */
export const readLinkedFile: Handler<'readLinkedFile'> = async ({ params, cookies, deps }) => {
  const opened = await readLinkedAgain(params.id, cookies.slipDevice, deps);
  const found = opened.find(({ version }) => filesOf(version.content).includes(params.hash));
  const bytes = found === undefined ? null : await deps.blobs.find('publication', params.hash);
  if (found === undefined || bytes === null) throw new NotFound('没有这个文件。');
  const named = [...found.version.content.attachments, ...found.version.content.images];
  const name = named.find(({ hash }) => hash === params.hash)?.name ?? null;
  return presentFile(params.hash, { bytes, name });
};
