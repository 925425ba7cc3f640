import type { Ports, Stores } from '../ports/index.ts';

/** That a file left the system is an act of its own: who took what, when. */
export interface Export {
  /** Null for whoever works on the machine itself. */
  actorId: string | null;
  action: 'brief.exported' | 'ledger.exported';
  /** The brief's id, or the period. */
  subject: string;
  payload: Record<string, unknown>;
}

export async function noteExport(
  { actorId, action, subject, payload }: Export,
  { stores, clock }: { stores: Pick<Stores, 'audit'>; clock: Ports['clock'] },
): Promise<void> {
  await stores.audit.append({
    ...{ id: clock.newId(), log: 'audit', at: clock.now() },
    ...{ actorId, action, subject, payload },
  });
}
