import { unitsToWriteFor } from '../../../pipeline/commands/create-draft.ts';
import { channelKindName, channelStateNames } from '../../../pipeline/domain/channel-names.ts';
import { draftFilters } from '../../../pipeline/domain/draft-filter.ts';
import type { Handler } from '../../http/call.ts';
import { presentDraft } from '../../present/draft.ts';
import { lookFor, moverOf } from './sight.ts';
import { wechatAccounts } from './wechat.ts';

export const listDrafts: Handler<'listDrafts'> = async (call) => {
  const { filter, words = null, cursor = null, limit } = call.query;
  const asked = lookFor(call);
  const page = await call.deps.stores.drafts.list({
    ...{ ...asked, filter, cursor, limit },
    words: words === null || words.trim() === '' ? null : words.trim(),
  });
  return {
    ...page,
    items: await Promise.all(page.items.map((draft) => presentDraft(draft, asked.mover, call.deps))),
  };
};

export const countDrafts: Handler<'countDrafts'> = async (call) => {
  const counts = await call.deps.stores.drafts.count(lookFor(call));
  return { items: draftFilters.map((filter) => ({ filter, count: counts[filter] })) };
};

export const readDraftOptions: Handler<'readDraftOptions'> = async (call) => {
  const { directory } = call.deps;
  const settings = await directory.settings();
  const channels = settings.channels.filter(({ state }) => state !== 'deregistered');
  return {
    units: unitsToWriteFor(moverOf(call)).map((id) => directory.unit(settings, id)),
    channels: channels.map((channel) => ({
      ...{ id: channel.id, name: channel.name, kind: channelKindName(channel.kind) },
      state: channelStateNames[channel.state],
    })),
    wechat: (call.deps.wechatDrafts === undefined ? [] : wechatAccounts(settings, moverOf(call))).map(
      ({ id, name, sendsDrafts }) => ({ id, name, maySend: sendsDrafts }),
    ),
  };
};
