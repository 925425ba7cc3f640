import type { Config } from '../../config/config.ts';
import { readEnv } from '../../config/env.ts';
import { readProxy } from '../../config/proxy.ts';
import { readSignInSecrets } from '../../config/sign-in.ts';
import { openProviders } from '../../pipeline/adapters/identity/open-providers.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { hasSecondFactor } from '../../pipeline/domain/second-factor.ts';
import type { User } from '../../pipeline/domain/user.ts';
import { missingPublicUrl, openDoors } from '../open-doors.ts';
import { type Found, fail, ok, type Result, warn } from './doctor-result.ts';

/** Whether the school's own sign-in answers, knows us, and can be trusted on the way; and who could still come in without it. */
export async function checkSignIn(config: Config, { accounts }: Pick<Found, 'accounts'>): Promise<Result> {
  const { cas, oidc, wecom, password } = config.signIn;
  if (cas === null && oidc === null && wecom === null) return ok('by password');
  if (config.http.publicUrl === null) return fail(missingPublicUrl().message);
  const wrong = await examineAll(config);
  if (wrong.length > 0) return fail(wrong.join(' | '));
  if (cas !== null && !isConfidential(cas.url)) {
    return fail(
      `GUANLAN_CAS_URL is plain http: whoever is on the way can say who signs in. Use the https address of ${new URL(cas.url).host}`,
    );
  }
  const names = [cas && 'CAS', oidc && 'OIDC', wecom && '企业微信'].filter(Boolean).join(', ');
  if (password === 'on') return ok(`by password and ${names}`);
  return describeEmergency(names, accounts ?? []);
}

function isConfidential(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

async function examineAll(config: Config): Promise<string[]> {
  const env = readEnv();
  const secrets = readSignInSecrets(env);
  const doors = openDoors({
    config,
    clock: systemClock,
    proxy: readProxy(env),
    openProviders: (ways) => openProviders(config.signIn, secrets, { ways, clock: systemClock }),
  });
  try {
    const findings = await Promise.all(
      doors.providers.map(async (door) => ({ name: door.provider, says: await door.examine() })),
    );
    return findings.flatMap(({ name, says }) => (says === null ? [] : [`${name}: ${says}`]));
  } catch (error) {
    if (error instanceof InvalidInput) return [error.message];
    throw error;
  } finally {
    await doors.close();
  }
}

/** On the day when the school's sign-in is away, somebody has to be able to come in. */
function describeEmergency(names: string, accounts: readonly User[]): Result {
  const kept = accounts.filter((user) => user.emergency && !user.disabled);
  if (kept.length === 0) {
    return warn(
      `by ${names}; no emergency account: guanlan user emergency LOGIN, and keep its password in the safe`,
    );
  }
  const bare = kept.filter((user) => !hasSecondFactor(user)).map(({ login }) => login);
  if (bare.length > 0) return warn(`by ${names}; without a second factor yet: ${bare.join(', ')}`);
  return ok(`by ${names}; emergency accounts: ${kept.map(({ login }) => login).join(', ')}`);
}
