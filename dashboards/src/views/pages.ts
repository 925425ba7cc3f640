import { type Component, defineAsyncComponent } from 'vue';
import type { PageName } from '../lib/pages.ts';

/**
 * What shows each page; loaded when it is first opened. Each takes `client`, `me`, `id` (of what is open on it, or null), and
 * emits `open` (an id, or null) and `signOut`.
 */
export const pageViews: Record<Exclude<PageName, 'workbench'>, Component> = {
  handovers: defineAsyncComponent(() => import('./handovers/handovers-view.vue')),
  search: defineAsyncComponent(() => import('./search/search-view.vue')),
  routing: defineAsyncComponent(() => import('./routing/routing-view.vue')),
  leads: defineAsyncComponent(() => import('./leads/leads-view.vue')),
  answers: defineAsyncComponent(() => import('./answers/answers-view.vue')),
  'help-replies': defineAsyncComponent(() => import('./help/help-replies-view.vue')),
  channels: defineAsyncComponent(() => import('./channels/channels-view.vue')),
  instructions: defineAsyncComponent(() => import('./instructions/instructions-view.vue')),
  roster: defineAsyncComponent(() => import('./roster/roster-view.vue')),
  registers: defineAsyncComponent(() => import('./registers/registers-view.vue')),
  'read-log': defineAsyncComponent(() => import('./read-log/read-log-view.vue')),
  people: defineAsyncComponent(() => import('./people/people-view.vue')),
  setup: defineAsyncComponent(() => import('./setup/setup-view.vue')),
  account: defineAsyncComponent(() => import('./account/account-view.vue')),
  webhooks: defineAsyncComponent(() => import('./webhooks/webhooks-view.vue')),
};
