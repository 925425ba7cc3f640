import { Binary } from 'mongodb';
import { z } from 'zod';
import { CredentialFacts } from '../../domain/credential.ts';
import { type CollectionSpec, field } from './schema.ts';

/** `_id` is channel and kind. `sealed` is null once removed: the document stays, so that the version only grows. */
export const CredentialDocument = CredentialFacts.extend({
  _id: z.string(),
  kid: z.string(),
  sealed: z.instanceof(Binary).nullable(),
});
export type CredentialDocument = z.infer<typeof CredentialDocument>;

export const credentialSpecs: readonly CollectionSpec[] = [
  {
    name: 'credentials',
    fields: {
      channelId: field.text,
      kind: field.text,
      version: field.number,
      state: field.text,
      expiresAt: field.textOrNull,
      savedAt: field.text,
      reason: field.textOrNull,
      kid: field.text,
      sealed: { bsonType: ['binData', 'null'] },
    },
    indexes: [],
  },
];
