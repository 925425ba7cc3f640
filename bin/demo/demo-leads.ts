import { registerLead } from '../../pipeline/commands/register-lead.ts';
import type { Context } from '../../pipeline/context.ts';
import type { LeadSource } from '../../pipeline/domain/lead.ts';
import { rightsFor } from '../../pipeline/domain/role.ts';
import { voices } from '../../test/campus/content/voices.ts';

const hourMs = 3_600_000;

/** Where a lead is said to come from, and what it bears. */
const facts: Record<
  string,
  { source: LeadSource; documentNumber: string | null; deadlineHours: number | null }
> = {
  'mayor-hotline-lead': {
    source: 'hotline-12345',
    documentNumber: '沧热转〔2026〕1187号',
    deadlineHours: 42,
  },
  'ceiling-rumour': { source: 'forwarded-link', documentNumber: null, deadlineHours: null },
};
const other = { source: 'other', documentNumber: null, deadlineHours: null } as const;

/** Registers the invented leads, as the reviewer would by hand. `keys` names them. */
export async function registerDemoLeads(context: Context, keys: readonly string[]): Promise<void> {
  const reviewer = await context.stores.users.findByLogin('reviewer');
  if (reviewer === null) throw new Error('the demo has no reviewer');
  const { id, roles } = reviewer;
  const now = Date.parse(context.clock.now());
  const at = (ms: number) => new Date(ms).toISOString();
  for (const { key, text, hoursAgo } of voices.filter((voice) => keys.includes(voice.key))) {
    const { source, documentNumber, deadlineHours } = facts[key] ?? other;
    await registerLead(
      {
        commandId: context.clock.newId(),
        ...{ source, documentNumber, summary: text, link: null },
        receivedAt: at(now - hoursAgo * hourMs),
        deadline: deadlineHours === null ? null : at(now + deadlineHours * hourMs),
      },
      { actor: { id, roles }, rights: rightsFor(roles, 'lead.register') },
      context,
    );
  }
}

/** Keys of all invented leads: in the order in which they come in. */
export const demoLeads: readonly string[] = voices
  .filter(({ kind }) => kind === 'lead')
  .map(({ key }) => key);
