import type { Handler } from '../../http/call.ts';

export const countQueues: Handler<'countQueues'> = async ({ rights, deps }) => {
  const counts = await deps.stores.cases.countQueues(rights);
  return { items: rights.queues.map((queue) => ({ queue, undecided: counts[queue] })) };
};
