import { computed, ref, shallowRef } from 'vue';
import type { RoutingTrialView, RoutingView } from '../../../review-api/contract/routing.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { findGap, findWrongRule, moveRule, newRule, type RoutingRule } from '../lib/routing-draft.ts';

/** The rules as they are being edited; nothing is in force until they are saved, all at once. */
export function useRouting(client: Client) {
  const stored = shallowRef<RoutingView | null>(null);
  const rules = shallowRef<RoutingRule[]>([]);
  const trial = shallowRef<RoutingTrialView | null>(null);
  const wrong = ref<{ index: number; field: string; failure: string } | null>(null);
  const failure = ref<string | null>(null);
  const saved = ref(false);
  const busy = ref(false);
  const isChanged = computed(() => JSON.stringify(rules.value) !== JSON.stringify(stored.value?.rules ?? []));

  function set(next: RoutingRule[]) {
    rules.value = next;
    trial.value = null;
    saved.value = false;
    wrong.value = null;
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
      stored.value = await client.call('readRouting', {});
      set([...stored.value.rules]);
    });

  return {
    ...{ stored, rules, trial, wrong, failure, saved, busy, isChanged, load },
    add: () => set([...rules.value, newRule(rules.value)]),
    change: (index: number, rule: RoutingRule) =>
      set(rules.value.map((one, at) => (at === index ? rule : one))),
    remove: (index: number) => set(rules.value.filter((_, at) => at !== index)),
    move: (index: number, step: 1 | -1) => set(moveRule(rules.value, index, step)),
    reset: () => set([...(stored.value?.rules ?? [])]),
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
        stored.value = await client.call('saveRouting', { body });
        set([...stored.value.rules]);
        saved.value = true;
      });
    },
  };
}
