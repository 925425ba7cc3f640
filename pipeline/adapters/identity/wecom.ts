import { z } from 'zod';
import { IdentityRefused, normaliseSubject, type RefusalReason } from '../../domain/identity.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Egress } from '../../ports/egress.ts';
import type { IdentityProvider, SignInFlow } from '../../ports/identity-provider.ts';
import { allowanceOf, askProvider } from './ask-provider.ts';

export interface WecomOptions {
  corpId: string;
  agentId: string;
  /** Of the app, not of the address book. */
  secret: string;
  label: string;
  /** The official ones unless told: of a simulation. */
  places?: WecomPlaces;
}

interface WecomPlaces {
  /** Where the app on a phone goes, without asking the person anything. */
  inApp: string;
  /** Where a browser goes: it shows a QR code. */
  qr: string;
  api: string;
}

const officialPlaces: WecomPlaces = {
  inApp: 'https://open.weixin.qq.com/connect/oauth2/authorize',
  qr: 'https://login.work.weixin.qq.com/wwlogin/sso/login',
  api: 'https://qyapi.weixin.qq.com',
};

const Errors = z.object({ errcode: z.int().default(0) });
const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
/** Of a person who is no member an `openid` comes instead: it is not read (R2). */
const MemberAnswer = z.object({ userid: z.string().min(1).optional() });

/** Renewed a little before its end. */
const marginMs = 5 * 60_000;
const staleToken = new Set([40014, 42001, 42009]);

const reasonOf: Record<number, { reason: RefusalReason; means: string }> = {
  40001: { reason: 'misconfigured', means: 'the secret is wrong' },
  40013: { reason: 'misconfigured', means: 'the corp id is wrong' },
  40029: { reason: 'expired', means: 'the code is used, too old, or of another app' },
  40056: { reason: 'misconfigured', means: 'the agent id is wrong' },
  42003: { reason: 'expired', means: 'the code is too old' },
  45009: { reason: 'unavailable', means: 'too many calls' },
  50001: { reason: 'misconfigured', means: 'the address is not the app’s trusted domain' },
  60011: { reason: 'not-a-member', means: 'the person is outside the app’s visible range' },
  60020: { reason: 'misconfigured', means: 'this server’s address is not among the app’s trusted addresses' },
  '-1': { reason: 'unavailable', means: 'the system is busy' },
};

function assertNoError(body: unknown): void {
  const parsed = Errors.safeParse(body);
  if (!parsed.success) throw new IdentityRefused('garbled', 'an answer of 企业微信 has no errcode');
  const { errcode } = parsed.data;
  if (errcode === 0) return;
  const known = reasonOf[errcode];
  const means = known === undefined ? '' : ` (${known.means})`;
  throw new WecomError(errcode, known?.reason ?? 'unavailable', `企业微信 answers ${errcode}${means}`);
}

class WecomError extends IdentityRefused {
  readonly errcode: number;
  constructor(errcode: number, reason: RefusalReason, message: string) {
    super(reason, message);
    this.errcode = errcode;
  }
}

/**
 * 企业微信: 网页授权 inside the app, 扫码 elsewhere. The token of the app is kept in this process: asked for again before its end,
 * 企业微信 gives every process the same one.
 */
export function openWecomProvider(
  options: WecomOptions,
  { egress, clock }: { egress: Pick<Egress, 'fetch'>; clock: Pick<Clock, 'now'> },
): IdentityProvider {
  const places = options.places ?? officialPlaces;
  const allowance = allowanceOf([`${places.api}/cgi-bin/`]);
  const tokens = openTokens(async () => {
    const body = await ask('gettoken', { corpid: options.corpId, corpsecret: options.secret });
    const { access_token, expires_in } = parse(TokenAnswer, body);
    return { token: access_token, untilMs: Date.parse(clock.now()) + expires_in * 1000 - marginMs };
  }, clock);

  async function ask(name: string, query: Record<string, string>): Promise<unknown> {
    const url = `${places.api}/cgi-bin/${name}?${new URLSearchParams(query).toString()}`;
    const { status, body } = await askProvider(egress, allowance, {
      url,
      headers: { accept: 'application/json' },
    });
    if (status !== 200) throw new IdentityRefused('unavailable', `企业微信 answers with status ${status}`);
    const answer = parseJson(new TextDecoder().decode(body));
    assertNoError(answer);
    return answer;
  }

  /** A token that was taken back before its time is asked for anew, once. */
  async function findMember(code: string): Promise<unknown> {
    const token = await tokens.get();
    try {
      return await ask('auth/getuserinfo', { access_token: token, code });
    } catch (error) {
      if (!(error instanceof WecomError) || !staleToken.has(error.errcode)) throw error;
      tokens.forget(token);
      return ask('auth/getuserinfo', { access_token: await tokens.get(), code });
    }
  }

  return {
    provider: 'wecom',
    label: options.label,
    signsOut: false,
    begin: async (flow, inApp) =>
      inApp ? buildInApp(places, options, flow) : buildQr(places, options, flow),
    identify: async (query) => {
      const codes = query.getAll('code');
      const [code = ''] = codes;
      // Who does not agree comes back without a code.
      if (codes.length !== 1 || code === '' || code.length > 512) {
        throw new IdentityRefused('cancelled', 'the browser came back from 企业微信 without a code');
      }
      const { userid } = parse(MemberAnswer, await findMember(code));
      const subject = userid === undefined ? null : normaliseSubject(userid);
      if (subject === null) throw new IdentityRefused('not-a-member', 'the person is no member of the 企业');
      return { subject, ticket: null };
    },
    findSignOut: async () => null,
    findEnded: () => null,
    examine: async () => {
      try {
        await tokens.get();
        return null;
      } catch (error) {
        if (error instanceof IdentityRefused) return error.message;
        throw error;
      }
    },
  };
}

function buildInApp({ inApp }: WecomPlaces, { corpId, agentId }: WecomOptions, flow: SignInFlow): string {
  const query = new URLSearchParams([
    ['appid', corpId],
    ['redirect_uri', flow.callback],
    ['response_type', 'code'],
    ['scope', 'snsapi_base'],
    ['state', flow.state],
    ['agentid', agentId],
  ]);
  return `${inApp}?${query.toString()}#wechat_redirect`;
}

function buildQr({ qr }: WecomPlaces, { corpId, agentId }: WecomOptions, flow: SignInFlow): string {
  const query = new URLSearchParams([
    ['login_type', 'CorpApp'],
    ['appid', corpId],
    ['agentid', agentId],
    ['redirect_uri', flow.callback],
    ['state', flow.state],
  ]);
  return `${qr}?${query.toString()}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new IdentityRefused('garbled', 'an answer of 企业微信 is no JSON');
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new IdentityRefused('garbled', 'an answer of 企业微信 has another shape');
  return parsed.data;
}

interface HeldToken {
  token: string;
  untilMs: number;
}

/** One token for all who ask meanwhile. */
function openTokens(fetch: () => Promise<HeldToken>, clock: Pick<Clock, 'now'>) {
  let held: HeldToken | null = null;
  let fetching: Promise<HeldToken> | null = null;
  return {
    get: async (): Promise<string> => {
      if (held !== null && held.untilMs > Date.parse(clock.now())) return held.token;
      fetching ??= fetch().finally(() => {
        fetching = null;
      });
      held = await fetching;
      return held.token;
    },
    forget: (token: string): void => {
      if (held?.token === token) held = null;
    },
  };
}
