import { GuanlanError } from '../../domain/errors.ts';
import { IdentityRefused } from '../../domain/identity.ts';
import type { Egress, EgressAllowance, EgressCall, EgressResponse } from '../../ports/egress.ts';

const withinMs = 10_000;
const maxBytes = 256 * 1024;
/** Far above what a school signs in by, far below what would hurt its server. */
const requestsPerMinute = 6000;

/** What a provider's server may be asked for: these addresses and what lies below them, and nothing else. */
export function allowanceOf(addresses: readonly string[]): EgressAllowance {
  const hosts = addresses.map((address) => {
    const { host, pathname } = new URL(address);
    return { host, paths: [pathname] };
  });
  // A school's sign-in mostly stands in its own network.
  return { hosts, privateAddress: true, requestsPerMinute };
}

/** One request, without redirects, of limited size and time. @throws IdentityRefused `unavailable` */
export async function askProvider(
  egress: Pick<Egress, 'fetch'>,
  allowance: EgressAllowance,
  call: EgressCall,
): Promise<EgressResponse> {
  const signal = AbortSignal.timeout(withinMs);
  try {
    return await egress.fetch({
      maxBytes,
      ...call,
      allowance,
      redirects: 'return',
      robots: 'not-asked',
      signal,
    });
  } catch (error) {
    throw new IdentityRefused('unavailable', describe(error, signal));
  }
}

function describe(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return `no answer within ${withinMs / 1000} s`;
  if (error instanceof GuanlanError) return error.message;
  return error instanceof Error ? error.message : 'the request failed';
}
