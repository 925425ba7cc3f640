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
export const CredentialState = z.enum(['ok', 'refused']);
export type CredentialState = z.infer<typeof CredentialState>;

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
