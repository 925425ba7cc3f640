import { reactive } from 'vue';
import type { WhatIfView } from '../../../review-api/contract/rule.ts';
import { describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { newId } from '../lib/new-id.ts';

export interface RuleTrial {
  ruleId: string;
  days: number;
  /** Whether the rule was in force when it was tried: then it is compared with not having it. */
  wasLive: boolean;
  startedAt: number;
  /** Null while the server has told nothing yet. */
  scanned: number | null;
  total: number | null;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  answer: WhatIfView | null;
  failure: string | null;
}

interface Asked {
  ruleId: string;
  wasLive: boolean;
  days: number;
  purpose: string;
}

interface Running {
  trial: RuleTrial;
  stop: AbortController;
}

/** Of whom, and of which rule: it goes on while its page is left, until the tab is closed. */
const trials = reactive(new Map<string, RuleTrial>());
const running = new Map<string, Running>();
const askEveryMs = 1000;

/** Trials of one person over the stored posts: begun, watched, cancelled; what came out stays until the next one. */
export function useRuleTrial(client: Client, me: { id: string }) {
  const keyOf = (ruleId: string) => `${me.id} ${ruleId}`;

  async function start({ ruleId, wasLive, days, purpose }: Asked) {
    const key = keyOf(ruleId);
    running.get(key)?.stop.abort();
    const stop = new AbortController();
    trials.set(key, {
      ...{ ruleId, wasLive, days, startedAt: Date.now(), scanned: null, total: null },
      ...{ state: 'running', answer: null, failure: null },
    });
    const trial = trials.get(key) as RuleTrial;
    running.set(key, { trial, stop });
    const trialId = newId();
    const timer = setInterval(() => void watch(trialId, trial), askEveryMs);
    try {
      const body = { ruleId, days, purpose, trialId };
      trial.answer = await client.call('tryRule', { body }, { byItself: false, signal: stop.signal });
      trial.state = 'done';
    } catch (thrown) {
      trial.state = stop.signal.aborted ? 'cancelled' : 'failed';
      if (!stop.signal.aborted) trial.failure = describeFailure(thrown);
    } finally {
      clearInterval(timer);
      if (running.get(key)?.stop === stop) running.delete(key);
    }
  }

  async function watch(trialId: string, trial: RuleTrial) {
    try {
      const asked = { byItself: true };
      const { scanned, total } = await client.call('readTrial', { params: { id: trialId } }, asked);
      if (scanned !== null) Object.assign(trial, { scanned, total });
    } catch {
      // The trial itself tells what went wrong.
    }
  }

  return {
    find: (ruleId: string) => trials.get(keyOf(ruleId)) ?? null,
    start,
    cancel: (ruleId: string) => running.get(keyOf(ruleId))?.stop.abort(),
  };
}
