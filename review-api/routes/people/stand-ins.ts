import { lendableRoles } from '../../../pipeline/domain/stand-in.ts';
import { mayEnter } from '../../../pipeline/domain/user.ts';
import { type Call, getReader, getSignedIn, type Handler } from '../../http/call.ts';
import { presentStandIns } from '../../present/stand-in.ts';

type Recorded = Awaited<ReturnType<Call['deps']['stores']['standIns']['make']>>;

async function answer({ standIn, repeated }: Recorded, { deps }: Pick<Call, 'deps'>) {
  const [view] = await presentStandIns([standIn], deps);
  if (view === undefined) throw new Error('one stand-in has one view');
  return { standIn: view, repeated };
}

const byRight = (call: Pick<Call, 'signedIn' | 'rights' | 'action'>) => ({
  actor: getReader(call).actor,
  forAnybody: true,
});
const bySelf = (call: Pick<Call, 'signedIn' | 'rights' | 'action'>) => ({
  actor: getReader(call).actor,
  forAnybody: false,
});

export const listStandIns: Handler<'listStandIns'> = async ({ query, deps }) => {
  const { state, cursor = null, limit } = query;
  const page = await deps.stores.standIns.list({ state, cursor, limit, at: deps.clock.now() });
  return { ...page, items: await presentStandIns(page.items, deps) };
};

export const makeStandIn: Handler<'makeStandIn'> = async (call) => {
  const { stores, clock } = call.deps;
  return answer(await stores.standIns.make(call.body, byRight(call), clock.now()), call);
};

export const endStandIn: Handler<'endStandIn'> = async (call) => {
  const { stores, clock } = call.deps;
  const command = { ...call.body, standInId: call.params.id };
  return answer(await stores.standIns.end(command, byRight(call), clock.now()), call);
};

export const listOwnStandIns: Handler<'listOwnStandIns'> = async (call) => {
  const { user } = getSignedIn(call);
  const views = await presentStandIns(await call.deps.stores.standIns.listOf(user.id), call.deps);
  return {
    given: views.filter(({ absent }) => absent.id === user.id),
    received: views.filter(({ standIn }) => standIn.id === user.id),
    lendable: lendableRoles(user),
  };
};

export const makeOwnStandIn: Handler<'makeOwnStandIn'> = async (call) => {
  const { stores, clock } = call.deps;
  const command = { ...call.body, absentId: getSignedIn(call).user.id };
  return answer(await stores.standIns.make(command, bySelf(call), clock.now()), call);
};

export const endOwnStandIn: Handler<'endOwnStandIn'> = async (call) => {
  const { stores, clock } = call.deps;
  const command = { ...call.body, standInId: call.params.id };
  return answer(await stores.standIns.end(command, bySelf(call), clock.now()), call);
};

/** Name and id, of who can be asked: the own unit's, those that can sign in. */
export const listColleagues: Handler<'listColleagues'> = async (call) => {
  const { user } = getSignedIn(call);
  const now = call.deps.clock.now();
  const all = await call.deps.stores.users.list();
  const items = all.filter((one) => one.id !== user.id && one.unitId === user.unitId && mayEnter(one, now));
  return { items: items.map(({ id, name }) => ({ id, name })) };
};
