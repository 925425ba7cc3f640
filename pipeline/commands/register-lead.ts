import type { Actor } from '../domain/case.ts';
import {
  type ChangeLead,
  documentKeyOf,
  parseLeadContent,
  type RegisterLead,
  type WithdrawLead,
} from '../domain/lead.ts';
import type { Rights } from '../domain/role.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { LeadQuery, ListedLead, RecordedLead } from '../ports/lead-store.ts';
import type { Page } from '../ports/page.ts';
import { wakeJudge } from './wake-judge.ts';

export interface LeadPorts {
  stores: Pick<Stores, 'leads'>;
  clock: Ports['clock'];
  /** Wakes the judge; without it the sweeper does. */
  queue?: Pick<Ports['queue'], 'enqueue'> | undefined;
}

const mostOfOneNumber = 10;

/**
 * One lead, typed by a person: nothing about who said it, nothing fetched, one at a time (R1). It is judged and queued as what is
 * gathered, and waits for a person in any case.
 * @returns with earlier leads of the same number: perhaps it was registered already
 * @throws InvalidInput that names the field; Conflict for other content under the same command id
 */
export async function registerLead(
  typed: RegisterLead,
  { actor, rights }: { actor: Actor; rights: Rights },
  ports: LeadPorts,
): Promise<RecordedLead & { sameNumber: ListedLead[] }> {
  const at = ports.clock.now();
  const recorded = await ports.stores.leads.register(parseLeadContent(typed, at), actor, at);
  if (ports.queue !== undefined) await wakeJudge(ports.queue, [recorded.post.id]);
  const { id, lead } = recorded.post;
  const known = await listSameNumber(lead.documentNumber, rights, ports);
  return { ...recorded, sameNumber: known.filter(({ post }) => post.id !== id) };
}

/** Leads that have this number, however it is written; none for none. */
export async function listSameNumber(
  documentNumber: string | null,
  { accessClasses }: Rights,
  { stores }: LeadPorts,
): Promise<ListedLead[]> {
  const documentKey = documentKeyOf(documentNumber);
  if (documentKey === null) return [];
  const query = { documentKey, accessClasses, cursor: null, limit: mostOfOneNumber };
  return (await stores.leads.list(query)).items;
}

export function listLeads(
  query: Pick<LeadQuery, 'cursor' | 'limit'>,
  { accessClasses }: Rights,
  { stores }: LeadPorts,
): Promise<Page<ListedLead>> {
  return stores.leads.list({ ...query, accessClasses });
}

/**
 * Puts right what was registered wrongly, with a reason; what stood before stays in the history.
 * @throws InvalidInput, NotFound, Conflict
 */
export async function changeLead(
  typed: ChangeLead,
  { actor, rights }: { actor: Actor; rights: Rights },
  ports: LeadPorts,
): Promise<RecordedLead> {
  const at = ports.clock.now();
  const { accessClasses } = rights;
  const recorded = await ports.stores.leads.change(parseLeadContent(typed, at), actor, { accessClasses, at });
  if (recorded.post.state === 'pending' && ports.queue !== undefined) {
    await wakeJudge(ports.queue, [recorded.post.id]);
  }
  return recorded;
}

/** @throws NotFound, Conflict */
export async function withdrawLead(
  command: WithdrawLead,
  { actor, rights }: { actor: Actor; rights: Rights },
  { stores, clock }: LeadPorts,
): Promise<RecordedLead> {
  const { accessClasses } = rights;
  return stores.leads.withdraw(command, actor, { accessClasses, at: clock.now() });
}
