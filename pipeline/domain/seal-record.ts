import { z } from 'zod';
import { Instant } from './time.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** SHA-256 of each part, hex: when something does not fit any more, they tell which. */
export const SealParts = z.object({
  title: Sha256,
  text: Sha256,
  images: Sha256,
  links: Sha256,
  attachments: Sha256,
  /** Of the machine report. */
  report: Sha256,
});
export type SealParts = z.infer<typeof SealParts>;

/** 定稿锁定: the installation's signature over the normal form of one version and its machine report (docs/decisions/0036). */
export const SealRecord = z.object({
  /** Names the key; older keys stay, to verify what they signed. */
  kid: z.string(),
  algorithm: z.literal('Ed25519'),
  /** Version of the normal form. */
  normalForm: z.string(),
  /** The content version that is sealed. */
  version: z.int().positive(),
  parts: SealParts,
  /** SHA-256, hex, of the canonical bytes: the parts, the version of the content, when it was sealed, and the tag of the form. */
  digest: Sha256,
  /** SHA-256, hex, of the machine report, which the digest covers. */
  reportDigest: Sha256,
  /** base64url, over the digest's bytes with its version tag. */
  signature: z.string(),
  at: Instant,
});
export type SealRecord = z.infer<typeof SealRecord>;
