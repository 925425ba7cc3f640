import { z } from 'zod';

export const ObjectionPlatform = z.enum(['weibo', 'wechat', 'site']);
export type ObjectionPlatform = z.infer<typeof ObjectionPlatform>;

/**
 * Somebody who does not want what they write to be gathered (R13). Who it is cannot be read here: `digest` is keyed, and the key lies
 * outside the database. Used for nothing but leaving out, and kept until it is taken back.
 */
export const Objection = z.strictObject({
  id: z.string(),
  platform: ObjectionPlatform,
  /** HMAC-SHA-256 of the platform's author id, hex. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  kid: z.string(),
  receivedOn: z.iso.date(),
  /** The document number of the objection; no name. */
  reference: z.string().min(1).max(60),
});
export type Objection = z.infer<typeof Objection>;
