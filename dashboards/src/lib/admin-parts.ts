import { t } from '../i18n/t.ts';
import type { Action } from './codes.ts';
import { mayOpen, type PageName, pageFacts } from './pages.ts';
import { formatPage } from './place.ts';

/** What the page of administration shows itself, by the id in its address. */
export const adminParts = {
  units: { title: t('admin.units'), purpose: t('admin.unitsPurpose'), actions: ['setup.import'] },
  rights: { title: t('admin.rights'), purpose: t('admin.rightsPurpose'), actions: null },
  notice: { title: t('admin.notice'), purpose: t('admin.noticePurpose'), actions: ['settings.read'] },
  settings: {
    ...{ title: t('admin.settings'), purpose: t('admin.settingsPurpose') },
    actions: ['settings.read'],
  },
  retention: {
    ...{ title: t('admin.retention'), purpose: t('admin.retentionPurpose') },
    actions: ['settings.read'],
  },
  audit: { title: t('admin.audit'), purpose: t('admin.auditPurpose'), actions: ['audit.read'] },
} as const satisfies Record<string, { title: string; purpose: string; actions: readonly Action[] | null }>;
export type AdminPart = keyof typeof adminParts;

export function isAdminPart(id: string | null): id is AdminPart {
  return id !== null && Object.hasOwn(adminParts, id);
}

export function mayOpenPart(part: AdminPart, actions: readonly Action[]): boolean {
  const needed: readonly Action[] | null = adminParts[part].actions;
  return needed === null || needed.some((one) => actions.includes(one));
}

/** A page of its own that belongs to administration, and what it is for. */
const pagePurposes = {
  people: t('admin.peoplePurpose'),
  roster: t('admin.rosterPurpose'),
  setup: t('admin.setupPurpose'),
  authority: t('admin.authorityPurpose'),
  answers: t('admin.answersPurpose'),
  calendar: t('admin.calendarPurpose'),
  routing: t('admin.routingPurpose'),
  registers: t('admin.registersPurpose'),
  'read-log': t('admin.readLogPurpose'),
  webhooks: t('admin.webhooksPurpose'),
} as const satisfies Partial<Record<PageName, string>>;
type AdminPage = keyof typeof pagePurposes;

export interface AdminEntry {
  key: string;
  href: string;
  title: string;
  purpose: string;
}

const part = (name: AdminPart) => ({ part: name });
const page = (name: AdminPage, id: string | null = null) => ({ page: name, id });
type Listed = ReturnType<typeof part> | ReturnType<typeof page>;

const groups: readonly { title: string; entries: readonly Listed[] }[] = [
  {
    title: t('admin.groupPeople'),
    entries: [page('people'), page('people', 'stand-ins'), part('units'), part('rights'), page('roster')],
  },
  {
    title: t('admin.groupWords'),
    entries: [page('answers'), page('authority'), page('calendar'), page('routing')],
  },
  { title: t('admin.groupPublic'), entries: [part('notice'), page('registers')] },
  { title: t('admin.groupOversight'), entries: [part('audit'), page('read-log'), part('retention')] },
  { title: t('admin.groupSystem'), entries: [page('setup'), part('settings'), page('webhooks')] },
];

function describe(entry: Listed, actions: readonly Action[]): AdminEntry[] {
  if ('part' in entry) {
    if (!mayOpenPart(entry.part, actions)) return [];
    const { title, purpose } = adminParts[entry.part];
    return [{ key: entry.part, href: formatPage({ name: 'admin', id: entry.part }), title, purpose }];
  }
  if (!mayOpen(entry.page, actions)) return [];
  const href = formatPage({ name: entry.page, id: entry.id });
  if (entry.id === 'stand-ins') {
    return [{ key: 'stand-ins', href, title: t('admin.standIns'), purpose: t('admin.standInsPurpose') }];
  }
  const { label: title } = pageFacts[entry.page];
  return [{ key: entry.page, href, title, purpose: pagePurposes[entry.page] }];
}

/** What somebody with these rights finds under administration; a group of which there is nothing is left out. */
export function listAdmin(actions: readonly Action[]): { title: string; entries: AdminEntry[] }[] {
  return groups
    .map(({ title, entries }) => ({ title, entries: entries.flatMap((one) => describe(one, actions)) }))
    .filter(({ entries }) => entries.length > 0);
}
