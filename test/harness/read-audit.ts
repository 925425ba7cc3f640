import type { AuditEntry } from '../../pipeline/domain/audit.ts';
import type { Stores } from '../../pipeline/ports/index.ts';

/** Every entry of the audit log in its order, with what its digest covers; links what is not linked yet. */
export async function readAudit({
  audit,
}: Pick<Stores, 'audit'>): Promise<(AuditEntry & { body: string })[]> {
  await audit.linkPending(1, 10_000);
  const chains = (await audit.listChains()).filter((chain) => chain.startsWith('audit/'));
  const linked = await Promise.all(chains.map((chain) => audit.readChain(chain, 0, 10_000)));
  return linked
    .flat()
    .flatMap(({ entry, payload }) =>
      entry === null || entry === 'unreadable' ? [] : [{ ...entry, body: payload?.body ?? '' }],
    );
}
