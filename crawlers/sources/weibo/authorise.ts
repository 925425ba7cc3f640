import type { CredentialSecret } from '../../../pipeline/domain/credential.ts';
import { InvalidInput, RetryLater } from '../../../pipeline/domain/errors.ts';
import { laterBy } from '../../../pipeline/domain/time.ts';
import type { Clock } from '../../../pipeline/ports/clock.ts';
import type { Egress } from '../../../pipeline/ports/egress.ts';
import { platformAddress, platformAllowance } from '../../platforms.ts';
import type { Platforms } from '../../source.ts';
import { fieldsOf, idOf, textOf, wordOf } from './fields.ts';
import { parseSafeJson } from './safe-json.ts';

type App = CredentialSecret<'weibo-app'>;

const origin = 'https://api.weibo.com';
const tokenPath = '/oauth2/access_token';

/** Where the keeper of the account logs in and grants the app what it asks for. */
export function authoriseAddress({ appKey, redirectUri }: App, state: string): string {
  const address = new URL(`${origin}/oauth2/authorize`);
  const asked = {
    client_id: appKey,
    redirect_uri: redirectUri,
    response_type: 'code',
    state,
    forcelogin: 'true',
  };
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  return address.href;
}

/**
 * The code out of what was pasted: the whole address that the keeper was led to, or the code alone.
 * @throws InvalidInput when it was refused there, or belongs to another attempt
 */
export function readGrant(pasted: string, state: string): string {
  const text = pasted.trim();
  if (/^[0-9A-Za-z]{16,80}$/.test(text)) return text;
  if (!URL.canParse(text)) throw new InvalidInput('code', 'This is neither an address nor a code.');
  const { searchParams } = new URL(text);
  if (searchParams.has('error') || searchParams.has('error_code')) {
    throw new InvalidInput('code', 'The platform says that the access was not granted. Begin again.');
  }
  const code = searchParams.get('code');
  if (code === null) throw new InvalidInput('code', 'The address has no code in it.');
  if (searchParams.get('state') !== state) {
    throw new InvalidInput(
      'code',
      'The address belongs to another attempt. Begin again, and paste the new one.',
    );
  }
  return code;
}

export interface Granted {
  secret: CredentialSecret<'weibo-oauth'>;
  /** Null where the platform does not say. */
  expiresAt: string | null;
}

interface ExchangePorts {
  egress: Egress;
  clock: Pick<Clock, 'now'>;
  platforms?: Platforms;
}

/** A code is good once, for minutes. @throws InvalidInput that says what to do; RetryLater */
export async function exchangeCode(
  { egress, clock, platforms }: ExchangePorts,
  app: App,
  code: string,
): Promise<Granted> {
  const form = new URLSearchParams({
    client_id: app.appKey,
    client_secret: app.appSecret,
    grant_type: 'authorization_code',
    code,
    redirect_uri: app.redirectUri,
  });
  const allowance = {
    hosts: [{ host: new URL(origin).host, paths: [tokenPath] }],
    privateAddress: false,
    requestsPerMinute: 60,
  };
  const { status, body } = await egress.fetch({
    url: platformAddress(`${origin}${tokenPath}`, platforms),
    allowance: platformAllowance(allowance, platforms),
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
    redirects: 'return',
    robots: 'not-asked',
  });
  if (status >= 500)
    throw new RetryLater(60_000, `the Open Platform could not answer (status ${status}); try again`);
  return readToken(new TextDecoder().decode(body), { status, now: clock.now() });
}

const steps: Record<string, string> = {
  '21322':
    'the redirect address is not the one that the app has at open.weibo.com: correct the stored weibo-app',
  '21324': 'the app key or secret is wrong: correct the stored weibo-app',
  '21325': 'the code was used already, or is older than some minutes: begin again',
  '21330': 'the access was not granted: begin again',
};

function readToken(text: string, { status, now }: { status: number; now: string }): Granted {
  const answer = fieldsOf(parseOrNull(text));
  const code = wordOf(answer?.error_code);
  if (code !== '') {
    const step = steps[code] ?? 'look it up in the error table at open.weibo.com';
    throw new InvalidInput(
      'code',
      `The Open Platform gives no token (error ${/^\d{1,6}$/.test(code) ? code : '?'}): ${step}.`,
    );
  }
  const accessToken = textOf(answer?.access_token);
  const uid = idOf(answer?.uid);
  if (accessToken === null || accessToken === '' || uid === null) {
    throw new InvalidInput('code', `The Open Platform's answer holds no token (status ${status}).`);
  }
  const seconds = Number(wordOf(answer?.expires_in));
  const expiresAt = Number.isFinite(seconds) && seconds > 0 ? laterBy(now, seconds * 1000) : null;
  return { secret: { accessToken, uid }, expiresAt };
}

function parseOrNull(text: string): unknown {
  try {
    return parseSafeJson(text);
  } catch {
    return null;
  }
}
