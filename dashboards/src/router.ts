import {
  createRouter,
  createWebHashHistory,
  type RouteLocationNormalizedLoaded,
  type RouteRecordNameGeneric,
  type RouteRecordRaw,
  type Router,
  type RouterHistory,
} from 'vue-router';
import { queueOrder } from './lib/labels.ts';
import { isPageName, pageFacts } from './lib/pages.ts';
import type { Page, Place } from './lib/place.ts';
import type { LinkToken } from './lib/slip-address.ts';
import { isPublicName, type PublicName, publicViews } from './views/public-pages.ts';

/** What is shown is chosen in `app-root.vue`, after the session is known: a record only says what an address means. */
const component = { render: () => null };
/** What may stand behind the name of a page; anything else opens the page without it. */
const idForm = /^[\w.:-]+$/;

const links: readonly RouteRecordRaw[] = [
  { name: 'link:slip', path: '/slip/:token([\\w-]{43})', component },
  { name: 'link:draft', path: '/draft-link/:token([\\w-]{43})', component },
];
const queues = queueOrder.join('|');
const pages = Object.keys(pageFacts).filter((name) => name !== 'workbench');

const routes: RouteRecordRaw[] = [
  ...links,
  { name: 'workbench', path: '/', component },
  { name: 'queue', path: `/:queue(${queues})/:caseId(.*)?`, component },
  ...[...pages, ...Object.keys(publicViews)].map((name) => ({ name, path: `/${name}/:id(.*)?`, component })),
  { name: 'nowhere', path: '/:path(.*)*', component },
];

/** Everything stands behind the `#`: the pages may lie below any path of a school's host, and a token goes to no server. */
export function createAppRouter(history: RouterHistory = createWebHashHistory()): Router {
  return createRouter({ history, routes });
}

type Where = Pick<RouteLocationNormalizedLoaded, 'params'> & { name?: RouteRecordNameGeneric | null };
const paramOf = ({ params }: Where, name: string): string | null => {
  const found = params[name];
  return typeof found === 'string' && found !== '' ? found : null;
};

/** The page that the address names, and what is open on it; the workbench reads the rest itself (`placeOf`). Null: it names none. */
export function pageOf(route: Where): Page | null {
  const name = String(route.name);
  if (name === 'workbench' || name === 'queue') return { name: 'workbench', id: null };
  if (!isPageName(name)) return null;
  return { name, id: idOf(route) };
}

function idOf(route: Where): string | null {
  const id = paramOf(route, 'id');
  return id !== null && idForm.test(id) ? id : null;
}

/** A page for everybody, signed in or not. */
export function publicPageOf(route: Where): { name: PublicName; id: string | null } | null {
  const name = String(route.name);
  return isPublicName(name) ? { name, id: idOf(route) } : null;
}

/** Where one stands at the workbench. */
export function placeOf(route: Where): Place {
  if (route.name !== 'queue') return { queue: null, caseId: null };
  const queue = queueOrder.find((one) => one === route.params.queue) ?? null;
  return { queue, caseId: paramOf(route, 'caseId') };
}

/** What the address of a one-time link shows, while it is one. */
export function linkOf(route: Where): LinkToken | null {
  const token = paramOf(route, 'token');
  if (token === null) return null;
  return { to: route.name === 'link:slip' ? 'slip' : 'draft', token };
}
