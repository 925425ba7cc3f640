import { z } from 'zod';
import { Instant } from './time.ts';

/** 定稿锁定: the installation's signature over the normal form of one version and its machine report (docs/decisions/0036). */
export const SealRecord = z.object({
  /** Names the key; older keys stay, to verify what they signed. */
  kid: z.string(),
  algorithm: z.literal('Ed25519'),
  /** Version of the normal form. */
  normalForm: z.string(),
  /** The content version that is sealed. */
  version: z.int().positive(),
  /** SHA-256, hex, of the canonical bytes. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** SHA-256, hex, of the machine report, which the digest covers. */
  reportDigest: z.string().regex(/^[0-9a-f]{64}$/),
  /** base64url, over the digest's bytes with its version tag. */
  signature: z.string(),
  at: Instant,
});
export type SealRecord = z.infer<typeof SealRecord>;
