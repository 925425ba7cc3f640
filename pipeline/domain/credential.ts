import { z } from 'zod';
import { Instant } from './time.ts';

/** What the school's own account is let in with, by kind. `wechat-token` is what the platform lends for two hours. */
export const credentialSecrets = {
  'weibo-oauth': z.strictObject({
    accessToken: z.string().min(1),
    /** The account that granted it: must be the channel's own. */
    uid: z.string(),
  }),
  'weibo-app': z.strictObject({
    appKey: z.string().min(1),
    appSecret: z.string().min(1),
    redirectUri: z.string().min(1),
  }),
  'weibo-cookie': z.strictObject({ cookie: z.string().min(1) }),
  'wechat-app': z.strictObject({ appSecret: z.string().min(1) }),
  'wechat-token': z.strictObject({ accessToken: z.string().min(1) }),
} as const;

export const CredentialKind = z.enum([
  'weibo-oauth',
  'weibo-app',
  'weibo-cookie',
  'wechat-app',
  'wechat-token',
]);
export type CredentialKind = z.infer<typeof CredentialKind>;

export type CredentialSecret<K extends CredentialKind = CredentialKind> = z.infer<
  (typeof credentialSecrets)[K]
>;

/** `refused`: the platform would not take it. Only a person's new one, a new version, makes it `ok` again. */
const CredentialState = z.enum(['ok', 'refused']);

/** What is known of a credential without opening it. */
export const CredentialFacts = z.object({
  channelId: z.string(),
  kind: CredentialKind,
  version: z.int().positive(),
  state: CredentialState,
  /** As the platform said, or as a person noted; null where nobody knows. */
  expiresAt: Instant.nullable(),
  savedAt: Instant,
  /** Why it was refused, in the platform's code, never in its words about persons. */
  reason: z.string().nullable(),
});
export type CredentialFacts = z.infer<typeof CredentialFacts>;

/** How a channel's credential stands when a window is closed: part of the ledger. */
export const CredentialStanding = z.enum(['none-needed', 'ok', 'expiring', 'expired', 'refused', 'missing']);
export type CredentialStanding = z.infer<typeof CredentialStanding>;

const expiringWithinMs = 14 * 86_400_000;

/** Worst first: the first that is true of any credential is true of them all. */
const standingOrder = ['missing', 'refused', 'expired', 'expiring', 'ok'] as const;

function standingOf(facts: CredentialFacts | undefined, now: string): (typeof standingOrder)[number] {
  if (facts === undefined) return 'missing';
  if (facts.state === 'refused') return 'refused';
  if (facts.expiresAt === null) return 'ok';
  const leftMs = Date.parse(facts.expiresAt) - Date.parse(now);
  if (leftMs <= 0) return 'expired';
  return leftMs <= expiringWithinMs ? 'expiring' : 'ok';
}

/**
 * How a channel stands that needs these kinds: as the worst of them. `expiring`: within 14 days.
 * @param known the facts of one channel
 */
export function credentialStanding(
  known: readonly CredentialFacts[],
  kinds: readonly CredentialKind[],
  now: string,
): CredentialStanding {
  if (kinds.length === 0) return 'none-needed';
  const found = new Set(
    kinds.map((kind) =>
      standingOf(
        known.find((facts) => facts.kind === kind),
        now,
      ),
    ),
  );
  return standingOrder.find((standing) => found.has(standing)) ?? 'ok';
}
