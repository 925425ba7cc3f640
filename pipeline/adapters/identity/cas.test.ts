import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openEgress } from '../../../crawlers/fetch/egress.ts';
import {
  type CasManner,
  type IdentityServer,
  startIdentityServer,
} from '../../../test/campus/identity-server.ts';
import { IdentityRefused } from '../../domain/identity.ts';
import type { Egress } from '../../ports/egress.ts';
import type { SignInFlow } from '../../ports/identity-provider.ts';
import { systemClock } from '../system-clock.ts';
import { type CasOptions, openCasProvider } from './cas.ts';
import { findLoggedOutTicket } from './read-cas.ts';

let school: IdentityServer;
let egress: Egress;
const person = { number: '20190042', userid: null };
const flow: SignInFlow = {
  state: '0123456789abcdef0123456789abcdef',
  nonce: 'n',
  verifier: 'v',
  callback: 'https://xcb.example.edu.cn/guanlan/api/sign-in/cas/callback',
};

beforeAll(async () => {
  school = await startIdentityServer();
  egress = openEgress({ clock: systemClock, limits: { totalMs: 300, headersMs: 250 } });
});
afterEach(() => {
  school.control.manner = 'plain';
  school.control.person = person;
});
afterAll(async () => {
  await egress.close();
  await school.close();
});

const open = (options: Partial<CasOptions> = {}) =>
  openCasProvider(
    { url: school.cas, protocol: '3', attribute: null, subjectCase: 'keep', label: 'CAS', ...options },
    egress,
  );

/** As a browser does: to the login, and back with what it was given. */
async function goThere(provider = open(), with_: SignInFlow = flow): Promise<URLSearchParams> {
  const there = await fetch(await provider.begin(with_, false), { redirect: 'manual' });
  return new URL(there.headers.get('location') ?? '').searchParams;
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'let in',
    (error: IdentityRefused) => error,
  );

describe('the ticket', () => {
  test('is shown once, with the service byte for byte as at the login', async () => {
    const query = await goThere();
    expect(await open().identify(query, flow)).toEqual({ subject: '20190042', ticket: query.get('ticket') });
    const [login = '', validation = ''] = school.asked.slice(-2);
    const serviceIn = (address: string) => /[?&]service=([^&]*)/.exec(address)?.[1];
    expect(serviceIn(validation)).toBe(serviceIn(login));
    expect(decodeURIComponent(serviceIn(login) ?? '')).toBe(`${flow.callback}?state=${flow.state}`);
  });

  test('a second time, made up, or of another sign-in, is refused', async () => {
    const query = await goThere();
    await open().identify(query, flow);
    const reasons = [];
    const madeUp = new URLSearchParams({ ticket: 'ST-1-madeup' });
    const another = { ...flow, state: 'f'.repeat(32) };
    for (const [shown, with_] of [
      [query, flow],
      [madeUp, flow],
      [await goThere(), another],
    ] as const) {
      const refused = await refusal(open().identify(shown, with_));
      expect(refused).toBeInstanceOf(IdentityRefused);
      reasons.push((refused as IdentityRefused).reason);
    }
    expect(reasons).toEqual(['expired', 'expired', 'misconfigured']);
  });

  test.each([
    ['none', ''],
    ['two', 'ticket=ST-1-a&ticket=ST-2-b'],
    ['one with blanks', 'ticket=ST-1%20a'],
    ['one that is far too long', `ticket=ST-${'a'.repeat(500)}`],
  ])('%s: nothing is asked', async (_name, query) => {
    const before = school.asked.length;
    const refused = await refusal(open().identify(new URLSearchParams(query), flow));
    expect(refused).toMatchObject({ reason: 'cancelled' });
    expect(school.asked).toHaveLength(before);
  });
});

describe('the answer', () => {
  const identify = async (manner: CasManner, options: Partial<CasOptions> = {}) => {
    const query = await goThere();
    school.control.manner = manner;
    return open(options).identify(query, flow);
  };

  test.each(['plain', 'other-prefix', 'default-namespace'] as const)(
    'is matched on its namespace: %s',
    async (manner) => {
      expect((await identify(manner)).subject).toBe('20190042');
    },
  );

  test.each([
    ['foreign-namespace', 'garbled'],
    ['document-type', 'garbled'],
    ['two-users', 'garbled'],
    ['no-xml', 'garbled'],
    ['too-long', 'unavailable'],
    ['error-500', 'unavailable'],
    ['hangs', 'unavailable'],
    ['not-there', 'misconfigured'],
  ] as const)('%s lets nobody in: %s', async (manner, reason) => {
    const refused = await refusal(identify(manner));
    expect(refused).toBeInstanceOf(IdentityRefused);
    expect(refused).toMatchObject({ reason });
    expect((refused as Error).message).not.toMatch(/ST-|20190042/);
  });

  test('the older protocol is asked at its own address', async () => {
    expect((await identify('plain', { protocol: '2' })).subject).toBe('20190042');
    expect(school.asked.at(-1)).toMatch(/^\/cas\/serviceValidate\?/);
  });

  test('an attribute may say who it is: one value, however often', async () => {
    const attributes = { uid: ['zhou.ws', 'zhou.ws'], cn: ['周望舒'], role: ['staff', 'admin'] };
    school.control.person = { ...person, attributes };
    expect((await identify('plain', { attribute: 'uid' })).subject).toBe('zhou.ws');
    for (const attribute of ['role', 'missing']) {
      expect(await refusal(identify('plain', { attribute }))).toMatchObject({ reason: 'misconfigured' });
    }
  });

  test('outer blanks are taken off; capitals stay, or become small where the school says so', async () => {
    school.control.person = { ...person, number: ' T20190042 ' };
    expect((await identify('plain')).subject).toBe('T20190042');
    expect((await identify('plain', { subjectCase: 'lower' })).subject).toBe('t20190042');
    school.control.person = { ...person, number: '  ' };
    expect(await refusal(identify('plain'))).toMatchObject({ reason: 'garbled' });
  });
});

describe('single logout', () => {
  const message = (inside: string, head = '') =>
    `${head}<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="1" Version="2.0">
      <saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">@NOT_USED@</saml:NameID>${inside}</samlp:LogoutRequest>`;

  test('names a ticket', () => {
    expect(findLoggedOutTicket(message('<samlp:SessionIndex>ST-7-abc</samlp:SessionIndex>'))).toBe(
      'ST-7-abc',
    );
  });

  test.each([
    ['nothing', ''],
    ['no XML', 'ticket=ST-7'],
    ['no ticket', message('')],
    [
      'two tickets',
      message('<samlp:SessionIndex>a</samlp:SessionIndex><samlp:SessionIndex>b</samlp:SessionIndex>'),
    ],
    ['a ticket of another namespace', message('<SessionIndex>ST-7</SessionIndex>')],
    [
      'an entity',
      message('<samlp:SessionIndex>&t;</samlp:SessionIndex>', '<!DOCTYPE l [<!ENTITY t "ST-7">]>'),
    ],
  ])('%s is no such message', (_name, xml) => {
    expect(findLoggedOutTicket(xml)).toBeNull();
  });
});

test('the doctor tells a CAS server from what is none', async () => {
  expect(await open().examine()).toBeNull();
  school.control.manner = 'not-there';
  expect(await open().examine()).toContain('GUANLAN_CAS_PROTOCOL');
  school.control.manner = 'no-xml';
  expect(await open().examine()).toContain('no XML');
  expect(await open({ url: 'http://127.0.0.1:9/cas' }).examine()).toContain('127.0.0.1:9');
});
