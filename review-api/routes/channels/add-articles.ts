import { InvalidInput, NotFound, Permanent } from '../../../pipeline/domain/errors.ts';
import { getReader, type Handler } from '../../http/call.ts';

/** What 群发 sent out is listed by no interface: a person pastes its address. Nothing is asked of the platform here. */
export const addArticles: Handler<'addArticles'> = async (call) => {
  const { deps } = call;
  const { actor } = getReader(call);
  const { id } = call.params;
  const channel = (await deps.directory.settings()).channels.find((one) => one.id === id);
  if (channel === undefined) throw new NotFound('没有这个渠道。');
  if (channel.kind !== 'wechat') {
    throw new InvalidInput('id', '只有微信公众号渠道可以粘贴文章地址。');
  }
  if (deps.addArticles === undefined) throw new Permanent('this process cannot add articles');
  const items = await deps.addArticles(channel, call.body.addresses);
  const added = items.filter(({ outcome }) => outcome !== 'refused').length;
  await deps.stores.audit.append({
    ...{ id: deps.clock.newId(), log: 'audit', at: deps.clock.now(), actorId: actor.id },
    ...{ action: 'channel.articles-added', subject: id, payload: { added } },
  });
  return { items };
};
