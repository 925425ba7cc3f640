import { Secret, TOTP } from 'otpauth';
import { openEgress } from '../../crawlers/fetch/egress.ts';
import { openCasProvider } from '../../pipeline/adapters/identity/cas.ts';
import { openWecomProvider } from '../../pipeline/adapters/identity/wecom.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import type { Identity, User } from '../../pipeline/domain/user.ts';
import type { SignInOptions } from '../../review-api/http/call.ts';
import type { HttpOptions } from '../../review-api/http/http-options.ts';
import { type RunningApi, startApi } from '../../review-api/main.ts';
import { type IdentityServer, startIdentityServer } from '../campus/identity-server.ts';
import { type Office, officePassword, openOffice } from './office.ts';
import type { Place } from './places.ts';
import { Visitor } from './visitor.ts';

/** Of directors one is asked for, and may be put off for a long time. */
const secondFactor: SignInOptions['secondFactor'] = { roles: ['director'], graceDays: 365, everyDoor: false };
const publicOrigin = 'http://guanlan.test';

/** An office whose school has a sign-in of its own. */
export interface SignInScene {
  office: Office;
  school: IdentityServer;
  /** The API once more, with other doors; the first of them unless told. */
  open(signIn?: Partial<SignInOptions>, http?: Partial<HttpOptions>): Promise<RunningApi>;
  visit(api: RunningApi): Visitor;
  /** An account, with what the school calls its person. */
  hire(roles: readonly Role[], identities?: Identity[], change?: Partial<User>): Promise<User>;
  /** Sets up a second factor over HTTP. @returns what shows its codes, and the recovery codes */
  setUpFactor(visitor: Visitor): Promise<{ code: () => string; recoveryCodes: string[] }>;
  /** A new time step. */
  nextCode(): void;
  close(): Promise<void>;
}

/** To the school's sign-in and back to just before the callback. @returns the path with its query */
export async function goToSchool(visitor: Visitor, path: string): Promise<string> {
  const begun = await visitor.get(path);
  const there = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
  const back = new URL(there.headers.get('location') ?? '');
  return `${back.pathname}${back.search}`;
}

export async function openSignInScene(place?: Place): Promise<SignInScene> {
  const office = await openOffice({}, place);
  const school = await startIdentityServer();
  const egress = openEgress({ clock: systemClock });
  const apis: RunningApi[] = [];
  const { corpId, secret, wecom: places } = school;
  const providers = [
    openCasProvider(
      { url: school.cas, protocol: '3', attribute: null, subjectCase: 'keep', label: '统一身份认证' },
      egress,
    ),
    openWecomProvider(
      { corpId, secret, agentId: '1000002', label: '企业微信', places },
      { egress, clock: office.clock },
    ),
  ];
  const { deps, stores, clock } = office;
  return {
    office,
    school,
    open: async (signIn = {}, http = {}) => {
      const options = {
        ...deps,
        signIn: { password: 'on' as const, secondFactor, providers, ...signIn },
        http: { ...deps.http, publicOrigin, ...http },
      };
      const api = await startApi(options, { host: '127.0.0.1', port: 0 });
      apis.push(api);
      return api;
    },
    visit: (api) => new Visitor(api.url),
    hire: async (roles, identities = [], change = {}) => {
      const user = await stores.users.findByLogin(await office.hire(roles));
      if (user === null) throw new Error('nobody was hired');
      return stores.users.update({ ...user, identities, ...change });
    },
    setUpFactor: async (visitor) => {
      const offered = await visitor.post('/api/account/second-factor/offer', { password: officePassword });
      const { secret: shared, offer } = offered.json as { secret: string; offer: string };
      const totp = new TOTP({ secret: Secret.fromBase32(shared) });
      const code = () => totp.generate({ timestamp: Date.parse(clock.now()) });
      const confirmed = await visitor.post('/api/account/second-factor/confirm', { offer, code: code() });
      const { me, recoveryCodes } = confirmed.json as { me: { csrfToken: string }; recoveryCodes: string[] };
      visitor.csrfToken = me.csrfToken;
      clock.advance(30_000);
      return { code, recoveryCodes };
    },
    nextCode: () => void clock.advance(30_000),
    close: async () => {
      for (const api of apis) await api.close();
      await office.close();
      await egress.close();
      await school.close();
    },
  };
}
