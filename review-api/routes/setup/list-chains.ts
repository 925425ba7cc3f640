import type { Handler } from '../../http/call.ts';
import { presentChain } from '../../present/roster.ts';

export const listChains: Handler<'listChains'> = async ({ deps }) => {
  const settings = await deps.directory.settings();
  const colleagues = { settings, at: deps.clock.now(), users: await deps.stores.users.list() };
  return { items: settings.chains.map((chain) => presentChain(chain, colleagues)) };
};
