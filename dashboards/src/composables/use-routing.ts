import { computed, ref, shallowRef } from 'vue';
import type { RoutingTrialView, RoutingView } from '../../../review-api/contract/routing.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { findGap, findWrongRule, moveRule, newRule, type RoutingRule } from '../lib/routing-draft.ts';
import { keptTexts } from './use-kept-text.ts';

/** Rules edited and not saved, with the version that they were begun on. There is one set of rules. */
const keptRules = keptTexts.of<{ rules: RoutingRule[]; version: number }>();
const theRules = 'rules';

/** The rules as they are being edited; nothing is in force until they are saved, all at once. */
export function useRouting(client: Client) {
  const stored = shallowRef<RoutingView | null>(null);
  const rules = shallowRef<RoutingRule[]>([]);
  const trial = shallowRef<RoutingTrialView | null>(null);
  const wrong = ref<{ index: number; field: string; failure: string } | null>(null);
  const failure = ref<string | null>(null);
  const saved = ref(false);
  const busy = ref(false);
  /** Rules edited before, and whether others were saved since. */
  const restored = ref<'as-begun' | 'moved-on' | null>(null);
  const isChanged = computed(() => JSON.stringify(rules.value) !== JSON.stringify(stored.value?.rules ?? []));
  let begunOn = 0;

  function set(next: RoutingRule[]) {
    rules.value = next;
    trial.value = null;
    saved.value = false;
    wrong.value = null;
  }

  /** What the person changes; it waits for them when they leave the page. */
  function edit(next: RoutingRule[]) {
    set(next);
    if (isChanged.value) keptRules.set(theRules, { rules: next, version: begunOn });
    else keptRules.delete(theRules);
  }

  function showStored(view: RoutingView) {
    stored.value = view;
    begunOn = view.version;
    restored.value = null;
    set([...view.rules]);
  }

  function restore(view: RoutingView) {
    const kept = keptRules.get(theRules);
    if (kept === null || !view.mayEdit) return;
    set(kept.rules);
    if (!isChanged.value) return keptRules.delete(theRules);
    begunOn = kept.version;
    restored.value = kept.version === view.version ? 'as-begun' : 'moved-on';
  }

  /** @returns whether it was done */
  async function tryTo(act: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    try {
      await act();
      failure.value = null;
      wrong.value = null;
      return true;
    } catch (thrown) {
      const place = findWrongRule(thrown instanceof ApiError ? thrown.field : undefined);
      const text = describeFailure(thrown);
      wrong.value = place === null ? null : { ...place, failure: text };
      failure.value = place === null ? text : null;
      return false;
    } finally {
      busy.value = false;
    }
  }

  function hasGap(): boolean {
    wrong.value = findGap(rules.value);
    return wrong.value !== null;
  }

  const load = () =>
    tryTo(async () => {
      const view = await client.call('readRouting', {});
      showStored(view);
      restore(view);
    });

  return {
    ...{ stored, rules, trial, wrong, failure, saved, busy, isChanged, restored, load },
    add: () => edit([...rules.value, newRule(rules.value)]),
    change: (index: number, rule: RoutingRule) =>
      edit(rules.value.map((one, at) => (at === index ? rule : one))),
    remove: (index: number) => edit(rules.value.filter((_, at) => at !== index)),
    move: (index: number, step: 1 | -1) => edit(moveRule(rules.value, index, step)),
    reset: () => {
      keptRules.delete(theRules);
      if (stored.value !== null) showStored(stored.value);
    },
    attempt: async () => {
      if (hasGap()) return;
      await tryTo(async () => {
        trial.value = await client.call('tryRouting', { body: { rules: rules.value } });
      });
    },
    save: async () => {
      if (hasGap()) return;
      await tryTo(async () => {
        const body = { rules: rules.value, seenVersion: stored.value?.version ?? 0 };
        showStored(await client.call('saveRouting', { body }));
        keptRules.delete(theRules);
        saved.value = true;
      });
    },
  };
}
