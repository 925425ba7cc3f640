import { z } from 'zod';
import { Instant } from './time.ts';

/** A one-time link 一次性链接 for a leader: to read, on one device; acting needs a login. Of its token only a digest is kept. */
export const DraftLink = z.object({
  /** Of the link, not its secret: stands in the audit. */
  id: z.string(),
  draftId: z.string(),
  /** Another version is not shown by it. */
  contentVersion: z.int().positive(),
  digest: z.string(),
  createdBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  deviceDigest: z.string().nullable(),
  openedAt: Instant.nullable(),
});
export type DraftLink = z.infer<typeof DraftLink>;

export const draftLinkHours = 72;
