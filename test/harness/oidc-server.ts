import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/** A real OpenID provider. Whoever asks is `control.account`, unasked. */
export interface OidcServer {
  issuer: string;
  clientId: string;
  clientSecret: string;
  control: { account: string | null; claims: Record<string, unknown> };
  close(): Promise<void>;
}

const clientId = 'guanlan';
const clientSecret = 'guanlan-oidc-secret-0123456789abcdef';

/** On a free port. @param redirectUris and the address to come back to after signing out */
export async function startOidcServer(
  redirectUris: string[],
  backUri: string,
  authMethod: 'client_secret_basic' | 'client_secret_post' = 'client_secret_basic',
): Promise<OidcServer> {
  const control: OidcServer['control'] = { account: 'zhou.ws', claims: { employee_number: '20190042' } };
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end();
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const configuration: Configuration = {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: redirectUris,
        post_logout_redirect_uris: [backUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: authMethod,
      },
    ],
    clientAuthMethods: [authMethod],
    claims: { openid: ['sub', 'employee_number', 'flags'] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...control.claims }) }),
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['for the tests alone'] },
    pkce: { required: () => true },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Interaction: 60, Session: 60, Grant: 60 },
  };
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  handle = (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return void answer(request, response);
    void finish(provider, { request, response, account: control.account });
  };
  return {
    issuer,
    clientId,
    clientSecret,
    control,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function finish(
  provider: Provider,
  {
    request,
    response,
    account,
  }: { request: IncomingMessage; response: ServerResponse; account: string | null },
): Promise<void> {
  if (account === null) {
    const refused = { error: 'access_denied', error_description: 'the person went away' };
    return provider.interactionFinished(request, response, refused);
  }
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: account, clientId: String(params.client_id) });
  grant.addOIDCScope('openid profile');
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, {
    login: { accountId: account },
    consent: { grantId },
  });
}

/** Follows redirects as a browser does, with its cookies, until one leads to `until`. @returns that address */
export async function browseUntil(start: string, until: string): Promise<URL> {
  const jar = new Map<string, string>();
  let url = new URL(start);
  for (let hop = 0; hop < 12; hop += 1) {
    if (url.href.startsWith(until)) return url;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of reply.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = reply.headers.get('location');
    if (location === null) throw new Error(`${url.pathname} answered ${reply.status}: ${await reply.text()}`);
    url = new URL(location, url);
  }
  throw new Error('too many redirects');
}
