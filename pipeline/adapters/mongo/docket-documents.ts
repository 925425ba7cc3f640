import type { Collection, Db } from 'mongodb';
import { z } from 'zod';
import { DocketKind, type DocketText } from '../../domain/docket.ts';
import { StoredEntry } from '../docket-record.ts';
import { type AuditCollections, auditCollections } from './audit-documents.ts';
import { type CollectionSpec, field } from './schema.ts';

type EntryDocument = Omit<StoredEntry, 'id'> & { _id: string; expiresAt: string };
/** `_id` is the entry's, and the name. */
interface TextDocument extends Omit<DocketText, 'postIds'> {
  _id: string;
  entryId: string;
  retentionClass: 'comment';
  postIds: string[];
}
/** The last number given, which outlives the entries; `_id` is kind and year. */
interface SerialDocument {
  _id: string;
  serial: number;
}

export interface DocketCollections extends AuditCollections {
  entries: Collection<EntryDocument>;
  texts: Collection<TextDocument>;
  serials: Collection<SerialDocument>;
}

export function docketCollections(db: Db): DocketCollections {
  return {
    ...auditCollections(db),
    entries: db.collection('docket_entries'),
    texts: db.collection('docket_texts'),
    serials: db.collection('docket_serials'),
  };
}

export function parseEntryDocument(document: unknown): StoredEntry {
  const { _id, ...fields } = z.looseObject({ _id: z.string() }).parse(document);
  return StoredEntry.parse({ id: _id, ...fields });
}

export const docketSpecs: readonly CollectionSpec[] = [
  {
    name: 'docket_entries',
    fields: {
      kind: { enum: DocketKind.options },
      year: field.number,
      serial: field.number,
      version: field.number,
      openedAt: field.text,
      facts: field.object,
      moves: field.list,
      expiresAt: field.text,
    },
    indexes: [
      {
        key: { kind: 1, year: 1, serial: 1 },
        options: { unique: true },
        since: '2026-11-23',
        reason: 'no number is given twice; the entries of a year',
      },
      { key: { kind: 1, openedAt: -1, _id: -1 }, since: '2026-11-23', reason: 'a register, newest first' },
      { key: { expiresAt: 1 }, since: '2026-11-23', reason: 'the purge' },
    ],
  },
  {
    name: 'docket_texts',
    version: 2,
    fields: {
      entryId: field.text,
      name: field.text,
      text: field.text,
      accessClass: field.accessClass,
      retentionClass: field.retentionClass,
      expiresAt: field.text,
      postIds: field.texts,
    },
    indexes: [
      { key: { entryId: 1 }, since: '2026-11-23', reason: 'the texts of an entry' },
      { key: { postIds: 1 }, since: '2026-11-23', reason: 'what quotes a post that is erased' },
      { key: { expiresAt: 1 }, since: '2026-11-23', reason: 'the purge' },
    ],
  },
  { name: 'docket_serials', fields: { serial: field.number }, indexes: [] },
];
