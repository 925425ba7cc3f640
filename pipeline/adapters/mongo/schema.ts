import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type CreateIndexesOptions, type Db, type Document, MongoServerError } from 'mongodb';
import { z } from 'zod';
import { AccessClass } from '../../domain/access-class.ts';
import { RetentionClass } from '../../domain/retention-class.ts';

/** One collection: what may stand in it, and how it is found. */
export interface CollectionSpec {
  name: string;
  /** Fields and their types; MongoDB refuses any other (R3: there is no place for an author). `_id` is a string. */
  fields: Record<string, Document>;
  indexes: readonly IndexSpec[];
}

interface IndexSpec {
  key: Record<string, 1 | -1>;
  options?: Pick<CreateIndexesOptions, 'unique' | 'partialFilterExpression'>;
  /** The day it was added, YYYY-MM-DD. */
  since: string;
  /** The question it answers. */
  reason: string;
}

/** Types of fields, as the server's validator wants them. */
export const field = {
  text: { bsonType: 'string' },
  textOrNull: { bsonType: ['string', 'null'] },
  number: { bsonType: ['int', 'long', 'double'] },
  boolean: { bsonType: 'bool' },
  list: { bsonType: 'array' },
  texts: { bsonType: 'array', items: { bsonType: 'string' } },
  object: { bsonType: 'object' },
  objectOrNull: { bsonType: ['object', 'null'] },
  accessClass: { enum: AccessClass.options },
  retentionClass: { enum: RetentionClass.options },
} as const satisfies Record<string, Document>;

function buildValidator({ fields }: CollectionSpec, closed: boolean): Document {
  const properties = { _id: field.text, ...fields };
  const schema = { bsonType: 'object', required: Object.keys(properties), properties };
  return { $jsonSchema: closed ? { ...schema, additionalProperties: false } : schema };
}

const ledgerName = 'schema';
const LedgerEntry = z.object({ digest: z.string() });

/** Tells one state of the whole schema from another. */
function digestOf(specs: readonly CollectionSpec[]): string {
  const material = specs.map((spec) => [spec.name, buildValidator(spec, true), spec.indexes]);
  return createHash('sha256').update(JSON.stringify(material)).digest('hex');
}

/**
 * Brings collections, validators and indexes to what `specs` say; a database that stands so already costs one read. Safe to
 * run in many processes at a time, and again after it was cut off. An index no longer listed stays until it is dropped by hand.
 */
export async function ensureSchema(db: Db, specs: readonly CollectionSpec[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await bringUp(db, specs);
    } catch (error) {
      // Of processes that make the same index at one moment, a server may let one through and end the others' commands.
      if (!(error instanceof MongoServerError) || tries === triesAtMost) throw error;
      await setTimeout(tries * 100 * (1 + Math.random()));
    }
  }
}

const triesAtMost = 8;

async function bringUp(db: Db, specs: readonly CollectionSpec[]): Promise<void> {
  const ledger = db.collection<{ _id: string; digest: string }>(ledgerName);
  const digest = digestOf(specs);
  const known = LedgerEntry.safeParse(await ledger.findOne({ _id: ledgerName }));
  if (known.success && known.data.digest === digest) return;
  const existing = new Set(
    (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
  );
  for (const spec of specs) await ensureCollection(db, spec, existing.has(spec.name));
  await ledger.updateOne({ _id: ledgerName }, { $set: { digest } }, { upsert: true });
}

const namespaceExists = 48;

/** A compatible server may not know this keyword; then the fields are required and typed, but others are not refused. */
const isUnknownKeyword = (error: unknown) =>
  error instanceof MongoServerError && /additionalProperties/.test(error.message);

async function ensureCollection(db: Db, spec: CollectionSpec, exists: boolean): Promise<void> {
  const write = async (closed: boolean) => {
    const validator = buildValidator(spec, closed);
    if (exists) await db.command({ collMod: spec.name, validator });
    else await db.createCollection(spec.name, { validator });
  };
  await write(true)
    .catch((error: unknown) => {
      if (!isUnknownKeyword(error)) throw error;
      return write(false);
    })
    .catch((error: unknown) => {
      // Another process was faster.
      if (!(error instanceof MongoServerError && error.code === namespaceExists)) throw error;
    });
  for (const { key, options } of spec.indexes) await db.collection(spec.name).createIndex(key, options);
}
