import { openEgress } from '../crawlers/fetch/egress.ts';
import type { Context } from '../pipeline/context.ts';
import { InvalidInput } from '../pipeline/domain/errors.ts';
import type { IdentityProvider } from '../pipeline/ports/identity-provider.ts';

export interface OpenedDoors {
  providers: IdentityProvider[];
  close(): Promise<void>;
}

/**
 * The school's own sign-in, over the one way out.
 * @throws InvalidInput where it has no address to send browsers back to
 */
export function openDoors({
  config,
  clock,
  proxy,
  openProviders,
}: Pick<Context, 'config' | 'clock' | 'proxy' | 'openProviders'>): OpenedDoors {
  const { cas, oidc, wecom } = config.signIn;
  if (cas === null && oidc === null && wecom === null) return { providers: [], close: async () => {} };
  if (config.http.publicUrl === null) throw missingPublicUrl();
  const direct = openEgress({ clock });
  const proxied = proxy === null ? direct : openEgress({ clock, proxy });
  return {
    providers: openProviders({ direct, proxied }),
    close: async () => {
      await direct.close();
      if (proxied !== direct) await proxied.close();
    },
  };
}

export const missingPublicUrl = () =>
  new InvalidInput(
    'GUANLAN_PUBLIC_URL',
    'GUANLAN_PUBLIC_URL is missing: the school’s sign-in must be told where to send people back to',
    'the address people use, e.g. https://guanlan.example.edu.cn',
  );
