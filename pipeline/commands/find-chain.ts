import type { Draft, DraftChain } from '../domain/draft.ts';
import type { DraftMover } from '../domain/draft-steps.ts';
import { InvalidInput } from '../domain/errors.ts';
import type { ReviewChain } from '../domain/review-chain.ts';
import { appointmentsOf, type StandIn } from '../domain/stand-in.ts';
import { chooseChain, findWalkFaults, listHolders, type StepHolders } from '../domain/step-holders.ts';
import { mayEnter, type User } from '../domain/user.ts';
import type { Ports, Stores } from '../ports/index.ts';

export interface ChainPorts {
  stores: Pick<Stores, 'settings' | 'users' | 'standIns'>;
  clock: Ports['clock'];
}

export interface ChainPlan {
  /** Null where the settings have none for this unit and these channels. */
  chain: DraftChain | null;
  /** In Chinese; empty: nothing is in the way. */
  faults: string[];
  steps: StepHolders[];
  /** All who can sign in. */
  people: ReadonlyMap<string, User>;
}

const pageSize = 200;

async function listOpenStandIns({ stores, clock }: ChainPorts): Promise<StandIn[]> {
  const found: StandIn[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await stores.standIns.list({ state: 'open', at: clock.now(), cursor, limit: pageSize });
    found.push(...page.items);
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
}

/** Everybody who can sign in, with what they hold now, their own and lent. */
export async function listMovers(
  ports: ChainPorts,
): Promise<{ people: Map<string, User>; movers: DraftMover[] }> {
  const now = ports.clock.now();
  const users = (await ports.stores.users.list()).filter((user) => mayEnter(user, now));
  const people = new Map(users.map((user) => [user.id, user]));
  const standIns = await listOpenStandIns(ports);
  const movers = users.map((user): DraftMover => {
    const lent = standIns
      .filter(({ standInId }) => standInId === user.id)
      .map((standIn) => ({ standIn, absent: people.get(standIn.absentId) ?? null }));
    return { id: user.id, student: user.student, appointments: appointmentsOf(user, lent, now) };
  });
  return { people, movers };
}

/** Logins become ids: whoever is gone is in none of the steps. */
function toDraftChain({ id, name, mode, steps }: ReviewChain, people: ReadonlyMap<string, User>): DraftChain {
  const byLogin = new Map([...people.values()].map((user) => [user.login, user.id]));
  return {
    ...{ id, name, mode },
    steps: steps.map(({ step, role, persons }) => ({
      ...{ step, role },
      personIds: persons.flatMap((login) => byLogin.get(login) ?? []),
    })),
  };
}

/** Which chain a draft goes through by the settings as they stand, who could hold its steps, and what is in the way. */
export async function planChain(
  draft: Draft,
  channels: readonly string[],
  ports: ChainPorts,
): Promise<ChainPlan> {
  const { chains } = await ports.stores.settings.read();
  const { people, movers } = await listMovers(ports);
  const chosen = chooseChain(chains, { unitId: draft.unitId, channels });
  if (chosen === null) {
    return { chain: null, steps: [], people, faults: ['没有适用的审校链。请安全管理员在“学校设置”里补充。'] };
  }
  const chain = toDraftChain(chosen, people);
  const steps = listHolders(draft, chain, movers);
  return { chain, steps, people, faults: findWalkFaults(steps) };
}

/** @throws InvalidInput (`chain`) saying what is in the way, before anything is submitted */
export async function findChain(draft: Draft, ports: ChainPorts): Promise<DraftChain> {
  const { chain, faults } = await planChain(draft, draft.channels, ports);
  const [fault] = faults;
  if (chain === null || fault !== undefined)
    throw new InvalidInput(
      'chain',
      fault ?? '没有适用的审校链。',
      '请联系安全管理员补充审校人员，或请人代理。',
    );
  return chain;
}
