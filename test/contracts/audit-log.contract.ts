import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Anchor, linkMaterial, payloadMaterial } from '../../pipeline/domain/audit.ts';
import { Conflict } from '../../pipeline/domain/errors.ts';
import type { AuditLog, LinkedEntry, NewAuditEntry } from '../../pipeline/ports/audit-log.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedAuditLog {
  audit: AuditLog;
  /** Another one on the same data. */
  reopen(): Promise<AuditLog>;
  close(): Promise<void>;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const march = 'audit/audit/2026-03';

function mustBeWhole({ entry, link, payload }: LinkedEntry) {
  if (entry === null || entry === 'unreadable' || payload === null)
    throw new Error('entry or payload is missing');
  return { entry, link, payload };
}

export function auditLogContract(open: () => Promise<OpenedAuditLog>): void {
  let opened: OpenedAuditLog;
  let audit: AuditLog;
  let clock: FakeClock;

  beforeEach(async () => {
    opened = await open();
    audit = opened.audit;
    clock = new FakeClock();
  });
  afterEach(() => opened.close());

  const entryOf = (over: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
    id: clock.newId(),
    log: 'audit',
    at: clock.now(),
    actorId: 'user-1',
    action: 'case.decided',
    subject: 'case-1',
    payload: { reason: 'service-need' },
    ...over,
  });
  const appendMany = async (count: number): Promise<NewAuditEntry[]> => {
    const entries = Array.from({ length: count }, (_, i) => entryOf({ subject: `case-${i}` }));
    for (const entry of entries) await audit.append(entry);
    return entries;
  };

  it('links in the order of appending, each link over the one before', async () => {
    const entries = await appendMany(7);
    expect(await audit.countUnlinked('audit')).toBe(7);
    expect(await audit.linkPending(1, 3)).toBe(3);
    expect(await audit.linkPending(1, 100)).toBe(4);
    expect(await audit.linkPending(1, 100)).toBe(0);
    expect(await audit.countUnlinked('audit')).toBe(0);
    const links = (await audit.readChain(march, 0, 100)).map(mustBeWhole);
    expect(links.map(({ entry }) => entry.id)).toEqual(entries.map((entry) => entry.id));
    let prevHash = '';
    for (const [i, { entry, link }] of links.entries()) {
      expect(link).toMatchObject({ chain: march, seq: i + 1, entryId: entry.id, prevHash });
      expect(link.hash).toBe(sha256(linkMaterial(prevHash, i + 1, entry)));
      prevHash = link.hash;
    }
    expect(await audit.findHead(march)).toEqual(links.at(-1)?.link);
    expect(await audit.readChain(march, 5, 1)).toEqual([links[5]]);
  });

  it('keeps what the digest covers beside the entry', async () => {
    const payload = { note: `处理意见😀${'，转后勤处核实'.repeat(500)}`, unitId: null };
    await audit.append(entryOf({ actorId: null, payload }));
    await audit.linkPending(1, 10);
    const [linked] = (await audit.readChain(march, 0, 10)).map(mustBeWhole);
    expect(JSON.parse(linked?.payload.body ?? '')).toEqual(payload);
    expect(linked?.entry.actorId).toBeNull();
    expect(linked?.entry.payloadDigest).toBe(
      sha256(payloadMaterial(linked?.payload.salt ?? '', linked?.payload.body ?? '')),
    );
  });

  it('has a chain for each log and Shanghai month', async () => {
    clock = new FakeClock('2026-03-31T15:59:59.999Z');
    await audit.append(entryOf());
    clock.advance(1);
    await audit.append(entryOf());
    await audit.append(entryOf({ log: 'read', action: 'read-text' }));
    expect(await audit.countUnlinked('read')).toBe(1);
    expect(await audit.listChains()).toEqual([]);
    expect(await audit.findHead(march)).toBeNull();
    await audit.linkPending(1, 100);
    expect(await audit.listChains()).toEqual([march, 'audit/audit/2026-04', 'read/audit/2026-04']);
    for (const chain of await audit.listChains()) expect((await audit.findHead(chain))?.seq).toBe(1);
  });

  it('appends a repeated call once, and refuses another entry under its id', async () => {
    const entry = entryOf();
    await audit.append(entry);
    await audit.append({ ...entry, payload: { ...entry.payload } });
    await audit.linkPending(1, 10);
    await audit.append(entry);
    expect(await audit.countUnlinked('audit')).toBe(0);
    for (const other of [
      { actorId: 'user-2' },
      { action: 'x' },
      { subject: 'y' },
      { payload: { reason: 'z' } },
    ]) {
      await expect(audit.append({ ...entry, ...other })).rejects.toThrow(Conflict);
    }
    expect(await audit.readChain(march, 0, 10)).toHaveLength(1);
  });

  it('refuses a chainer that was overtaken, also in another process, and writes nothing for it', async () => {
    await appendMany(4);
    const other = await opened.reopen();
    expect(await audit.linkPending(5, 1)).toBe(1);
    expect(await other.linkPending(6, 1)).toBe(1);
    await expect(audit.linkPending(5, 1)).rejects.toThrow(Conflict);
    await expect((await opened.reopen()).linkPending(5, 1)).rejects.toThrow(Conflict);
    expect(await audit.countUnlinked('audit')).toBe(2);
    expect(await other.linkPending(6, 10)).toBe(2);
  });

  it('links everything once when two link at a time', async () => {
    const entries = await appendMany(30);
    const other = await opened.reopen();
    await Promise.all(Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? audit : other).linkPending(3, 5)));
    const ids = (await audit.readChain(march, 0, 100)).map(({ link }) => link.entryId);
    expect(ids).toEqual(entries.map((entry) => entry.id));
    expect(await audit.listStray(10)).toEqual([]);
  });

  it('keeps anchors by chain in their order, a repeated one once', async () => {
    const anchor = (seq: number): Anchor => ({
      chain: march,
      seq,
      hash: sha256(String(seq)),
      at: clock.now(),
      kid: 'anchor-2026',
      signature: 'c2lnbmF0dXJl',
    });
    expect(await audit.findLastAnchor(march)).toBeNull();
    for (const seq of [2, 11, 3, 2]) await audit.saveAnchor(anchor(seq));
    expect(await audit.listAnchors(march)).toEqual([2, 3, 11].map(anchor));
    expect(await audit.findLastAnchor(march)).toEqual(anchor(11));
    expect(await audit.listAnchors('read/audit/2026-03')).toEqual([]);
    expect(await audit.listChains()).toEqual([march]);
  });
}
