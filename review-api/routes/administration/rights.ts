import type { AccessClass } from '../../../pipeline/domain/access-class.ts';
import { QueueName } from '../../../pipeline/domain/category.ts';
import { Action, incompatibleRoles, type Rights, Role, rightsOf } from '../../../pipeline/domain/role.ts';
import type { RightsTable } from '../../contract/administration.ts';
import type { Handler } from '../../http/call.ts';

/** As of a person in this role and some unit. */
const rightsIn = (role: Role, action: Action): Rights =>
  rightsOf([{ role, unitId: 'a-unit', onBehalfOf: null }], action);

function describeRole(role: Role): RightsTable['roles'][number] {
  const held = Action.options.map((action) => rightsIn(role, action)).filter(({ permitted }) => permitted);
  const viewOf = (access: AccessClass) =>
    held.map(({ view }) => view[access]).find((view) => view !== 'none') ?? 'none';
  return {
    role,
    queues: QueueName.options.filter((queue) => held.some(({ queues }) => queues.includes(queue))),
    view: { open: viewOf('open'), victim: viewOf('victim'), safety: viewOf('safety') },
  };
}

function describeAction(action: Action): RightsTable['actions'][number] {
  const holders = Role.options.flatMap((role) => {
    const { permitted, units } = rightsIn(role, action);
    return permitted ? [{ role, scope: units === 'all' ? ('all' as const) : ('own-unit' as const) }] : [];
  });
  return { action, holders };
}

export const readRights: Handler<'readRights'> = async () => ({
  roles: Role.options.map(describeRole),
  actions: Action.options.map(describeAction),
  apart: incompatibleRoles.map(([one, other]) => [one, other]),
});
