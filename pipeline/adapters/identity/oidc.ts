import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  discovery,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { IdentityRefused, normaliseSubject, type SubjectCase } from '../../domain/identity.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Egress, EgressAllowance } from '../../ports/egress.ts';
import type { IdentityProvider } from '../../ports/identity-provider.ts';
import { allowanceOf, askProvider } from './ask-provider.ts';

export interface OidcOptions {
  /** As the provider names itself. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Other hosts that its token and key addresses stand at. */
  hosts: readonly string[];
  /** Which claim of the ID token says who it is. */
  claim: string;
  subjectCase: SubjectCase;
  label: string;
}

/** How far the two clocks may be apart, in seconds. */
const toleranceSeconds = 60;
const discoveryLivesMs = 3_600_000;
const loopback = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

/** As the server can do it; what it does not say is `client_secret_basic` by the specification. */
function authenticateBy(secret: string): ClientAuth {
  const basic = ClientSecretBasic(secret);
  const post = ClientSecretPost(secret);
  return (server, client, body, headers) => {
    const known = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const apply = known.includes('client_secret_basic') ? basic : post;
    apply(server, client, body, headers);
  };
}

/** The library's calls go out by our one way out; what says who asks is that one's own. */
function fetchThrough(egress: Pick<Egress, 'fetch'>, allowance: EgressAllowance): CustomFetch {
  return async (url, { method, headers, body }) => {
    const passed = ['accept', 'content-type', 'authorization'];
    const given = Object.entries(headers).filter(([name]) => passed.includes(name.toLowerCase()));
    const answer = await askProvider(egress, allowance, {
      url,
      method: method === 'POST' ? 'POST' : 'GET',
      headers: Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])),
      ...(body === null || body === undefined ? {} : { body: String(body) }),
    });
    const isEmpty = answer.status === 204 || answer.status === 304;
    const bytes = isEmpty ? null : new Uint8Array(answer.body);
    return new Response(bytes, { status: answer.status, headers: answer.headers });
  };
}

/** OpenID Connect: code flow with PKCE, state and nonce; who it is stands in the ID token. */
export function openOidcProvider(
  options: OidcOptions,
  { egress, clock }: { egress: Pick<Egress, 'fetch'>; clock: Pick<Clock, 'now'> },
): IdentityProvider {
  const issuer = new URL(options.issuer);
  const allowance = allowanceOf([`${issuer.origin}/`, ...options.hosts.map((host) => `https://${host}/`)]);
  const discover = () =>
    discovery(
      issuer,
      options.clientId,
      { [clockTolerance]: toleranceSeconds },
      authenticateBy(options.clientSecret),
      {
        [customFetch]: fetchThrough(egress, allowance),
        // Without TLS on this machine alone: of a simulation.
        execute: loopback.test(issuer.hostname) ? [allowInsecureRequests] : [],
      },
    );
  const readConfiguration = keepFor(discoveryLivesMs, discover, clock);

  return {
    provider: 'oidc',
    label: options.label,
    signsOut: true,
    begin: (flow) =>
      refusing(async () => {
        const configuration = await readConfiguration();
        return buildAuthorizationUrl(configuration, {
          redirect_uri: flow.callback,
          scope: 'openid profile',
          state: flow.state,
          nonce: flow.nonce,
          code_challenge: await calculatePKCECodeChallenge(flow.verifier),
          code_challenge_method: 'S256',
        }).href;
      }),
    identify: (query, flow) =>
      refusing(async () => {
        const configuration = await readConfiguration();
        const answer = await authorizationCodeGrant(
          configuration,
          new URL(`${flow.callback}?${query.toString()}`),
          {
            pkceCodeVerifier: flow.verifier,
            expectedState: flow.state,
            expectedNonce: flow.nonce,
            idTokenExpected: true,
          },
        );
        const claimed = answer.claims()?.[options.claim];
        if (typeof claimed !== 'string') {
          throw new IdentityRefused(
            'misconfigured',
            `the ID token has no claim "${options.claim}" (GUANLAN_OIDC_CLAIM)`,
          );
        }
        const subject = normaliseSubject(claimed, options.subjectCase);
        if (subject === null)
          throw new IdentityRefused('garbled', 'the ID token vouches for somebody without a name');
        return { subject, ticket: null };
      }),
    findSignOut: (back) =>
      refusing(async () => {
        const configuration = await readConfiguration();
        if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
        return buildEndSessionUrl(configuration, { post_logout_redirect_uri: back }).href;
      }),
    findEnded: () => null,
    examine: async () => {
      try {
        await refusing(discover);
        return null;
      } catch (error) {
        return error instanceof IdentityRefused ? error.message : String(error);
      }
    },
  };
}

/** One look for all who ask meanwhile; a failed one is not kept. */
function keepFor(
  livesMs: number,
  look: () => Promise<Configuration>,
  clock: Pick<Clock, 'now'>,
): () => Promise<Configuration> {
  let kept: { looking: Promise<Configuration>; untilMs: number } | null = null;
  return () => {
    const nowMs = Date.parse(clock.now());
    if (kept === null || kept.untilMs <= nowMs) {
      const looking = look();
      const mine = { looking, untilMs: nowMs + livesMs };
      kept = mine;
      looking.catch(() => {
        if (kept === mine) kept = null;
      });
    }
    return kept.looking;
  };
}

/** @throws IdentityRefused for whatever the library says */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): IdentityRefused {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof IdentityRefused) return at;
  }
  if (error instanceof AuthorizationResponseError) {
    const isOwnChoice = ['access_denied', 'login_required', 'interaction_required'].includes(error.error);
    return new IdentityRefused(isOwnChoice ? 'cancelled' : 'misconfigured', `OIDC: ${plain(error.error)}`);
  }
  if (error instanceof ResponseBodyError) {
    const isExpired = error.error === 'invalid_grant';
    return new IdentityRefused(isExpired ? 'expired' : 'misconfigured', `OIDC: ${plain(error.error)}`);
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    return new IdentityRefused('misconfigured', 'OIDC: client id or secret is refused');
  }
  const code = error instanceof Error && 'code' in error ? plain(String(error.code)) : 'unknown';
  return new IdentityRefused('garbled', `OIDC: an answer is refused (${code})`);
}

/** A code of the other side's, as the log may hold it. */
const plain = (code: string) => (/^[\w-]{1,60}$/.test(code) ? code : 'without a code');
