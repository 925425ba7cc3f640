import { join } from 'node:path';
import type { Db, Document } from 'mongodb';
import { chainCollections } from '../../pipeline/adapters/mongo/chain-documents.ts';
import { openMongo } from '../../pipeline/adapters/mongo/connection.ts';
import { openDatabase, type SqliteDatabase } from '../../pipeline/adapters/sqlite/database.ts';
import type { Anchor, AuditEntry, ChainLink } from '../../pipeline/domain/audit.ts';
import type { Place } from './places.ts';

type HeldEntry = AuditEntry & {
  chain: string;
  linked: boolean;
  payload: { salt: string; body: string; expiresAt: string } | null;
};

/** All that the log and its chains consist of, in the order of appending. */
export interface HeldLog {
  entries: HeldEntry[];
  links: ChainLink[];
  anchors: Anchor[];
}

/** Somebody with the database's password: reads all of the log and writes it anew, past every store. */
export interface Forger {
  read(): Promise<HeldLog>;
  write(log: HeldLog): Promise<void>;
  close(): Promise<void>;
}

export async function openForger(place: Place): Promise<Forger> {
  if (place.setUp === 'embedded') return forgeSqlite(openDatabase(join(place.dataDir, 'guanlan.db')));
  const { client, db } = await openMongo(place.mongoUri, place.database);
  return { ...forgeMongo(db), close: () => client.close() };
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camel = (name: string) => name.replace(/_[a-z]/g, (part) => part.slice(1).toUpperCase());

function forgeSqlite(db: SqliteDatabase): Forger {
  const readTable = (table: string) =>
    db
      .prepare<[], Document>(`SELECT * FROM ${table} ORDER BY rowid`)
      .all()
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), value])));
  const writeTable = (table: string, rows: readonly Document[]) => {
    db.exec(`DELETE FROM ${table}`);
    for (const row of rows) {
      const names = Object.keys(row);
      const columns = names.map(snake).join(', ');
      db.prepare(
        `INSERT INTO ${table} (${columns}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
      ).run(row);
    }
  };
  return {
    read: async () => {
      const payloads = new Map(readTable('audit_payload').map(({ entryId, ...rest }) => [entryId, rest]));
      const entries = readTable('audit_entry').map(({ seq: _seq, ...entry }) => ({
        ...entry,
        linked: entry.linked === 1,
        payload: payloads.get(entry.id) ?? null,
      }));
      return { entries, links: readTable('audit_link'), anchors: readTable('audit_anchor') } as HeldLog;
    },
    write: async ({ entries, links, anchors }) => {
      const rows = entries.map(({ payload: _payload, ...entry }) => ({
        ...entry,
        linked: Number(entry.linked),
      }));
      writeTable('audit_entry', rows);
      writeTable(
        'audit_payload',
        entries.flatMap(({ id, payload }) => (payload === null ? [] : [{ entryId: id, ...payload }])),
      );
      writeTable('audit_link', links);
      writeTable('audit_anchor', anchors);
    },
    close: async () => {
      db.close();
    },
  };
}

function forgeMongo(db: Db): Omit<Forger, 'close'> {
  const { audit, links, anchors } = chainCollections(db);
  const writeAll = async (name: string, documents: readonly Document[]) => {
    await db.collection(name).deleteMany({});
    if (documents.length > 0) await db.collection(name).insertMany([...documents]);
  };
  return {
    read: async () => ({
      entries: (await audit.find().sort({ _id: 1 }).toArray()).map(({ _id, ...entry }) => ({
        id: _id,
        ...entry,
      })),
      links: (await links.find().sort({ chain: 1, seq: 1 }).toArray()).map(({ _id, ...link }) => ({
        entryId: _id,
        ...link,
      })),
      anchors: (await anchors.find().sort({ chain: 1, seq: 1 }).toArray()).map(
        ({ _id, ...anchor }) => anchor,
      ),
    }),
    write: async (log) => {
      const entries = log.entries.map(({ id, ...entry }) => ({ _id: id, ...entry }));
      await writeAll(audit.collectionName, entries);
      const held = log.links.map(({ entryId, ...link }) => ({ _id: entryId, ...link }));
      await writeAll(links.collectionName, held);
      const signed = log.anchors.map((anchor) => ({ _id: `${anchor.chain}@${anchor.seq}`, ...anchor }));
      await writeAll(anchors.collectionName, signed);
    },
  };
}
