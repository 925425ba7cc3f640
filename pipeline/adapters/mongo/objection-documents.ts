import { z } from 'zod';
import { Objection } from '../../domain/objection.ts';
import { type CollectionSpec, field } from './schema.ts';

export const ObjectionDocument = Objection.omit({ id: true }).extend({ _id: z.string() });
export type ObjectionDocument = z.infer<typeof ObjectionDocument>;

/** One document, `_id` is `head`. */
export interface ObjectionHead {
  _id: string;
  version: number;
}

export const objectionSpecs: readonly CollectionSpec[] = [
  {
    name: 'objections',
    fields: {
      platform: field.text,
      digest: field.text,
      kid: field.text,
      receivedOn: field.text,
      reference: field.text,
    },
    indexes: [
      {
        key: { platform: 1, kid: 1, digest: 1 },
        options: { unique: true },
        since: '2026-11-23',
        reason: 'nobody is on the list twice',
      },
    ],
  },
  { name: 'objection_head', fields: { version: field.number }, indexes: [] },
];
