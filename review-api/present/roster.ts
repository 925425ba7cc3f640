import { findChainFaults, type ReviewChain } from '../../pipeline/domain/review-chain.ts';
import type { Shift } from '../../pipeline/domain/roster.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import { mayEnter, type User } from '../../pipeline/domain/user.ts';
import type { ChainList, DutyShift } from '../contract/roster.ts';

/** Names for logins. */
export interface Colleagues {
  settings: Settings;
  users: readonly User[];
  at: string;
}

function presentPerson(login: string, { users, settings, at }: Colleagues): DutyShift['person'] {
  const user = users.find((one) => one.login === login);
  if (user === undefined) return { name: login, unit: null, isActive: false };
  const unit = settings.units.find(({ id }) => id === user.unitId)?.name ?? null;
  return { name: user.name, unit, isActive: mayEnter(user, at) };
}

export function presentShift({ entry, day, endsNextDay }: Shift, colleagues: Colleagues): DutyShift {
  const { duty, from, to, person, backup, phone } = entry;
  return {
    ...{ duty, day, from, to, endsNextDay, phone },
    person: presentPerson(person, colleagues),
    backup: backup === null ? null : presentPerson(backup, colleagues),
  };
}

export function presentChain(chain: ReviewChain, colleagues: Colleagues): ChainList['items'][number] {
  const { settings, users, at } = colleagues;
  const active = users.filter((user) => mayEnter(user, at));
  const name = (known: readonly { id: string; name: string }[], id: string) =>
    known.find((one) => one.id === id)?.name ?? id;
  return {
    ...{ id: chain.id, name: chain.name, mode: chain.mode },
    units: chain.units.map((id) => name(settings.units, id)),
    channels: chain.channels.map((id) => name(settings.channels, id)),
    steps: chain.steps.map(({ step, role, persons }) => ({
      ...{ step, role },
      persons: persons.map((login) => presentPerson(login, colleagues)),
    })),
    isBroken: findChainFaults(chain, active).length > 0,
  };
}
