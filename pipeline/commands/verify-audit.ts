import { createHash } from 'node:crypto';
import { type Anchor, anchorMaterial, chainName, linkMaterial, payloadMaterial } from '../domain/audit.ts';
import { expiresAt } from '../domain/retention-class.ts';
import type { AuditLog, LinkedEntry } from '../ports/audit-log.ts';

/**
 * - `entry-missing`: the link stands, its entry was removed
 * - `entry-differs`: the entry at this place is not the one that was linked here: changed, or exchanged for another
 * - `order-changed`: the link does not follow the one before it
 * - `link-missing`: a place in the chain is empty, or an entry that was linked is in no chain
 * - `payload-missing`: what lies beside the entry was removed before its time
 * - `payload-changed`: what lies beside the entry is not what its digest covers (an erased one is no break)
 * - `truncated`: the chain ends before a place that was signed
 * - `anchor-mismatch`: what was signed for this place is not what stands there
 * - `anchor-forged`: the signature is not from our key
 */
type AuditBreakKind =
  | 'entry-missing'
  | 'entry-differs'
  | 'order-changed'
  | 'link-missing'
  | 'payload-missing'
  | 'payload-changed'
  | 'truncated'
  | 'anchor-mismatch'
  | 'anchor-forged';

export interface AuditBreak {
  chain: string;
  /** Null for an entry that is in no chain. */
  seq: number | null;
  /** Null where nothing is left that names it. */
  entryId: string | null;
  what: AuditBreakKind;
}

export interface AuditReport {
  chains: number;
  entries: number;
  breaks: AuditBreak[];
  /** Entries not linked yet: not covered by this report. */
  unlinkedTail: number;
}

export type VerifyAnchor = (bytes: Uint8Array, anchor: Anchor) => boolean | Promise<boolean>;

export interface VerifyAuditOptions {
  /** ISO UTC: what lies beside an entry may be gone when its term has ended by now. */
  now: string;
  verify: VerifyAnchor;
  /** Anchors kept outside the database: they also show that a chain was cut off together with its stored anchors. */
  outsideAnchors?: readonly Anchor[];
  batchSize?: number;
}

/** More than this and the log is lost as a whole; the report stays readable. */
const mostBreaks = 1000;

/** Walks every chain from its first link and recomputes all of it. Changes nothing; runs beside the service. */
export async function verifyAudit(audit: AuditLog, options: VerifyAuditOptions): Promise<AuditReport> {
  const outside = options.outsideAnchors ?? [];
  const chains = [
    ...new Set([...(await audit.listChains()), ...outside.map((anchor) => anchor.chain)]),
  ].sort();
  const report: AuditReport = { chains: chains.length, entries: 0, breaks: [], unlinkedTail: 0 };
  for (const chain of chains) {
    // Read before the links: an anchor that the chainer sets meanwhile would seem to lie beyond the end.
    const stored = await audit.listAnchors(chain);
    const anchors = [...stored, ...outside.filter((anchor) => anchor.chain === chain)];
    await verifyAnchors(anchors, options.verify, report);
    await walkChain(
      audit,
      { chain, anchors, now: options.now, batchSize: options.batchSize ?? 1000 },
      report,
    );
  }
  for (const { chain, entryId } of await audit.listStray(mostBreaks)) {
    note(report, { chain, seq: null, entryId, what: 'link-missing' });
  }
  report.unlinkedTail = (await audit.countUnlinked('audit')) + (await audit.countUnlinked('read'));
  return report;
}

async function verifyAnchors(
  anchors: readonly Anchor[],
  verify: VerifyAnchor,
  report: AuditReport,
): Promise<void> {
  for (const anchor of anchors) {
    const genuine = await verify(new TextEncoder().encode(anchorMaterial(anchor)), anchor);
    if (!genuine)
      note(report, { chain: anchor.chain, seq: anchor.seq, entryId: null, what: 'anchor-forged' });
  }
}

interface Walk {
  chain: string;
  anchors: readonly Anchor[];
  now: string;
  batchSize: number;
}

async function walkChain(audit: AuditLog, walk: Walk, report: AuditReport): Promise<void> {
  const signedHashes = hashesBySeq(walk.anchors);
  let seq = 0;
  /** The hash that the next link must build on; null after a gap, when nobody knows it. */
  let prevHash: string | null = '';
  for (;;) {
    const batch = await audit.readChain(walk.chain, seq, walk.batchSize);
    for (const linked of batch) {
      if (linked.link.seq !== seq + 1) {
        noteGap(report, walk.chain, seq + 1, linked.link.seq);
        prevHash = null;
      }
      verifyLink(linked, prevHash, report);
      verifyPayload(linked, walk.now, report);
      verifyAnchoredPlace(linked, signedHashes, report);
      ({ seq, hash: prevHash } = linked.link);
      report.entries += 1;
    }
    if (batch.length < walk.batchSize) break;
  }
  const beyond = walk.anchors.filter((anchor) => anchor.seq > seq);
  for (const anchor of beyond) {
    note(report, { chain: walk.chain, seq: anchor.seq, entryId: null, what: 'truncated' });
  }
}

function verifyLink({ link, entry }: LinkedEntry, prevHash: string | null, report: AuditReport): void {
  const place = { chain: link.chain, seq: link.seq, entryId: link.entryId };
  if (prevHash !== null && link.prevHash !== prevHash) note(report, { ...place, what: 'order-changed' });
  if (entry === null) {
    note(report, { ...place, what: 'entry-missing' });
    return;
  }
  if (entry === 'unreadable' || !isLinked(link, entry)) note(report, { ...place, what: 'entry-differs' });
}

/** Erasing is what retention does, at its time and not before. */
function verifyPayload({ link, entry, payload }: LinkedEntry, now: string, report: AuditReport): void {
  if (entry === null || entry === 'unreadable') return;
  const place = { chain: link.chain, seq: link.seq, entryId: link.entryId };
  if (payload === null) {
    const term = expiresAt(entry.retentionClass, entry.at);
    if (term !== null && term > now) note(report, { ...place, what: 'payload-missing' });
  } else if (sha256(payloadMaterial(payload.salt, payload.body)) !== entry.payloadDigest) {
    note(report, { ...place, what: 'payload-changed' });
  }
}

function isLinked(
  link: LinkedEntry['link'],
  entry: Exclude<LinkedEntry['entry'], 'unreadable' | null>,
): boolean {
  return (
    chainName(entry) === link.chain && sha256(linkMaterial(link.prevHash, link.seq, entry)) === link.hash
  );
}

function hashesBySeq(anchors: readonly Anchor[]): Map<number, string[]> {
  const hashes = new Map<number, string[]>();
  for (const { seq, hash } of anchors) hashes.set(seq, [...(hashes.get(seq) ?? []), hash]);
  return hashes;
}

function verifyAnchoredPlace(
  { link }: LinkedEntry,
  signedHashes: ReadonlyMap<number, readonly string[]>,
  report: AuditReport,
): void {
  const contradicted = signedHashes.get(link.seq)?.some((hash) => hash !== link.hash) ?? false;
  if (!contradicted) return;
  note(report, { chain: link.chain, seq: link.seq, entryId: link.entryId, what: 'anchor-mismatch' });
}

function noteGap(report: AuditReport, chain: string, firstSeq: number, nextSeq: number): void {
  for (let seq = firstSeq; seq < nextSeq && report.breaks.length < mostBreaks; seq++) {
    note(report, { chain, seq, entryId: null, what: 'link-missing' });
  }
}

function note(report: AuditReport, found: AuditBreak): void {
  if (report.breaks.length < mostBreaks) report.breaks.push(found);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
