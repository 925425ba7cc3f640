import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAuditLog } from '../../pipeline/adapters/sqlite/audit-log.ts';
import type { SqliteDatabase } from '../../pipeline/adapters/sqlite/database.ts';
import { openLeaseStore } from '../../pipeline/adapters/sqlite/lease-store.ts';
import { openReadLog } from '../../pipeline/adapters/sqlite/read-log.ts';
import { linkAudit } from '../../pipeline/commands/link-audit.ts';
import { type AuditBreak, verifyAudit } from '../../pipeline/commands/verify-audit.ts';
import type { Anchor } from '../../pipeline/domain/audit.ts';
import type { ReadRecord } from '../../pipeline/ports/read-log.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { openSqliteFile, type SqliteFile } from '../harness/sqlite-files.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signAnchor = (bytes: Uint8Array) => ({
  kid: 'anchor-1',
  signature: sign(null, bytes, privateKey).toString('base64url'),
});
const verifyAnchor = (bytes: Uint8Array, anchor: Anchor) =>
  anchor.kid === 'anchor-1' && verify(null, bytes, publicKey, Buffer.from(anchor.signature, 'base64url'));

const chain = 'read/audit/2026-03';
let file: SqliteFile;
let db: SqliteDatabase;
let clock: FakeClock;
let readings: ReadRecord[];

const link = (owner = 'service') =>
  linkAudit(
    { audit: openAuditLog(db), leases: openLeaseStore(db), clock },
    { owner, sign: signAnchor, batchSize: 3, anchorAfterMs: 60_000 },
  );
const report = (outsideAnchors: Anchor[] = []) =>
  verifyAudit(openAuditLog(db), {
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
    await openReadLog(db).record(read);
    clock.advance(1000);
  }
}

beforeEach(async () => {
  file = openSqliteFile();
  db = file.connect();
  clock = new FakeClock();
  readings = [];
  await readTexts(8);
  expect(await link()).toEqual({ linked: 8, anchored: 1 });
});
afterEach(() => file.close());

describe('R23: reading a text is logged and chained', () => {
  it('finds nothing wrong with an untouched log, and counts the tail that is not linked yet', async () => {
    expect(await report()).toEqual({ chains: 1, entries: 8, breaks: [], unlinkedTail: 0 });
    await readTexts(2);
    expect(await report()).toEqual({ chains: 1, entries: 8, breaks: [], unlinkedTail: 2 });
    clock.advance(60_000);
    expect(await link()).toEqual({ linked: 2, anchored: 1 });
    expect(await report()).toEqual({ chains: 1, entries: 10, breaks: [], unlinkedTail: 0 });
  });

  it('stays whole when the payloads are erased in their time, and names each that went before it', async () => {
    db.exec('DELETE FROM audit_payload');
    expect((await breaks()).map(({ seq, what }) => [seq, what])).toEqual(
      readings.map((_, index) => [index + 1, 'payload-missing']),
    );
    clock.advance(366 * 86_400_000);
    expect(await report()).toEqual({ chains: 1, entries: 8, breaks: [], unlinkedTail: 0 });
  });

  it('holds no word of the purpose in what is chained for good', async () => {
    const kept = JSON.stringify([
      db.prepare('SELECT * FROM audit_entry').all(),
      db.prepare('SELECT * FROM audit_link').all(),
    ]);
    expect(kept).toContain(readings[0]?.postId);
    expect(kept).not.toContain('批示');
  });

  it('leaves the chain alone while another process is the chainer', async () => {
    await openLeaseStore(db).acquire('audit-chainer', 'other', clock.now(), 60_000);
    await readTexts(1);
    expect(await link()).toBeNull();
    expect((await report()).unlinkedTail).toBe(1);
  });
});

describe('R23: verification names what was tampered with', () => {
  it.each([
    ['actor', "UPDATE audit_entry SET actor_id = 'user-other' WHERE id = ?"],
    ['time', "UPDATE audit_entry SET at = '2026-03-02T00:00:02.001Z' WHERE id = ?"],
    ['month', "UPDATE audit_entry SET at = '2026-04-02T00:00:02.001Z' WHERE id = ?"],
    ['subject', "UPDATE audit_entry SET subject = 'main-site:comment:77@1' WHERE id = ?"],
    ['digest', "UPDATE audit_entry SET payload_digest = 'x' WHERE id = ?"],
    ['time into no time', "UPDATE audit_entry SET at = 'never' WHERE id = ?"],
  ])('a changed %s', async (_what, sql) => {
    db.prepare(sql).run(idOf(4));
    expect(await breaks()).toContainEqual(at(4, 'entry-differs'));
    expect((await breaks()).every((found) => found.seq === 4)).toBe(true);
  });

  it('a changed payload', async () => {
    db.prepare("UPDATE audit_payload SET body = '{}' WHERE entry_id = ?").run(idOf(2));
    expect(await breaks()).toEqual([at(2, 'payload-changed')]);
  });

  it('a removed entry', async () => {
    db.prepare('DELETE FROM audit_entry WHERE id = ?').run(idOf(3));
    expect(await breaks()).toEqual([at(3, 'entry-missing')]);
  });

  it('an entry removed with its link', async () => {
    db.prepare('DELETE FROM audit_entry WHERE id = ?').run(idOf(3));
    db.prepare('DELETE FROM audit_link WHERE entry_id = ?').run(idOf(3));
    expect(await breaks()).toEqual([at(3, 'link-missing', null)]);
  });

  it('a removed link', async () => {
    db.prepare('DELETE FROM audit_link WHERE seq = 1').run();
    expect(await breaks()).toEqual([
      at(1, 'link-missing', null),
      { chain, seq: null, entryId: idOf(1), what: 'link-missing' },
    ]);
  });

  it('two entries exchanged', async () => {
    db.exec(`UPDATE audit_link SET entry_id = 'held' WHERE seq = 5;
      UPDATE audit_link SET entry_id = '${idOf(5)}' WHERE seq = 6;
      UPDATE audit_link SET entry_id = '${idOf(6)}' WHERE seq = 5`);
    expect(await breaks()).toEqual([at(5, 'entry-differs', idOf(6)), at(6, 'entry-differs', idOf(5))]);
  });

  it('two links exchanged', async () => {
    db.exec(`UPDATE audit_link SET seq = -1 WHERE seq = 5;
      UPDATE audit_link SET seq = 5 WHERE seq = 6;
      UPDATE audit_link SET seq = 6 WHERE seq = -1`);
    const found = await breaks();
    expect(found).toContainEqual(at(5, 'order-changed', idOf(6)));
    expect(found).toContainEqual(at(6, 'order-changed', idOf(5)));
    expect(found).toContainEqual(at(7, 'order-changed'));
  });

  it('an entry slipped in as if it were linked', async () => {
    db.prepare(
      `INSERT INTO audit_entry (id, log, at, actor_id, action, subject, retention_class, payload_digest, chain, linked)
       SELECT 'slipped', log, at, actor_id, action, subject, retention_class, payload_digest, chain, 1
       FROM audit_entry WHERE id = ?`,
    ).run(idOf(1));
    expect(await breaks()).toEqual([{ chain, seq: null, entryId: 'slipped', what: 'link-missing' }]);
  });

  it('links moved to the chain of another month', async () => {
    db.exec("UPDATE audit_link SET chain = 'read/audit/2026-02'");
    const found = await breaks();
    expect(found).toContainEqual({ ...at(1, 'entry-differs'), chain: 'read/audit/2026-02' });
    expect(found).toContainEqual(at(8, 'truncated', null));
  });

  it('an end cut off behind an anchor', async () => {
    db.exec('DELETE FROM audit_entry WHERE seq > 6; DELETE FROM audit_link WHERE seq > 6');
    expect(await breaks()).toEqual([at(8, 'truncated', null)]);
  });

  it('a whole chain removed with its anchors, by an anchor kept elsewhere', async () => {
    const kept = await openAuditLog(db).listAnchors(chain);
    db.exec('DELETE FROM audit_entry; DELETE FROM audit_link; DELETE FROM audit_anchor');
    expect((await report()).breaks).toEqual([]);
    expect((await report(kept)).breaks).toEqual([at(8, 'truncated', null)]);
  });

  it('a history written anew and linked without a flaw, by the anchor', async () => {
    db.exec("UPDATE audit_entry SET actor_id = 'user-other', linked = 0; DELETE FROM audit_link");
    await link();
    expect(await breaks()).toEqual([at(8, 'anchor-mismatch')]);
  });

  it('an anchor signed by another key, or changed', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    const [anchor] = await openAuditLog(db).listAnchors(chain);
    const bytes = new TextEncoder().encode(JSON.stringify([chain, 8, anchor?.hash, anchor?.at]));
    db.prepare('UPDATE audit_anchor SET signature = ?').run(sign(null, bytes, other).toString('base64url'));
    expect(await breaks()).toEqual([at(8, 'anchor-forged', null)]);
    db.prepare('UPDATE audit_anchor SET signature = ?, at = ?').run(anchor?.signature, 'never');
    expect(await breaks()).toEqual([at(8, 'anchor-forged', null)]);
  });
});
