import { type Anchor, anchorMaterial, type ChainLink } from '../domain/audit.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Lease, LeaseStore } from '../ports/lease.ts';

/** Ed25519 over the bytes, with the key that is kept outside the database. `signature` is base64url. */
export type SignAnchor = (
  bytes: Uint8Array,
) => Pick<Anchor, 'kid' | 'signature'> | Promise<Pick<Anchor, 'kid' | 'signature'>>;

export interface LinkAuditPorts {
  audit: AuditLog;
  leases: LeaseStore;
  clock: Clock;
}

export interface LinkAuditOptions {
  /** Who asks for the lease: one name a process. */
  owner: string;
  sign: SignAnchor;
  batchSize?: number;
  /** A chain's new head is signed when its last anchor is at least so old. What lies after an anchor can be cut off unseen. */
  anchorAfterMs?: number;
  signal?: AbortSignal;
}

const leaseName = 'audit-chainer';
const leaseMs = 60_000;

/**
 * Links what was logged since, and signs the heads of the chains.
 * @returns how much was done; null when another process is the chainer, or took over meanwhile
 * @throws Conflict when a newer chainer's links were met: this one was fenced off, and wrote nothing
 */
export async function linkAudit(
  ports: LinkAuditPorts,
  options: LinkAuditOptions,
): Promise<{ linked: number; anchored: number } | null> {
  const { leases, clock } = ports;
  const lease = await leases.acquire(leaseName, options.owner, clock.now(), leaseMs);
  if (lease === null) return null;
  try {
    const linked = await linkAll(ports, lease, options);
    if (linked === null) return null;
    return { linked, anchored: await anchorHeads(ports, options) };
  } finally {
    await leases.release(lease, options.owner);
  }
}

async function linkAll(
  { audit, leases, clock }: LinkAuditPorts,
  lease: Lease,
  { owner, batchSize = 500, signal }: LinkAuditOptions,
): Promise<number | null> {
  let linked = 0;
  while (signal?.aborted !== true) {
    const batch = await audit.linkPending(lease.token, batchSize);
    linked += batch;
    if (batch < batchSize) break;
    if ((await leases.renew(lease, owner, clock.now(), leaseMs)) === null) return null;
  }
  return linked;
}

async function anchorHeads(
  { audit, clock }: LinkAuditPorts,
  { sign, anchorAfterMs = 600_000, signal }: LinkAuditOptions,
): Promise<number> {
  let anchored = 0;
  for (const chain of await audit.listChains()) {
    if (signal?.aborted === true) break;
    const head = await audit.findHead(chain);
    const last = await audit.findLastAnchor(chain);
    const at = clock.now();
    if (head === null || !isAnchorDue(head, last, Date.parse(at) - anchorAfterMs)) continue;
    const material = { chain, seq: head.seq, hash: head.hash, at };
    const signed = await sign(new TextEncoder().encode(anchorMaterial(material)));
    await audit.saveAnchor({ ...material, ...signed });
    anchored += 1;
  }
  return anchored;
}

function isAnchorDue(head: ChainLink, last: Anchor | null, latestMs: number): boolean {
  if (last === null) return true;
  // A time that was tampered with is no time: sign anew.
  const isFresh = Date.parse(last.at) > latestMs;
  return head.seq > last.seq && !isFresh;
}
