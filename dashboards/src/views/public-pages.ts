import type { LateView } from '../composables/use-late-view.ts';

/**
 * Pages for everybody, signed in or not, by the name in their address (`#/notice`). Each takes `client`, `id` (what stands
 * behind its name, or null) and `signedIn`, and stands alone: no bar with pages around it.
 */
export const publicViews = {
  notice: () => import('./public/public-door.vue'),
  objection: () => import('./public/public-door.vue'),
} as const satisfies Record<string, LateView>;

export type PublicName = keyof typeof publicViews;

export const isPublicName = (name: string): name is PublicName => Object.hasOwn(publicViews, name);
