import { z } from 'zod';
import type { AccessClass } from './access-class.ts';
import type { QueueName } from './category.ts';

export const Role = z.enum([
  'editor',
  'unit-reviewer',
  'unit-head',
  'reviewer',
  'director',
  'leader',
  'principal',
  'analyst',
  'safety',
  'operator',
  'account-admin',
  'auditor',
]);
export type Role = z.infer<typeof Role>;

/** What can be done. `list` and `read` are apart: reading a text is logged (R23). */
export const Action = z.enum([
  'case.list',
  'case.read',
  'case.claim',
  'case.decide',
  'post.search',
  'lead.register',
  'channel.list',
  'channel.manage',
  'channel.add-article',
  'text.judge',
  'rule.read',
  'rule.edit',
  'user.manage',
  'audit.read',
]);
export type Action = z.infer<typeof Action>;

export type TextView = 'full' | 'masked' | 'none';

interface Grant {
  actions: readonly Action[];
  /** How a text of each class is shown; `none` means that its rows do not exist for this role. */
  view: Record<AccessClass, TextView>;
  queues: readonly QueueName[];
}

const nothing: Record<AccessClass, TextView> = { open: 'none', victim: 'none', safety: 'none' };
const work: readonly Action[] = ['case.list', 'case.read', 'case.claim', 'case.decide'];
/** Which change of which rule is whose: domain/rule-life.ts. */
const rules: readonly Action[] = ['rule.read', 'rule.edit'];

/** The one table of rights. Roles whose screens come later hold no right yet. */
const grants: Record<Role, Grant> = {
  editor: { actions: [], view: nothing, queues: [] },
  'unit-reviewer': { actions: [], view: nothing, queues: [] },
  'unit-head': { actions: [], view: nothing, queues: [] },
  reviewer: {
    actions: [
      ...work,
      'post.search',
      'lead.register',
      'channel.list',
      'channel.add-article',
      'text.judge',
      ...rules,
    ],
    view: { open: 'full', victim: 'masked', safety: 'none' },
    queues: ['review', 'service'],
  },
  director: {
    actions: [
      ...work,
      'post.search',
      'lead.register',
      'channel.list',
      'channel.manage',
      'channel.add-article',
      'text.judge',
      ...rules,
    ],
    view: { open: 'full', victim: 'full', safety: 'none' },
    queues: ['review', 'service', 'operations'],
  },
  leader: { actions: [], view: nothing, queues: [] },
  principal: { actions: [], view: nothing, queues: [] },
  analyst: {
    actions: ['post.search', 'text.judge', ...rules],
    view: { open: 'full', victim: 'none', safety: 'none' },
    queues: [],
  },
  safety: {
    actions: [...work, 'rule.read'],
    view: { open: 'full', victim: 'full', safety: 'full' },
    queues: ['safety'],
  },
  operator: {
    actions: [...work, 'channel.list', 'channel.manage', 'channel.add-article', 'text.judge'],
    view: { open: 'full', victim: 'masked', safety: 'none' },
    queues: ['operations'],
  },
  'account-admin': { actions: ['user.manage'], view: nothing, queues: [] },
  auditor: { actions: ['audit.read'], view: nothing, queues: [] },
};

/** Pairs that one person may not hold together. */
const incompatibleRoles: readonly (readonly [Role, Role])[] = [
  ['operator', 'auditor'],
  ['account-admin', 'auditor'],
];

export function findIncompatibleRoles(roles: readonly Role[]): readonly [Role, Role] | null {
  return incompatibleRoles.find(([a, b]) => roles.includes(a) && roles.includes(b)) ?? null;
}

const openness: Record<TextView, number> = { none: 0, masked: 1, full: 2 };

/** The rights of a person are the union over the roles that grant the action asked for. */
export function rightsFor(roles: readonly Role[], action: Action) {
  const view: Record<AccessClass, TextView> = { ...nothing };
  const queues = new Set<QueueName>();
  let permitted = false;
  for (const role of roles) {
    const grant = grants[role];
    if (!grant.actions.includes(action)) continue;
    permitted = true;
    for (const queue of grant.queues) queues.add(queue);
    for (const access of ['open', 'victim', 'safety'] as const) {
      if (openness[grant.view[access]] > openness[view[access]]) view[access] = grant.view[access];
    }
  }
  const accessClasses = (['open', 'victim', 'safety'] as const).filter((access) => view[access] !== 'none');
  return { permitted, view, queues: [...queues], accessClasses };
}
export type Rights = ReturnType<typeof rightsFor>;
