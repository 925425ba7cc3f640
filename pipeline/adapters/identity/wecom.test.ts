import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openEgress } from '../../../crawlers/fetch/egress.ts';
import { type IdentityServer, startIdentityServer } from '../../../test/campus/identity-server.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import type { IdentityRefused } from '../../domain/identity.ts';
import type { Egress } from '../../ports/egress.ts';
import type { SignInFlow } from '../../ports/identity-provider.ts';
import { systemClock } from '../system-clock.ts';
import { openWecomProvider, type WecomOptions } from './wecom.ts';

let school: IdentityServer;
let egress: Egress;
let clock: FakeClock;
const flow: SignInFlow = {
  state: '0123456789abcdef0123456789abcdef',
  nonce: 'n',
  verifier: 'v',
  callback: 'https://xcb.example.edu.cn/guanlan/api/sign-in/wecom/callback',
};
const member = { number: '20190042', userid: 'ZhouWangShu' };

beforeAll(async () => {
  school = await startIdentityServer();
  egress = openEgress({ clock: systemClock });
  clock = new FakeClock();
});
afterEach(() => {
  school.control.person = member;
  school.control.wecomError = null;
});
afterAll(async () => {
  await egress.close();
  await school.close();
});

const open = (options: Partial<WecomOptions> = {}) => {
  const { corpId, secret, wecom: places } = school;
  return openWecomProvider(
    { corpId, secret, agentId: '1000002', label: '企业微信', places, ...options },
    { egress, clock },
  );
};
async function goThere(provider = open(), inApp = false): Promise<URLSearchParams> {
  const there = await fetch(await provider.begin(flow, inApp), { redirect: 'manual' });
  return new URL(there.headers.get('location') ?? '').searchParams;
}
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'let in',
    (error: IdentityRefused) => error.reason,
  );

describe('where the browser goes', () => {
  test('outside the app to a QR code, inside it to the silent authorisation, with what is documented', async () => {
    const official = openWecomProvider(
      { corpId: 'ww1', secret: 's', agentId: '1000002', label: '企业微信' },
      { egress, clock },
    );
    const qr = new URL(await official.begin(flow, false));
    expect(`${qr.origin}${qr.pathname}`).toBe('https://login.work.weixin.qq.com/wwlogin/sso/login');
    expect(Object.fromEntries(qr.searchParams)).toEqual({
      login_type: 'CorpApp',
      appid: 'ww1',
      agentid: '1000002',
      redirect_uri: flow.callback,
      state: flow.state,
    });
    const inApp = new URL(await official.begin(flow, true));
    expect(`${inApp.origin}${inApp.pathname}`).toBe('https://open.weixin.qq.com/connect/oauth2/authorize');
    expect(inApp.hash).toBe('#wechat_redirect');
    expect(Object.fromEntries(inApp.searchParams)).toEqual({
      appid: 'ww1',
      redirect_uri: flow.callback,
      response_type: 'code',
      scope: 'snsapi_base',
      state: flow.state,
      agentid: '1000002',
    });
  });
});

describe('who came back', () => {
  test.each([false, true])('is asked with the app’s token (in the app: %s)', async (inApp) => {
    const provider = open();
    expect(await provider.identify(await goThere(provider, inApp), flow)).toEqual({
      subject: 'ZhouWangShu',
      ticket: null,
    });
  });

  test('one token serves many, for as long as it lives', async () => {
    const provider = open();
    const before = school.tokensGiven();
    const queries = [await goThere(), await goThere(), await goThere()];
    await Promise.all(queries.map((query) => provider.identify(query, flow)));
    expect(school.tokensGiven()).toBe(before + 1);
    clock.advance(7200_000);
    await provider.identify(await goThere(), flow);
    expect(school.tokensGiven()).toBe(before + 2);
  });

  test.each([40014, 42001, 42009])(
    'a token that is void before its time (%i) is asked for anew, once',
    async (code) => {
      const provider = open();
      await provider.identify(await goThere(), flow);
      const before = school.tokensGiven();
      const query = await goThere();
      school.control.wecomError = code;
      expect((await provider.identify(query, flow)).subject).toBe('ZhouWangShu');
      expect(school.tokensGiven()).toBe(before + 1);
    },
  );

  test('a code is good once', async () => {
    const provider = open();
    const query = await goThere();
    await provider.identify(query, flow);
    expect(await reasonOf(provider.identify(query, flow))).toBe('expired');
  });

  test.each([
    [40029, 'expired'],
    [50001, 'misconfigured'],
    [60020, 'misconfigured'],
    [60011, 'not-a-member'],
    [45009, 'unavailable'],
    [-1, 'unavailable'],
    [99999, 'unavailable'],
  ])('error %i is %s', async (code, reason) => {
    const provider = open();
    const query = await goThere();
    await provider.identify(await goThere(), flow);
    school.control.wecomError = code;
    expect(await reasonOf(provider.identify(query, flow))).toBe(reason);
  });

  test('who is no member stays outside, and nothing of them is told', async () => {
    school.control.person = { number: '1', userid: null };
    const refused = await open()
      .identify(await goThere(), flow)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ reason: 'not-a-member' });
    expect(JSON.stringify(refused) + String(refused)).not.toContain('CANARY');
  });

  test('who did not agree comes back without a code', async () => {
    school.control.person = null;
    expect(await reasonOf(open().identify(await goThere(), flow))).toBe('cancelled');
  });

  test('a wrong secret is a matter of configuration, and neither it nor a token is repeated', async () => {
    const provider = open({ secret: 'CANARY-secret' });
    const refused = await provider.identify(await goThere(), flow).catch((error: unknown) => error);
    expect(refused).toMatchObject({ reason: 'misconfigured' });
    expect(String(refused)).not.toMatch(/CANARY|token-/);
    expect(await provider.examine()).toContain('40001');
    expect(await open().examine()).toBeNull();
  });
});
