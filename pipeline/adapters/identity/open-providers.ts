import type { Clock } from '../../ports/clock.ts';
import type { Egress } from '../../ports/egress.ts';
import type { IdentityProvider } from '../../ports/identity-provider.ts';
import { type CasOptions, openCasProvider } from './cas.ts';
import { type OidcOptions, openOidcProvider } from './oidc.ts';
import { openWecomProvider, type WecomOptions } from './wecom.ts';

export interface ProviderOptions {
  cas: CasOptions | null;
  oidc: Omit<OidcOptions, 'clientSecret'> | null;
  wecom: Omit<WecomOptions, 'secret'> | null;
  /** Which of them are asked through the proxy. */
  proxied: 'wecom' | 'all' | 'none';
}

export interface ProviderSecrets {
  oidcClientSecret: string | null;
  wecomSecret: string | null;
}

/** What goes straight out, and what goes through the proxy: the same where there is none. */
export interface Ways {
  direct: Egress;
  proxied: Egress;
}

/** The school's own sign-in, as far as it is configured, in the order of the page. */
export function openProviders(
  options: ProviderOptions,
  secrets: ProviderSecrets,
  { ways, clock }: { ways: Ways; clock: Pick<Clock, 'now'> },
): IdentityProvider[] {
  const { cas, oidc, wecom } = options;
  const campus = options.proxied === 'all' ? ways.proxied : ways.direct;
  const outside = options.proxied === 'none' ? ways.direct : ways.proxied;
  const providers: IdentityProvider[] = [];
  if (cas !== null) providers.push(openCasProvider(cas, campus));
  if (oidc !== null && secrets.oidcClientSecret !== null) {
    const whole = { ...oidc, clientSecret: secrets.oidcClientSecret };
    providers.push(openOidcProvider(whole, { egress: campus, clock }));
  }
  if (wecom !== null && secrets.wecomSecret !== null) {
    providers.push(openWecomProvider({ ...wecom, secret: secrets.wecomSecret }, { egress: outside, clock }));
  }
  return providers;
}
