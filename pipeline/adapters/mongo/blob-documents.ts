import type { Binary } from 'mongodb';
import { z } from 'zod';
import { RetentionClass } from '../../domain/retention-class.ts';
import { type CollectionSpec, field } from './schema.ts';

/** One blob in GridFS's own layout, so that its tools read it too; `_id` is the SHA-256 of the bytes. */
export const BlobDocument = z.object({
  _id: z.string(),
  length: z.number().int().nonnegative(),
  chunkSize: z.number().int().positive(),
  uploadDate: z.date(),
  filename: z.string(),
});
export type BlobDocument = z.infer<typeof BlobDocument>;

/** The `n`th piece of a blob. */
export interface ChunkDocument {
  _id: string;
  files_id: string;
  n: number;
  data: Binary;
}

/** GridFS's usual size of a piece, in bytes. */
export const chunkSize = 255 * 1024;

/** One bucket a retention class. @returns the names of its two collections */
export const bucketOf = (retention: RetentionClass) => ({
  files: `blobs.${retention}.files`,
  chunks: `blobs.${retention}.chunks`,
});

function bucketSpecs(retention: RetentionClass): CollectionSpec[] {
  const { files, chunks } = bucketOf(retention);
  return [
    {
      name: files,
      fields: {
        length: field.number,
        chunkSize: field.number,
        uploadDate: { bsonType: 'date' },
        filename: field.text,
      },
      indexes: [],
    },
    {
      name: chunks,
      fields: { files_id: field.text, n: field.number, data: { bsonType: 'binData' } },
      indexes: [
        {
          key: { files_id: 1, n: 1 },
          options: { unique: true },
          since: '2026-11-22',
          reason: 'the pieces of one blob in their order, as every GridFS reader asks for them',
        },
      ],
    },
  ];
}

export const blobSpecs: readonly CollectionSpec[] = RetentionClass.options.flatMap(bucketSpecs);
