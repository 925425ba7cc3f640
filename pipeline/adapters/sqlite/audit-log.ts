import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Anchor, AuditEntry, AuditPayload, ChainLink, chainName, linkMaterial } from '../../domain/audit.ts';
import { Conflict, Permanent } from '../../domain/errors.ts';
import type { AuditLog, LinkedEntry, NewAuditEntry } from '../../ports/audit-log.ts';
import { saltedDigest } from '../audit-entry.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase } from './database.ts';

const entryColumns = `e.id, e.log, e.at, e.actor_id AS actorId, e.action, e.subject,
  e.retention_class AS retentionClass, e.payload_digest AS payloadDigest`;
const linkColumns = 'l.chain, l.seq, l.entry_id AS entryId, l.prev_hash AS prevHash, l.hash';
const payloadColumns = 'p.entry_id AS entryId, p.salt, p.body, p.expires_at AS expiresAt';

const anchorColumns = 'chain, seq, hash, at, kid, signature';

const StoredPayload = AuditPayload.extend({ expiresAt: z.string() });
const Stray = ChainLink.pick({ chain: true, entryId: true });
/** Time as it stands there: an anchor that was tampered with must reach verification, whose signature check names it. */
const StoredAnchor = Anchor.extend({ at: z.string() });

export function openAuditLog(db: SqliteDatabase): AuditLog {
  return {
    append: async (entry) => inTransaction(db, () => appendOnce(db, entry)),
    linkPending: async (fence, limit) => inTransaction(db, () => linkPending(db, fence, limit)),
    listChains: async () => listChains(db),
    findHead: async (chain) => findHead(db, chain),
    readChain: async (chain, afterSeq, limit) => readChain(db, { chain, afterSeq, limit }),
    countUnlinked: async (log) =>
      db
        .prepare<[string], { n: number }>(
          'SELECT count(*) AS n FROM audit_entry WHERE linked = 0 AND log = ?',
        )
        .get(log)?.n ?? 0,
    listStray: async (limit) =>
      db
        .prepare(
          `SELECT e.chain, e.id AS entryId FROM audit_entry e WHERE e.linked = 1
           AND NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.entry_id = e.id) ORDER BY e.seq LIMIT ?`,
        )
        .all(limit)
        .map((row) => Stray.parse(row)),
    saveAnchor: async (anchor) => {
      inTransaction(db, () =>
        db
          .prepare(
            `INSERT INTO audit_anchor (chain, seq, hash, at, kid, signature)
             VALUES (@chain, @seq, @hash, @at, @kid, @signature) ON CONFLICT DO NOTHING`,
          )
          .run(Anchor.parse(anchor)),
      );
    },
    findLastAnchor: async (chain) => {
      const row = db
        .prepare(`SELECT ${anchorColumns} FROM audit_anchor WHERE chain = ? ORDER BY seq DESC LIMIT 1`)
        .get(chain);
      return row === undefined ? null : StoredAnchor.parse(row);
    },
    listAnchors: async (chain) =>
      db
        .prepare(`SELECT ${anchorColumns} FROM audit_anchor WHERE chain = ? ORDER BY seq`)
        .all(chain)
        .map((row) => StoredAnchor.parse(row)),
  };
}

/**
 * For use inside a transaction: a repeated call with the same facts changes nothing.
 * @throws Conflict when the id stands for another entry
 */
export function appendOnce(db: SqliteDatabase, fact: NewAuditEntry): void {
  const row = db
    .prepare(
      `SELECT ${entryColumns}, p.salt AS salt FROM audit_entry e
       LEFT JOIN audit_payload p ON p.entry_id = e.id WHERE e.id = ?`,
    )
    .get(fact.id);
  if (row === undefined) {
    insertAudit(db, fact);
    return;
  }
  const { salt, ...known } = AuditEntry.extend({ salt: z.string().nullable() }).parse(row);
  const { payload, ...facts } = fact;
  const same =
    facts.log === known.log &&
    facts.at === known.at &&
    facts.actorId === known.actorId &&
    facts.action === known.action &&
    facts.subject === known.subject &&
    (salt === null || saltedDigest(salt, JSON.stringify(payload)) === known.payloadDigest);
  if (!same) throw new Conflict(`Audit entry ${fact.id} already stands for something else.`);
}

function linkPending(db: SqliteDatabase, fence: number, limit: number): number {
  const seen = db.prepare<[], { token: number }>('SELECT token FROM audit_fence').get()?.token ?? 0;
  if (fence < seen) {
    throw new Conflict(`Another chainer has taken over (token ${fence} is older than ${seen}).`);
  }
  db.prepare('UPDATE audit_fence SET token = ?').run(fence);
  const pending = db
    .prepare(`SELECT ${entryColumns} FROM audit_entry e WHERE e.linked = 0 ORDER BY e.seq LIMIT ?`)
    .all(limit)
    .map(parsePending);
  const heads = new Map<string, { seq: number; hash: string }>();
  const insert = db.prepare(
    'INSERT INTO audit_link (chain, seq, entry_id, prev_hash, hash) VALUES (?, ?, ?, ?, ?)',
  );
  const mark = db.prepare('UPDATE audit_entry SET linked = 1 WHERE id = ?');
  for (const entry of pending) {
    const chain = chainName(entry);
    const head = heads.get(chain) ?? findHead(db, chain) ?? { seq: 0, hash: '' };
    const seq = head.seq + 1;
    const hash = sha256(linkMaterial(head.hash, seq, entry));
    insert.run(chain, seq, entry.id, head.hash, hash);
    mark.run(entry.id);
    heads.set(chain, { seq, hash });
  }
  return pending.length;
}

/** @throws Permanent naming the entry: linking past it would hide that it was tampered with */
function parsePending(row: unknown): AuditEntry {
  const parsed = AuditEntry.safeParse(row);
  if (parsed.success) return parsed.data;
  const { id } = AuditEntry.pick({ id: true }).parse(row);
  throw new Permanent(
    `The unlinked audit entry ${id} was changed and cannot be read: ${parsed.error.message}`,
  );
}

/** Leaps from name to name along the index: a plain DISTINCT would read every link of every month. */
function listChains(db: SqliteDatabase): string[] {
  const chains = new Set<string>();
  for (const table of ['audit_link', 'audit_anchor']) {
    const next = db.prepare<[string], { chain: string | null }>(
      `SELECT min(chain) AS chain FROM ${table} WHERE chain > ?`,
    );
    let chain = next.get('')?.chain ?? null;
    while (chain !== null) {
      chains.add(chain);
      chain = next.get(chain)?.chain ?? null;
    }
  }
  return [...chains].sort();
}

function findHead(db: SqliteDatabase, chain: string): ChainLink | null {
  const row = db
    .prepare(`SELECT ${linkColumns} FROM audit_link l WHERE l.chain = ? ORDER BY l.seq DESC LIMIT 1`)
    .get(chain);
  return row === undefined ? null : ChainLink.parse(row);
}

function readChain(
  db: SqliteDatabase,
  range: { chain: string; afterSeq: number; limit: number },
): LinkedEntry[] {
  const links = db
    .prepare(
      `SELECT ${linkColumns} FROM audit_link l WHERE l.chain = @chain AND l.seq > @afterSeq ORDER BY l.seq LIMIT @limit`,
    )
    .all(range)
    .map((row) => ChainLink.parse(row));
  const findEntry = db.prepare(`SELECT ${entryColumns} FROM audit_entry e WHERE e.id = ?`);
  const findPayload = db.prepare(`SELECT ${payloadColumns} FROM audit_payload p WHERE p.entry_id = ?`);
  return links.map((link) => {
    const entry = findEntry.get(link.entryId);
    const payload = findPayload.get(link.entryId);
    return {
      link,
      entry: entry === undefined ? null : (AuditEntry.safeParse(entry).data ?? 'unreadable'),
      payload: payload === undefined ? null : StoredPayload.parse(payload),
    };
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
