import { mayEnter } from '../../../pipeline/domain/user.ts';
import { findUnknownYears } from '../../../pipeline/domain/work-calendar.ts';
import type { Handler } from '../../http/call.ts';

export const readSetup: Handler<'readSetup'> = async ({ deps }) => {
  const at = deps.clock.now();
  const { units } = await deps.directory.settings();
  const users = (await deps.stores.users.list()).filter((user) => mayEnter(user, at));
  return {
    units: units.map(({ id, name, aliases, topics }) => ({
      ...{ id, name, aliases, topics },
      people: users.filter(({ unitId }) => unitId === id).length,
    })),
    unknownYears: findUnknownYears(await deps.calendar.read(), at),
  };
};
