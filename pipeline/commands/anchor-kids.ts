import type { AuditLog } from '../ports/audit-log.ts';

type AnchorPorts = Pick<AuditLog, 'listChains' | 'listAnchors' | 'findLastAnchor'>;

/** The names of all keys that ever signed a chain of this store. */
export async function listAnchorKids(audit: AnchorPorts): Promise<Set<string>> {
  const kids = new Set<string>();
  for (const chain of await audit.listChains())
    for (const { kid } of await audit.listAnchors(chain)) kids.add(kid);
  return kids;
}

/** The names of the keys that signed each chain last: what a process that starts should know. */
export async function listLatestKids(audit: AnchorPorts): Promise<Set<string>> {
  const chains = await audit.listChains();
  const last = await Promise.all(chains.map((chain) => audit.findLastAnchor(chain)));
  return new Set(last.flatMap((anchor) => (anchor === null ? [] : [anchor.kid])));
}
