import type { Handler } from '../../http/call.ts';

export const countLeads: Handler<'countLeads'> = async ({ query: { year }, rights, deps }) => ({
  year,
  items: await deps.stores.leads.countYear(year, rights.accessClasses),
});
