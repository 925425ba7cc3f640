import { listLeads as list, listSameNumber } from '../../../pipeline/commands/register-lead.ts';
import type { Handler } from '../../http/call.ts';
import { presentLead } from '../../present/lead.ts';

export const listLeads: Handler<'listLeads'> = async ({ query, rights, deps }) => {
  const { documentNumber, cursor = null, limit } = query;
  const page =
    documentNumber === undefined
      ? await list({ cursor, limit }, rights, deps)
      : { items: await listSameNumber(documentNumber, rights, deps), nextCursor: null };
  return { ...page, items: await Promise.all(page.items.map((one) => presentLead(one, deps))) };
};
