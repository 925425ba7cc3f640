import { openHandover } from '../../../pipeline/commands/open-handover.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import type { Handler } from '../../http/call.ts';
import { presentHandoverDetail } from '../../present/handover.ts';
import { mayDo, moverOf } from './sight.ts';

export const readHandover: Handler<'readHandover'> = async (call) => {
  const { params, rights, deps } = call;
  const { id: actorId, appointments } = moverOf(call);
  const purpose = rights.units === 'all' ? '查看转办单' : '办理转办单';
  const opened = await openHandover(params.id, { actorId, purpose, sight: rights }, deps);
  const mayManage = mayDo(call, 'handover.manage');
  const { queues } = rightsOf(appointments, 'case.read');
  const links = mayManage ? await deps.stores.handovers.listLinks(params.id) : [];
  return presentHandoverDetail(opened, { appointments, mayManage, queues, links }, deps);
};
