import { InvalidInput, NotFound, Permanent } from '../../../pipeline/domain/errors.ts';
import { getReader, type Handler } from '../../http/call.ts';

/** That somebody had a page fetched is in the audit log; the address is not, for it may be anything. */
export const testPage: Handler<'testPage'> = async (call) => {
  const { deps, signal } = call;
  const { actor } = getReader(call);
  const { id } = call.params;
  const channel = (await deps.directory.settings()).channels.find((one) => one.id === id);
  if (channel === undefined) throw new NotFound('没有这个渠道。');
  if (channel.kind === 'manual') throw new InvalidInput('id', '这个渠道只登记、不采集，没有可以试读的页面。');
  if (channel.state === 'deregistered') throw new InvalidInput('id', '已注销的渠道不再读取。');
  if (deps.testPage === undefined) throw new Permanent('this process cannot fetch pages');
  const found = await deps.testPage(channel, { url: call.body.url, signal });
  await deps.stores.audit.append({
    ...{ id: deps.clock.newId(), log: 'audit', at: deps.clock.now(), actorId: actor.id },
    ...{ action: 'channel.page-tested', subject: id, payload: { status: found.status } },
  });
  return found;
};
