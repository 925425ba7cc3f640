import { z } from 'zod';
import { SettingsKind } from '../../domain/settings.ts';
import { type CollectionSpec, field } from './schema.ts';

const Newest = z.object({ version: z.int().positive(), digest: z.string() });

/** The one document that every save competes for. What it names never changes, so that reading needs no transaction. */
export const SettingsHead = z.object({
  _id: z.literal('head'),
  version: z.int().positive(),
  /** The newest version of every kind that has one. */
  newest: z.partialRecord(SettingsKind, Newest),
});
export type SettingsHead = z.infer<typeof SettingsHead>;

/** Every version is kept: a verdict's stamp names the settings it was made with. `_id` is `kind@version`. */
export const SettingsVersionDocument = z.object({
  _id: z.string(),
  version: z.int().positive(),
  kind: SettingsKind,
  /** JSON: what the digest covers, to the letter. */
  body: z.string(),
  digest: z.string(),
  at: z.string(),
  actorId: z.string().nullable(),
  source: z.string(),
});
export type SettingsVersionDocument = z.infer<typeof SettingsVersionDocument>;

export const settingsSpecs: readonly CollectionSpec[] = [
  { name: 'settings_head', fields: { version: field.number, newest: field.object }, indexes: [] },
  {
    name: 'settings_versions',
    version: 4,
    fields: {
      version: field.number,
      kind: { enum: SettingsKind.options },
      body: field.text,
      digest: field.text,
      at: field.text,
      actorId: field.textOrNull,
      source: field.text,
    },
    indexes: [
      {
        key: { version: -1 },
        options: { unique: true },
        since: '2026-11-22',
        reason: 'the list of changes, newest first; a version is given once',
      },
    ],
  },
];
