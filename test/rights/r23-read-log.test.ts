import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenedPorts } from '../../pipeline/adapters/open-stores.ts';
import { linkAudit } from '../../pipeline/commands/link-audit.ts';
import { type AuditBreak, verifyAudit } from '../../pipeline/commands/verify-audit.ts';
import type { Anchor } from '../../pipeline/domain/audit.ts';
import type { ReadRecord } from '../../pipeline/ports/read-log.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { type Forger, type HeldLog, openForger } from '../harness/forge-log.ts';
import { openPlace } from '../harness/places.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signAnchor = (bytes: Uint8Array) => ({
  kid: 'anchor-1',
  signature: sign(null, bytes, privateKey).toString('base64url'),
});
const verifyAnchor = (bytes: Uint8Array, anchor: Anchor) =>
  anchor.kid === 'anchor-1' && verify(null, bytes, publicKey, Buffer.from(anchor.signature, 'base64url'));

const chain = 'read/audit/2026-03';
let opened: OpenedPorts;
let forger: Forger;
let clock: FakeClock;
let readings: ReadRecord[];

const link = (owner = 'service') =>
  linkAudit({ ...opened.stores, clock }, { owner, sign: signAnchor, batchSize: 3, anchorAfterMs: 60_000 });
const report = (outsideAnchors: Anchor[] = []) =>
  verifyAudit(opened.stores.audit, {
    now: clock.now(),
    verify: verifyAnchor,
    outsideAnchors,
    batchSize: 3,
  });
const breaks = async () => (await report()).breaks;
const idOf = (seq: number) => readings[seq - 1]?.id ?? '';
const at = (seq: number, what: AuditBreak['what'], entryId: string | null = idOf(seq)): AuditBreak => ({
  chain,
  seq,
  entryId,
  what,
});

async function readTexts(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const read: ReadRecord = {
      id: clock.newId(),
      at: clock.now(),
      actorId: 'user-curious',
      caseId: 'case-1',
      postId: `main-site:comment:${readings.length}`,
      textVersion: 1,
      purpose: '领导批示核查',
    };
    readings.push(read);
    await opened.stores.reads.record(read);
    clock.advance(1000);
  }
}

/** Past every store: what the database then holds is what `change` gives back, and the rest as it was. */
async function forge(change: (log: HeldLog) => Partial<HeldLog>): Promise<void> {
  const log = await forger.read();
  await forger.write({ ...log, ...change(log) });
}

type Entry = HeldLog['entries'][number];
const forgeEntry = (seq: number, change: (entry: Entry) => Partial<Entry>) =>
  forge(({ entries }) => ({
    entries: entries.map((entry) => (entry.id === idOf(seq) ? { ...entry, ...change(entry) } : entry)),
  }));
const forgeLinks = (change: (link: HeldLog['links'][number]) => object) =>
  forge(({ links }) => ({ links: links.map((one) => ({ ...one, ...change(one) })) }));
const removeEntry = (seq: number) =>
  forge(({ entries }) => ({ entries: entries.filter(({ id }) => id !== idOf(seq)) }));
const removeLink = (seq: number) =>
  forge(({ links }) => ({ links: links.filter(({ entryId }) => entryId !== idOf(seq)) }));

describeSetUps('R23', (emptyPlace) => {
  beforeEach(async () => {
    const place = await emptyPlace();
    clock = new FakeClock();
    opened = await openPlace(place, clock);
    forger = await openForger(place);
    readings = [];
    await readTexts(8);
    expect(await link()).toEqual({ linked: 8, anchored: 1 });
  });
  afterEach(async () => {
    await forger.close();
    await opened.close();
  });

  describe('reading a text is logged and chained', () => {
    it('finds nothing wrong with an untouched log, and counts the tail that is not linked yet', async () => {
      expect(await report()).toEqual({ chains: 1, entries: 8, breaks: [], unlinkedTail: 0 });
      await readTexts(2);
      expect(await report()).toEqual({ chains: 1, entries: 8, breaks: [], unlinkedTail: 2 });
      clock.advance(60_000);
      expect(await link()).toEqual({ linked: 2, anchored: 1 });
      expect(await report()).toEqual({ chains: 1, entries: 10, breaks: [], unlinkedTail: 0 });
    });

    it('stays whole when the payloads are erased in their time, and names each that went before it', async () => {
      await forge(({ entries }) => ({ entries: entries.map((entry) => ({ ...entry, payload: null })) }));
      expect((await breaks()).map(({ seq, what }) => [seq, what])).toEqual(
        readings.map((_, index) => [index + 1, 'payload-missing']),
      );
      clock.advance(366 * 86_400_000);
      expect(await report()).toEqual({ chains: 1, entries: 8, breaks: [], unlinkedTail: 0 });
    });

    it('holds no word of the purpose in what is chained for good', async () => {
      const { entries, links } = await forger.read();
      const kept = JSON.stringify([entries.map((entry) => ({ ...entry, payload: null })), links]);
      expect(kept).toContain(readings[0]?.postId);
      expect(kept).not.toContain('批示');
    });

    it('leaves the chain alone while another process is the chainer', async () => {
      await opened.stores.leases.acquire('audit-chainer', 'other', clock.now(), 60_000);
      await readTexts(1);
      expect(await link()).toBeNull();
      expect((await report()).unlinkedTail).toBe(1);
    });
  });

  describe('verification names what was tampered with', () => {
    it('and nothing in what was only written anew', async () => {
      await forge((log) => log);
      expect(await report()).toEqual({ chains: 1, entries: 8, breaks: [], unlinkedTail: 0 });
    });

    it.each<[string, Partial<Entry>]>([
      ['actor', { actorId: 'user-other' }],
      ['time', { at: '2026-03-02T00:00:02.001Z' }],
      ['month', { at: '2026-04-02T00:00:02.001Z' }],
      ['subject', { subject: 'main-site:comment:77@1' }],
      ['digest', { payloadDigest: 'x' }],
      ['time into no time', { at: 'never' }],
    ])('a changed %s', async (_what, change) => {
      await forgeEntry(4, () => change);
      expect(await breaks()).toContainEqual(at(4, 'entry-differs'));
      expect((await breaks()).every((found) => found.seq === 4)).toBe(true);
    });

    it('a changed payload', async () => {
      await forgeEntry(2, ({ payload }) => ({ payload: payload && { ...payload, body: '{}' } }));
      expect(await breaks()).toEqual([at(2, 'payload-changed')]);
    });

    it('a removed entry', async () => {
      await removeEntry(3);
      expect(await breaks()).toEqual([at(3, 'entry-missing')]);
    });

    it('an entry removed with its link', async () => {
      await removeEntry(3);
      await removeLink(3);
      expect(await breaks()).toEqual([at(3, 'link-missing', null)]);
    });

    it('a removed link', async () => {
      await removeLink(1);
      expect(await breaks()).toEqual([
        at(1, 'link-missing', null),
        { chain, seq: null, entryId: idOf(1), what: 'link-missing' },
      ]);
    });

    it('two entries exchanged', async () => {
      const exchanged: Record<number, string> = { 5: idOf(6), 6: idOf(5) };
      await forgeLinks(({ seq, entryId }) => ({ entryId: exchanged[seq] ?? entryId }));
      expect(await breaks()).toEqual([at(5, 'entry-differs', idOf(6)), at(6, 'entry-differs', idOf(5))]);
    });

    it('two links exchanged', async () => {
      const exchanged: Record<number, number> = { 5: 6, 6: 5 };
      await forgeLinks(({ seq }) => ({ seq: exchanged[seq] ?? seq }));
      const found = await breaks();
      expect(found).toContainEqual(at(5, 'order-changed', idOf(6)));
      expect(found).toContainEqual(at(6, 'order-changed', idOf(5)));
      expect(found).toContainEqual(at(7, 'order-changed'));
    });

    it('an entry slipped in as if it were linked', async () => {
      await forge(({ entries }) => ({
        entries: [
          ...entries,
          ...entries.slice(0, 1).map((entry) => ({ ...entry, id: 'slipped', payload: null })),
        ],
      }));
      expect(await breaks()).toEqual([{ chain, seq: null, entryId: 'slipped', what: 'link-missing' }]);
    });

    it('links moved to the chain of another month', async () => {
      await forgeLinks(() => ({ chain: 'read/audit/2026-02' }));
      const found = await breaks();
      expect(found).toContainEqual({ ...at(1, 'entry-differs'), chain: 'read/audit/2026-02' });
      expect(found).toContainEqual(at(8, 'truncated', null));
    });

    it('an end cut off behind an anchor', async () => {
      for (const seq of [7, 8]) {
        await removeEntry(seq);
        await removeLink(seq);
      }
      expect(await breaks()).toEqual([at(8, 'truncated', null)]);
    });

    it('a whole chain removed with its anchors, by an anchor kept elsewhere', async () => {
      const kept = await opened.stores.audit.listAnchors(chain);
      await forger.write({ entries: [], links: [], anchors: [] });
      expect((await report()).breaks).toEqual([]);
      expect((await report(kept)).breaks).toEqual([at(8, 'truncated', null)]);
    });

    it('a history written anew and linked without a flaw, by the anchor', async () => {
      await forge(({ entries }) => ({
        entries: entries.map((entry) => ({ ...entry, actorId: 'user-other', linked: false })),
        links: [],
      }));
      await link();
      expect(await breaks()).toEqual([at(8, 'anchor-mismatch')]);
    });

    it('an anchor signed by another key, or changed', async () => {
      const other = generateKeyPairSync('ed25519').privateKey;
      const [anchor] = await opened.stores.audit.listAnchors(chain);
      const bytes = new TextEncoder().encode(JSON.stringify([chain, 8, anchor?.hash, anchor?.at]));
      const forgeAnchor = (change: Partial<Anchor>) =>
        forge(({ anchors }) => ({ anchors: anchors.map((one) => ({ ...one, ...change })) }));
      await forgeAnchor({ signature: sign(null, bytes, other).toString('base64url') });
      expect(await breaks()).toEqual([at(8, 'anchor-forged', null)]);
      await forgeAnchor({ signature: anchor?.signature ?? '', at: 'never' });
      expect(await breaks()).toEqual([at(8, 'anchor-forged', null)]);
    });
  });
});
