import { assertTypedText } from '../../../pipeline/commands/assert-typed-text.ts';
import { AccessClass } from '../../../pipeline/domain/access-class.ts';
import { NotFound } from '../../../pipeline/domain/errors.ts';
import { isOpen, type LiveMatch, LiveResult } from '../../../pipeline/domain/live-match.ts';
import type { Rights } from '../../../pipeline/domain/role.ts';
import { type Call, getSignedIn, type Handler } from '../../http/call.ts';
import { presentLive } from '../../present/live.ts';
import { readOwn } from '../drafts/sight.ts';

/** A result quotes the page: it is for whoever may see that text in full. */
function fullClasses({ view }: Rights): AccessClass[] {
  return AccessClass.options.filter((access) => view[access] === 'full');
}

export const listLiveResults: Handler<'listLiveResults'> = async ({ query, rights, deps }) => {
  const { result, state, channelId, cursor = null, limit } = query;
  const page = await deps.stores.live.list({
    channelIds: channelId === undefined ? 'all' : [channelId],
    accessClasses: fullClasses(rights),
    results: result === undefined ? null : [result],
    openOnly: state === 'open',
    ...{ cursor, limit },
  });
  return { ...page, items: await Promise.all(page.items.map((match) => presentLive(match, deps))) };
};

export const countLiveResults: Handler<'countLiveResults'> = async ({ rights, deps }) => {
  const counts = await deps.stores.live.countOpen({
    channelIds: 'all',
    accessClasses: fullClasses(rights),
  });
  return { items: LiveResult.options.map((result) => ({ result, count: counts[result] })) };
};

async function getMatch({ rights, deps }: Pick<Call, 'rights' | 'deps'>, id: string): Promise<LiveMatch> {
  const match = await deps.stores.live.find(id);
  if (match === null || !fullClasses(rights).includes(match.accessClass))
    throw new NotFound('没有这条核查结果。');
  return match;
}

export const readLiveResult: Handler<'readLiveResult'> = async (call) =>
  presentLive(await getMatch(call, call.params.id), call.deps);

export const explainLiveResult: Handler<'explainLiveResult'> = async (call) => {
  const { body, params, deps } = call;
  const { id } = await getMatch(call, params.id);
  await assertTypedText([{ field: 'text', called: '说明', text: body.text }], deps.stores);
  const explained = await deps.stores.live.explain(
    { ...body, id },
    getSignedIn(call).user.id,
    deps.clock.now(),
  );
  return presentLive(explained, deps);
};

/** Of the draft's own pages, what is open to everybody. */
export const listLiveOfDraft: Handler<'listLiveOfDraft'> = async (call) => {
  const { id } = await readOwn(call);
  const matches = await call.deps.stores.live.listOfDraft(id);
  const own = matches.filter(({ accessClass }) => accessClass === 'open');
  const sorted = own.toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)));
  return { items: await Promise.all(sorted.map((match) => presentLive(match, call.deps))) };
};
