import {
  AuditChains,
  AuditPage,
  AuditPeople,
  AuditQuery,
  NoticePreview,
  Retention,
  RightsTable,
  SettingsHistory,
  SettingsHistoryQuery,
} from './administration.ts';
import { plain, type RouteSpec } from './route-spec.ts';

/** How the tool is set up, and what it has done: read only. */
export const administrationRoutes = {
  readRights: {
    ...plain,
    method: 'get',
    path: '/api/rights',
    summary: 'The table of rights: role by right',
    action: 'signed-in',
    answer: RightsTable,
  },
  readNotice: {
    ...plain,
    method: 'get',
    path: '/api/notice',
    summary: 'The public notice as it is shown now',
    action: 'settings.read',
    answer: NoticePreview,
  },
  listSettingsChanges: {
    ...plain,
    method: 'get',
    path: '/api/settings-changes',
    summary: 'Which settings are in force, and who changed which when; no content',
    action: 'settings.read',
    query: SettingsHistoryQuery,
    answer: SettingsHistory,
  },
  readRetention: {
    ...plain,
    method: 'get',
    path: '/api/retention',
    summary:
      'Terms of retention and the last purge; for the independent reviewer also how much is there and due',
    action: 'settings.read',
    answer: Retention,
    cost: 5,
  },
  listAudit: {
    ...plain,
    method: 'get',
    path: '/api/audit/entries',
    summary: 'Who did what to which thing, newest first: ids, no content',
    action: 'audit.read',
    query: AuditQuery,
    answer: AuditPage,
  },
  listAuditPeople: {
    ...plain,
    method: 'get',
    path: '/api/audit/people',
    summary: 'Everybody with an account, by name, to choose whose entries are shown',
    action: 'audit.read',
    answer: AuditPeople,
  },
  listAuditChains: {
    ...plain,
    method: 'get',
    path: '/api/audit/chains',
    summary: 'The chains of both logs with their ends and their seals',
    action: 'audit.read',
    answer: AuditChains,
  },
} as const satisfies Record<string, RouteSpec>;
