import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  type Collection,
  type CreateIndexesOptions,
  type Db,
  type Document,
  MongoServerError,
} from 'mongodb';
import { z } from 'zod';
import { AccessClass } from '../../domain/access-class.ts';
import { Permanent } from '../../domain/errors.ts';
import { RetentionClass } from '../../domain/retention-class.ts';
import { isDuplicateKey } from './mongo-errors.ts';

/**
 * One collection: what may stand in it, and how it is found. While a new release is being rolled out, processes of the old one
 * go on writing; so a change adds fields and indexes, and what must go, or become narrower, goes with the release after.
 */
export interface CollectionSpec {
  name: string;
  /** 1 unless told; raised with every change, so that an older process never puts back what it knows. */
  version?: number;
  /**
   * Fields of the first version and their types: every document has them, and MongoDB refuses any that is in neither list
   * (R3: there is no place for an author). `_id` is a string.
   */
  fields: Record<string, Document>;
  /** Fields added since. Documents of before, and of processes not yet exchanged, lack them: whoever reads one says what that means. */
  laterFields?: Record<string, LaterField>;
  indexes: readonly IndexSpec[];
}

interface LaterField {
  /** The day it was added, YYYY-MM-DD. */
  since: string;
  type: Document;
}

interface IndexSpec {
  key: Record<string, 1 | -1>;
  /** A name of its own lets an index stand beside an older one of the same key. */
  options?: Pick<CreateIndexesOptions, 'unique' | 'partialFilterExpression' | 'name'>;
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
  bytes: { bsonType: 'binData' },
  bytesOrNull: { bsonType: ['binData', 'null'] },
  list: { bsonType: 'array' },
  texts: { bsonType: 'array', items: { bsonType: 'string' } },
  object: { bsonType: 'object' },
  objectOrNull: { bsonType: ['object', 'null'] },
  accessClass: { enum: AccessClass.options },
  retentionClass: { enum: RetentionClass.options },
} as const satisfies Record<string, Document>;

function buildValidator({ fields, laterFields = {} }: CollectionSpec, closed: boolean): Document {
  const first = { _id: field.text, ...fields };
  const later = Object.entries(laterFields).map(([name, { type }]) => [name, type]);
  const schema = {
    bsonType: 'object',
    required: Object.keys(first),
    properties: { ...first, ...Object.fromEntries(later) },
  };
  return { $jsonSchema: closed ? { ...schema, additionalProperties: false } : schema };
}

/** What the database says of itself: one document a collection. `digest` is empty while somebody is at it. */
const LedgerEntry = z.object({ _id: z.string(), version: z.number(), digest: z.string() });
type LedgerEntry = z.infer<typeof LedgerEntry>;

/** Tells one state of a collection from another. */
export function digestOf(spec: CollectionSpec): string {
  const material = [buildValidator(spec, true), spec.indexes];
  return createHash('sha256').update(JSON.stringify(material)).digest('hex');
}

const versionOf = ({ version = 1 }: CollectionSpec) => version;

/**
 * Brings collections, validators and indexes to what `specs` say; a database that stands so already costs one read. Safe to
 * run in many processes at a time, of several versions too, and again after it was cut off: what a newer version has brought up
 * stays. An index no longer listed stays until it is dropped by hand.
 * @throws Permanent when an index stands with other options
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
  const ledger = db.collection<LedgerEntry>('schema');
  const known = new Map<string, LedgerEntry>();
  for (const document of await ledger.find().toArray()) {
    const entry = LedgerEntry.safeParse(document);
    if (entry.success) known.set(entry.data._id, entry.data);
  }
  const stale = specs.filter((spec) => {
    const entry = known.get(spec.name);
    if (entry === undefined) return true;
    return entry.version <= versionOf(spec) && entry.digest !== digestOf(spec);
  });
  for (const spec of stale) {
    if (await claim(ledger, spec)) {
      await ensureCollection(db, spec);
      await settle(ledger, spec);
    }
  }
}

/** @returns whether no newer version has been here */
async function claim(ledger: Collection<LedgerEntry>, spec: CollectionSpec): Promise<boolean> {
  const entry = { version: versionOf(spec), digest: '' };
  try {
    await ledger.insertOne({ _id: spec.name, ...entry });
    return true;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const older = { _id: spec.name, version: { $lte: entry.version } };
    return (await ledger.updateOne(older, { $set: entry })).matchedCount === 1;
  }
}

async function settle(ledger: Collection<LedgerEntry>, spec: CollectionSpec): Promise<void> {
  const version = versionOf(spec);
  const digest = digestOf(spec);
  const settled = await ledger.updateOne({ _id: spec.name, version }, { $set: { digest } });
  // A newer version came by meanwhile, and may have been undone here: its next process does it again.
  if (settled.matchedCount === 0) await ledger.updateOne({ _id: spec.name }, { $set: { digest: '' } });
}

async function ensureCollection(db: Db, spec: CollectionSpec): Promise<void> {
  try {
    await writeValidator(db, spec, true);
  } catch (error) {
    if (!isUnknownKeyword(error)) throw error;
    await writeValidator(db, spec, false);
  }
  for (const index of spec.indexes) await ensureIndex(db, spec.name, index);
}

const namespaceExists = 48;

/** A compatible server may not know this keyword; then the fields are required and typed, but others are not refused. */
const isUnknownKeyword = (error: unknown) =>
  error instanceof MongoServerError && /additionalProperties/.test(error.message);

/** `moderate`: a document of before, which a narrower validator would refuse, can still be changed and so be mended. */
async function writeValidator(db: Db, spec: CollectionSpec, closed: boolean): Promise<void> {
  const rules = { validator: buildValidator(spec, closed), validationLevel: 'moderate' } as const;
  try {
    await db.createCollection(spec.name, rules);
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === namespaceExists)) throw error;
    await db.command({ collMod: spec.name, ...rules });
  }
}

/** The index of a big collection takes longer than any other call may. */
const patient = { socketTimeoutMS: 0 };
const indexConflicts = new Set<unknown>([85, 86]);

async function ensureIndex(db: Db, collection: string, { key, options }: IndexSpec): Promise<void> {
  try {
    await db.collection(collection).createIndex(key, { ...options, ...patient });
  } catch (error) {
    if (!(error instanceof MongoServerError && indexConflicts.has(error.code))) throw error;
    const name =
      options?.name ??
      Object.entries(key)
        .map(([path, direction]) => `${path}_${direction}`)
        .join('_');
    throw new Permanent(
      `The index ${name} of the collection ${collection} stands with other options than this version wants. ` +
        `Drop it (db.${collection}.dropIndex('${name}')) and start again: ${error.message}`,
    );
  }
}
