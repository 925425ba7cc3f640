import type { LateView } from '../composables/use-late-view.ts';
import type { PageName } from '../lib/pages.ts';

/**
 * What shows each page; loaded when it is first opened. Each takes `client`, `me`, `id` (of what is open on it, or null), and
 * emits `open` (an id, or null) and `signOut`. To be shown by `views/shell/late-page.vue`.
 */
export const pageViews: Record<Exclude<PageName, 'workbench'>, LateView> = {
  leader: () => import('./leader/leader-view.vue'),
  handovers: () => import('./handovers/handovers-view.vue'),
  drafts: () => import('./drafts/drafts-view.vue'),
  live: () => import('./live/live-view.vue'),
  briefs: () => import('./briefs/briefs-view.vue'),
  trends: () => import('./trends/trends-view.vue'),
  topics: () => import('./topics/topics-view.vue'),
  bursts: () => import('./bursts/bursts-view.vue'),
  calendar: () => import('./calendar/calendar-view.vue'),
  search: () => import('./search/search-view.vue'),
  rules: () => import('./rules/rules-view.vue'),
  routing: () => import('./routing/routing-view.vue'),
  leads: () => import('./leads/leads-view.vue'),
  answers: () => import('./answers/answers-view.vue'),
  'help-replies': () => import('./help/help-replies-view.vue'),
  authority: () => import('./authority/authority-view.vue'),
  channels: () => import('./channels/channels-view.vue'),
  instructions: () => import('./instructions/instructions-view.vue'),
  roster: () => import('./roster/roster-view.vue'),
  registers: () => import('./registers/registers-view.vue'),
  'read-log': () => import('./read-log/read-log-view.vue'),
  people: () => import('./people/people-view.vue'),
  setup: () => import('./setup/setup-view.vue'),
  guide: () => import('./guide/guide-view.vue'),
  admin: () => import('./admin/admin-view.vue'),
  account: () => import('./account/account-view.vue'),
  webhooks: () => import('./webhooks/webhooks-view.vue'),
};
