import type { CrawledChannel } from '../pipeline/domain/channel.ts';
import type { CredentialKind, CredentialStanding } from '../pipeline/domain/credential.ts';

/** What lets a run in at a platform, as the school's own account. */
export interface Access {
  /** Opened; held no longer than one call. @throws CredentialExpired when none is there or the platform has refused it */
  secret(): Promise<string>;
  /** Instead of one that went stale. @throws CredentialExpired, RetryLater */
  renew(stale: string): Promise<string>;
  /** The platform refused it: it is not used again until a person brings a new one. @param reason quotes no answer */
  refused(reason: string): Promise<void>;
  standing(): Promise<CredentialStanding>;
}

export type OpenAccess = (channel: CrawledChannel, kind: CredentialKind) => Access;
