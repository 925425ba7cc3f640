import type { Credentials, OpenedCredential } from '../pipeline/commands/credentials.ts';
import type { CrawledChannel } from '../pipeline/domain/channel.ts';
import type { CredentialKind, CredentialSecret } from '../pipeline/domain/credential.ts';
import { CredentialExpired } from '../pipeline/domain/errors.ts';
import type { Clock } from '../pipeline/ports/clock.ts';
import type { Access } from './access.ts';

/** Of a credential, what a call carries. */
function carried(secret: CredentialSecret): string {
  if ('cookie' in secret) return secret.cookie;
  if ('accessToken' in secret) return secret.accessToken;
  return secret.appSecret;
}

/** A credential that a person stores and renews by hand, as it stands at each call. */
export function openStoredAccess(
  ports: { credentials: Credentials; clock: Pick<Clock, 'now'> },
  channel: CrawledChannel,
  kind: CredentialKind,
): Access {
  const { credentials, clock } = ports;
  const renewal = `guanlan credential set ${channel.id} --kind ${kind}`;
  let used: OpenedCredential | null = null;
  const expired = (what: string) =>
    new CredentialExpired(channel.responsible ?? channel.unit, `${what}; store a new one: ${renewal}`);
  return {
    async secret() {
      used = await credentials.find(channel.id, kind);
      if (used === null) throw expired(`no ${kind} is stored for channel ${channel.id}`);
      const { state, expiresAt, reason } = used.facts;
      if (state === 'refused')
        throw expired(`the platform refused the stored ${kind} (${reason ?? 'no reason given'})`);
      if (expiresAt !== null && expiresAt <= clock.now())
        throw expired(`the stored ${kind} expired at ${expiresAt}`);
      return carried(used.secret);
    },
    async renew() {
      throw expired(`the stored ${kind} has gone stale`);
    },
    async refused(reason) {
      const version = used?.facts.version;
      if (version !== undefined) await credentials.markRefused(channel.id, kind, { version, reason });
    },
    standing: () => credentials.standing(channel.id, [kind]),
  };
}
