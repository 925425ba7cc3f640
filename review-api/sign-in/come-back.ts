import { createHash } from 'node:crypto';
import { appendUserAudit } from '../../pipeline/commands/change-user.ts';
import { IdentityRefused } from '../../pipeline/domain/identity.ts';
import { mayEnter } from '../../pipeline/domain/user.ts';
import type { IdentityProvider, Vouched } from '../../pipeline/ports/identity-provider.ts';
import type { SignInOutcome } from '../contract/sign-in.ts';
import type { RouteDeps } from '../http/call.ts';
import { TooManyAttempts } from '../http/errors.ts';
import { networkOf } from '../http/network-of.ts';
import type { SignedCookies } from '../http/own-cookies.ts';
import { isSame } from '../http/own-pages.ts';
import { Throttle } from '../http/throttle.ts';
import { arrive, type Comer } from './enter.ts';
import { callbackOf } from './own-addresses.ts';

type Flow = NonNullable<ReturnType<typeof findFlow>>;

const windowMs = 15 * 60_000;
/** Each makes us ask the school's server. */
const perAddress = { limit: 300, windowMs };
const flowMs = 10 * 60_000;

const findFlow = (signed: SignedCookies) => signed.find('flow');

/** Nobody is in: what the page says of it. */
class Outcome extends Error {
  readonly outcome: SignInOutcome;
  readonly told: { reference: string | null; subject: string | null };
  constructor(outcome: SignInOutcome, told: Outcome['told'] = { reference: null, subject: null }) {
    super(outcome);
    this.outcome = outcome;
    this.told = told;
  }
}

/**
 * A browser comes back from the school's own sign-in.
 * @returns the place of the workbench to go on to; what went wrong is kept for the sign-in page
 */
export async function comeBack(
  door: IdentityProvider,
  { query, comer }: { query: URLSearchParams; comer: Comer },
  deps: RouteDeps,
): Promise<string> {
  const { signed } = comer.cookies;
  const flow = findFlow(signed);
  if (flow !== null) signed.forget('flow');
  try {
    const own = await getOwnFlow(flow, { door, query, address: comer.address }, deps);
    const vouched = await identify(door, { query, flow: own }, deps);
    const user = await getUser(door, vouched, deps);
    const ticket = vouched.ticket === null ? null : digestTicket(vouched.ticket);
    await arrive({ user, door: door.provider, ticket }, comer, deps);
    return own.returnTo;
  } catch (error) {
    if (!(error instanceof Outcome)) throw error;
    signed.keep('outcome', { code: error.outcome, ...error.told });
    return flow?.returnTo ?? '';
  }
}

/**
 * The sign-in that this very browser began, for the first time: otherwise somebody could slip their own into another's browser,
 * or play one again.
 * @throws Outcome
 */
async function getOwnFlow(
  flow: Flow | null,
  { door, query, address }: { door: IdentityProvider; query: URLSearchParams; address: string },
  deps: RouteDeps,
): Promise<Flow> {
  const states = query.getAll('state');
  const isOwn = flow !== null && flow.provider === door.provider && states.length === 1;
  if (!isOwn || !isSame(states[0] ?? '', flow.state)) throw new Outcome('not-begun-here');
  const { rates } = deps.stores;
  const name = deps.digestName(`flow ${flow.state}`);
  const first = await rates.charge(name, deps.clock.now(), { limit: 1, windowMs: flowMs });
  if (!first.allowed) throw new Outcome('not-begun-here');
  const throttle = new Throttle(
    { rates, clock: deps.clock, digestName: deps.digestName },
    'door',
    perAddress,
  );
  await throttle.charge(networkOf(address)).catch((error: unknown) => {
    throw error instanceof TooManyAttempts ? new Outcome('too-many') : error;
  });
  return flow;
}

async function identify(
  door: IdentityProvider,
  { query, flow }: { query: URLSearchParams; flow: Flow },
  deps: RouteDeps,
): Promise<Vouched> {
  const { state, nonce, verifier } = flow;
  try {
    return await door.identify(query, { state, nonce, verifier, callback: callbackOf(door.provider, deps) });
  } catch (error) {
    if (!(error instanceof IdentityRefused)) throw error;
    const { reason, message } = error;
    deps.logger.warn({ provider: door.provider, reason, says: message }, 'a sign-in was refused');
    throw new Outcome(reason);
  }
}

/**
 * Whose account this is. Nobody gets one by signing in; who the school vouched for is kept nowhere, but as a digest in the audit
 * log that tells two such people apart.
 * @throws Outcome
 */
async function getUser(door: IdentityProvider, { subject }: Vouched, deps: RouteDeps) {
  const { provider } = door;
  const user = await deps.stores.users.findByIdentity({ provider, subject });
  if (user !== null && mayEnter(user, deps.clock.now())) return user;
  const digest = deps.digestName(`identity ${provider} ${subject}`);
  const reference = digest
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 6)
    .toUpperCase();
  const payload = { provider, digest, reference };
  const userId = user?.id ?? null;
  await appendUserAudit(deps, { action: 'login.refused', userId, actorId: null, payload });
  throw user === null
    ? new Outcome('stranger', { reference, subject })
    : new Outcome('closed', { reference, subject: null });
}

/** What single logout will name it by; the ticket itself is kept nowhere. */
export function digestTicket(ticket: string): string {
  return createHash('sha256').update(ticket).digest('hex');
}
