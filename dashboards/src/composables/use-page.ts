import { type ComputedRef, computed, type Ref, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { Me } from '../../../review-api/contract/session.ts';
import { readGuideSkips } from '../lib/guide-skips.ts';
import { mayOpen, pagesFor } from '../lib/pages.ts';
import { formatPage, type Page } from '../lib/place.ts';
import { linkOf, pageOf, publicPageOf } from '../router.ts';

/** The page shown to `me`: what the address names, where the person may open it; else where they start. */
export function usePage(me: Readonly<Ref<Me | null>>): {
  page: ComputedRef<Page>;
  /** Leaves a step for the back key. */
  enter(next: Page): void;
  /** An address that leads nowhere became that of the page shown instead; until the next move. */
  wasAstray: Ref<boolean>;
} {
  const route = useRoute();
  const router = useRouter();
  const wasAstray = ref(false);
  const beginsWithGuide = (one: Me) => one.startsWithGuide && !readGuideSkips().includes('site');
  const start = (one: Me): Page => ({
    name: beginsWithGuide(one) ? 'guide' : (pagesFor(one.actions)[0] ?? 'workbench'),
    id: null,
  });
  const isForEverybody = (to: Parameters<typeof pageOf>[0]) =>
    linkOf(to) !== null || publicPageOf(to) !== null;

  const page = computed<Page>(() => {
    const named = pageOf(route);
    if (me.value === null) return named ?? { name: 'workbench', id: null };
    if (me.value.mustChangePassword) return { name: 'account', id: null };
    return named !== null && mayOpen(named.name, me.value.actions) ? named : start(me.value);
  });

  /** Who has no workbench starts elsewhere: the bare address then becomes that page's, so that what it asks stands behind a name. */
  const isBareAway = (one: Me, to: Parameters<typeof pageOf>[0]) =>
    to.name === 'workbench' && !mayOpen('workbench', one.actions);

  /** Before the sign-in every address stays: it is where one wanted to go. */
  function findWay(to: Parameters<typeof pageOf>[0]): string | null {
    if (me.value === null || me.value.mustChangePassword || isForEverybody(to)) return null;
    const named = pageOf(to);
    if (isBareAway(me.value, to)) return formatPage(start(me.value));
    if (to.name === 'workbench' || (named !== null && mayOpen(named.name, me.value.actions))) return null;
    return formatPage(start(me.value));
  }

  router.beforeEach((to, from) => {
    const way = findWay(to);
    if (way !== null) {
      wasAstray.value = to.name !== 'workbench';
      return { path: way.slice(1), replace: true };
    }
    if (to.redirectedFrom === undefined && to.path !== from.path) wasAstray.value = false;
    return true;
  });
  watch(me, (now, before) => {
    const isEntering = now !== null && !now.mustChangePassword && before?.mustChangePassword !== false;
    if (isEntering && beginsWithGuide(now) && route.name === 'workbench') {
      void router.replace({ path: formatPage({ name: 'guide', id: null }).slice(1) });
      return;
    }
    const way = findWay(route);
    if (way === null) return;
    wasAstray.value = route.name !== 'workbench';
    void router.replace({ path: way.slice(1) });
  });

  return { page, enter: (next) => void router.push(formatPage(next).slice(1)), wasAstray };
}
