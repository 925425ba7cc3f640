import { z } from 'zod';
import type { Handover, HandoverState } from './handover.ts';
import { Instant } from './time.ts';

/** A one-time link 一次性链接: shows one slip on one device, without login. Its token is kept nowhere, only a digest of it. */
export const HandoverLink = z.object({
  /** Of the link, not its secret: stands in the read log. */
  id: z.string(),
  handoverId: z.string(),
  digest: z.string(),
  createdBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  /** Of the first device's own cookie; null until it was opened. */
  deviceDigest: z.string().nullable(),
  openedAt: Instant.nullable(),
});
export type HandoverLink = z.infer<typeof HandoverLink>;

export const linkHours = 72;

const opening: readonly HandoverState[] = ['sent', 'received', 'answered'];

/** May this device see the slip by this link now? A link made for a unit says nothing to the one that the slip went to afterwards. */
export function isOpenTo(link: HandoverLink, slip: Handover, deviceDigest: string, at: string): boolean {
  return (
    at < link.expiresAt &&
    (link.deviceDigest === null || link.deviceDigest === deviceDigest) &&
    opening.includes(slip.state) &&
    slip.originAccessClass !== 'safety' &&
    link.createdAt >= slip.sentAt
  );
}
