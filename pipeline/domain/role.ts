import { z } from 'zod';
import { AccessClass } from './access-class.ts';
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
  'routing.read',
  'routing.edit',
  'handover.list',
  'handover.read',
  'handover.act',
  'handover.answer',
  'handover.manage',
  'handover.supervise',
  'answer.read',
  'answer.write',
  'answer.approve',
  'help.release',
  'help.collect',
  'instruction.read',
  'instruction.write',
  'instruction.assign',
  'instruction.report',
  'card.read',
  'card.write',
  'objection.handle',
  'removal.read',
  'removal.register',
  'removal.approve',
  'request.read',
  'request.register',
  'request.approve',
  'request.disclose',
  'draft.list',
  'draft.read',
  'draft.write',
  'draft.record-offline',
  'draft.manage',
  'draft.statistics',
  'draft.spot-check',
  'live.read',
  'live.answer',
  'authority.read',
  'authority.edit',
  'trend.read',
  'topic.read',
  'topic.edit',
  'burst.answer',
  'calendar.edit',
  'brief.read',
  'brief.write',
  'brief.approve',
  'brief.template',
  'channel.list',
  'channel.manage',
  'channel.add-article',
  'text.judge',
  'rule.read',
  'rule.edit',
  'user.manage',
  'stand-in.manage',
  'setup.import',
  'roster.read',
  'chain.read',
  'webhook.manage',
  'settings.read',
  'audit.read',
  'read-log.read',
]);
export type Action = z.infer<typeof Action>;

export type TextView = 'full' | 'masked' | 'none';

/** Of whose matters: those of every unit, or those handed to, or owned by, the unit of the appointment. */
type Scope = 'all' | 'own-unit';

interface Grant {
  actions: Partial<Record<Action, Scope>>;
  /** How a text of each class is shown; `none` means that its rows do not exist for this role. */
  view: Record<AccessClass, TextView>;
  queues: readonly QueueName[];
}

const scoped =
  (scope: Scope) =>
  (...actions: Action[]): Grant['actions'] =>
    Object.fromEntries(actions.map((action) => [action, scope]));
const all = scoped('all');
const ownUnit = scoped('own-unit');

const nothing: Record<AccessClass, TextView> = { open: 'none', victim: 'none', safety: 'none' };
/** What was handed to a unit; of an identifiable person's harm it learns what the slip asks, not the text. */
const openOnly: Record<AccessClass, TextView> = { open: 'full', victim: 'none', safety: 'none' };
const work: readonly Action[] = ['case.list', 'case.read', 'case.claim', 'case.decide'];
/** Which change of which rule is whose: domain/rule-life.ts. */
const rules: readonly Action[] = ['rule.read', 'rule.edit'];
/** Of drafts, what the units' people have of their own. Who holds a step is said by its chain (domain/draft-steps.ts). */
const drafting: readonly Action[] = ['draft.list', 'draft.read', 'draft.write', 'authority.read'];
/** What reviewer and director share. */
const office: readonly Action[] = [
  ...work,
  ...rules,
  'draft.list',
  'draft.read',
  'draft.record-offline',
  'draft.manage',
  'draft.statistics',
  'draft.spot-check',
  'live.read',
  'live.answer',
  'authority.read',
  'post.search',
  'lead.register',
  'trend.read',
  'topic.read',
  'burst.answer',
  'brief.read',
  'brief.write',
  'channel.list',
  'channel.add-article',
  'text.judge',
  'routing.read',
  'handover.list',
  'handover.read',
  'handover.manage',
  'answer.read',
  'answer.write',
  'help.collect',
  'instruction.read',
  'instruction.report',
  'card.read',
  'card.write',
  'objection.handle',
  'removal.read',
  'removal.register',
  'request.read',
  'request.register',
  'request.disclose',
  'roster.read',
  'chain.read',
];
const leadership: Grant = {
  actions: all(
    'draft.list',
    'draft.read',
    'draft.statistics',
    'trend.read',
    'topic.read',
    'brief.read',
    'handover.list',
    'handover.supervise',
    'instruction.read',
    'instruction.write',
    'card.read',
    'removal.read',
    'removal.approve',
    'request.read',
    'request.approve',
    'roster.read',
  ),
  view: openOnly,
  queues: [],
};

/** The one table of rights. */
const grants: Record<Role, Grant> = {
  editor: { actions: ownUnit(...drafting), view: nothing, queues: [] },
  'unit-reviewer': {
    actions: ownUnit(
      ...drafting,
      'draft.record-offline',
      'handover.list',
      'handover.read',
      'handover.act',
      'answer.read',
      'answer.write',
    ),
    view: openOnly,
    queues: [],
  },
  'unit-head': {
    actions: ownUnit(
      ...drafting,
      'draft.statistics',
      'trend.read',
      'handover.list',
      'handover.read',
      'handover.act',
      'handover.answer',
      'answer.read',
      'answer.write',
      'instruction.read',
      'instruction.report',
    ),
    view: openOnly,
    queues: [],
  },
  reviewer: {
    actions: { ...all(...office), ...ownUnit('draft.write') },
    view: { open: 'full', victim: 'masked', safety: 'none' },
    queues: ['review', 'service'],
  },
  director: {
    actions: {
      ...all(
        ...office,
        'topic.edit',
        'calendar.edit',
        'brief.approve',
        'brief.template',
        'channel.manage',
        'routing.edit',
        'handover.supervise',
        'answer.approve',
        'instruction.assign',
        'removal.approve',
        'request.approve',
        'authority.edit',
        'settings.read',
      ),
      ...ownUnit('draft.write'),
    },
    view: { open: 'full', victim: 'full', safety: 'none' },
    queues: ['review', 'service', 'operations'],
  },
  leader: leadership,
  principal: leadership,
  analyst: {
    actions: all(
      'post.search',
      'text.judge',
      ...rules,
      'trend.read',
      'topic.read',
      'topic.edit',
      'burst.answer',
      'calendar.edit',
      'brief.read',
      'brief.write',
      'brief.template',
    ),
    view: { open: 'full', victim: 'none', safety: 'none' },
    queues: [],
  },
  safety: {
    actions: all(
      ...work,
      'post.search',
      'rule.read',
      'answer.read',
      'answer.write',
      'answer.approve',
      'help.release',
      // What those on duty alone may see is handed over with their consent, by them (R20).
      'request.read',
      'request.approve',
      'request.disclose',
      'roster.read',
    ),
    view: { open: 'full', victim: 'full', safety: 'full' },
    queues: ['safety'],
  },
  operator: {
    actions: all(
      ...work,
      'channel.list',
      'channel.manage',
      'channel.add-article',
      'live.read',
      'text.judge',
      'help.collect',
      'removal.read',
      'removal.register',
      'roster.read',
      'webhook.manage',
      'settings.read',
    ),
    view: { open: 'full', victim: 'masked', safety: 'none' },
    queues: ['operations'],
  },
  'account-admin': {
    actions: all(
      'user.manage',
      'stand-in.manage',
      'setup.import',
      'roster.read',
      'chain.read',
      'settings.read',
    ),
    view: nothing,
    queues: [],
  },
  auditor: {
    actions: all('settings.read', 'audit.read', 'read-log.read', 'removal.read', 'request.read'),
    view: nothing,
    queues: [],
  },
};

/** A role that a person holds, for which unit, and in whose stead (a stand-in), if in anybody's. */
export interface Appointment {
  role: Role;
  unitId: string | null;
  onBehalfOf: string | null;
  /** Of a stand-in: the last day, YYYY-MM-DD in Shanghai. */
  until?: string;
}

/** Pairs that one person may not hold together. */
export const incompatibleRoles: readonly (readonly [Role, Role])[] = [
  ['operator', 'auditor'],
  ['account-admin', 'auditor'],
];

export function findIncompatibleRoles(roles: readonly Role[]): readonly [Role, Role] | null {
  return incompatibleRoles.find(([a, b]) => roles.includes(a) && roles.includes(b)) ?? null;
}

const openness: Record<TextView, number> = { none: 0, masked: 1, full: 2 };

export interface Rights {
  permitted: boolean;
  /** Whose matters: of every unit, or of these only. Asked wherever a unit acts for itself. */
  units: 'all' | readonly string[];
  view: Record<AccessClass, TextView>;
  queues: QueueName[];
  accessClasses: AccessClass[];
}

/** The rights of a person are the union over the appointments that grant the action asked for. */
export function rightsOf(appointments: readonly Appointment[], action: Action): Rights {
  const view: Record<AccessClass, TextView> = { ...nothing };
  const queues = new Set<QueueName>();
  const units = new Set<string>();
  let scope: Scope | null = null;
  for (const { role, unitId } of appointments) {
    const grant = grants[role];
    const granted = grant.actions[action];
    // Of one's own unit, and of none.
    if (granted === undefined || (granted === 'own-unit' && unitId === null)) continue;
    scope = scope === 'all' ? scope : granted;
    if (granted === 'own-unit' && unitId !== null) units.add(unitId);
    for (const queue of grant.queues) queues.add(queue);
    for (const access of AccessClass.options) {
      if (openness[grant.view[access]] > openness[view[access]]) view[access] = grant.view[access];
    }
  }
  return {
    permitted: scope !== null,
    units: scope === 'all' ? 'all' : [...units],
    view,
    queues: [...queues],
    accessClasses: AccessClass.options.filter((access) => view[access] !== 'none'),
  };
}

/** For a person without a unit: what a unit may do for itself is none of theirs. */
export function rightsFor(roles: readonly Role[], action: Action): Rights {
  return rightsOf(
    roles.map((role) => ({ role, unitId: null, onBehalfOf: null })),
    action,
  );
}

/** Each once. */
export function rolesOf(appointments: readonly Appointment[]): Role[] {
  return [...new Set(appointments.map(({ role }) => role))];
}
