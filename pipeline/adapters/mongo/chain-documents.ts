import type { Collection, Db } from 'mongodb';
import type { Anchor, ChainLink } from '../../domain/audit.ts';
import { type AuditCollections, auditCollections } from './audit-documents.ts';
import { type CollectionSpec, field } from './schema.ts';

/** `_id` is the entry's id, so that no entry can be linked twice. */
export type LinkDocument = Omit<ChainLink, 'entryId'> & { _id: string };
export type AnchorDocument = Anchor & { _id: string };
/** The newest fencing token seen. Every chainer writes here first (`rounds`), so that no two can commit side by side. */
interface FenceDocument {
  _id: 'chainer';
  token: number;
  rounds: number;
}

export interface ChainCollections extends AuditCollections {
  links: Collection<LinkDocument>;
  anchors: Collection<AnchorDocument>;
  fence: Collection<FenceDocument>;
}

export function chainCollections(db: Db): ChainCollections {
  return {
    ...auditCollections(db),
    links: db.collection('audit_links'),
    anchors: db.collection('audit_anchors'),
    fence: db.collection('audit_fence'),
  };
}

export const chainSpecs: readonly CollectionSpec[] = [
  {
    name: 'audit_links',
    fields: { chain: field.text, seq: field.number, prevHash: field.text, hash: field.text },
    indexes: [
      {
        key: { chain: 1, seq: 1 },
        options: { unique: true },
        since: '2026-11-22',
        reason: 'a chain in its order, and its head; no place in a chain is given twice',
      },
    ],
  },
  {
    name: 'audit_anchors',
    fields: {
      chain: field.text,
      seq: field.number,
      hash: field.text,
      at: field.text,
      kid: field.text,
      signature: field.text,
    },
    indexes: [
      {
        key: { chain: 1, seq: 1 },
        options: { unique: true },
        since: '2026-11-22',
        reason: 'the anchors of a chain in their order; one anchor a place',
      },
    ],
  },
  { name: 'audit_fence', fields: { token: field.number, rounds: field.number }, indexes: [] },
];
