import {
  tryRouting as attempt,
  readRouting as read,
  type StoredRouting,
  saveRouting as save,
} from '../../../pipeline/commands/routing-rules.ts';
import { leadChannel } from '../../../pipeline/domain/lead.ts';
import { rightsFor } from '../../../pipeline/domain/role.ts';
import type { RoutingView } from '../../contract/routing.ts';
import { type Call, getReader, type Handler } from '../../http/call.ts';

async function present(
  { rules, version }: StoredRouting,
  call: Pick<Call, 'signedIn' | 'rights' | 'action' | 'deps'>,
): Promise<RoutingView> {
  const { units, channels } = await call.deps.directory.settings();
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  return {
    ...{ version, rules: [...rules] },
    units: units.map(named),
    channels: [...channels.map(named), named(leadChannel)],
    mayEdit: rightsFor(getReader(call).actor.roles, 'routing.edit').permitted,
  };
}

export const readRouting: Handler<'readRouting'> = async (call) => present(await read(call.deps), call);

export const saveRouting: Handler<'saveRouting'> = async (call) =>
  present(await save(call.body, getReader(call).actor, call.deps), call);

export const tryRouting: Handler<'tryRouting'> = async (call) => {
  const { directory } = call.deps;
  const { perUnit, ...trial } = await attempt(call.body.rules, getReader(call), call.deps);
  const settings = await directory.settings();
  return {
    ...trial,
    perUnit: perUnit.map(({ unitId, cases }) => ({ unit: directory.unit(settings, unitId), cases })),
  };
};
