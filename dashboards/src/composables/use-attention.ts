import { computed } from 'vue';
import type { Me } from '../../../review-api/contract/session.ts';
import type { Client } from '../api/client.ts';
import {
  type Attention,
  inOrder,
  watchAnswers,
  watchNotice,
  watchPeople,
  watchRequests,
  watchSettings,
  watchSetup,
  watchStandIns,
  watchVerification,
  watchWebhooks,
} from '../lib/admin-attention.ts';
import type { Action } from '../lib/codes.ts';
import { type Read, useRead } from './use-read.ts';

/** What waits for this person in administration: each place is asked only if they may open it. */
export function useAttention(client: Client, me: Me) {
  const may = (action: Action) => me.actions.includes(action);
  const ask = <T>(name: string, action: Action, read: () => Promise<T>): Read<T> =>
    useRead<T>(
      () => [me.login, 'attention', name],
      read,
      () => may(action),
    );

  const requests = ask('requests', 'objection.handle', () =>
    client.call('listPublicRequests', { query: { state: 'received', limit: 100 } }),
  );
  const standIns = ask('stand-ins', 'stand-in.manage', () =>
    client.call('listStandIns', { query: { limit: 100 } }),
  );
  const people = ask('people', 'user.manage', () => client.call('listPeople', { query: { limit: 1 } }));
  const verification = ask('verification', 'audit.read', () => client.call('readVerification', {}));
  const answers = ask('answers', 'answer.read', () => client.call('listAnswers', { query: {} }));
  const webhooks = ask('webhooks', 'webhook.manage', () => client.call('listWebhooks', {}));
  const notice = ask('notice', 'settings.read', () => client.call('readNotice', {}));
  const setup = ask('setup', 'setup.import', () => client.call('readSetup', {}));
  const settings = ask('settings', 'settings.read', () =>
    client.call('listSettingsChanges', { query: { limit: 1 } }),
  );
  const all: readonly Read<unknown>[] = [
    ...[requests, standIns, people, verification, answers, webhooks, notice, setup, settings],
  ];

  const items = computed<Attention[]>(() => {
    const now = new Date().toISOString();
    return inOrder([
      ...watchRequests(requests.data.value?.items ?? [], now),
      ...(verification.data.value === undefined ? [] : watchVerification(verification.data.value.last, now)),
      ...watchWebhooks(webhooks.data.value?.items ?? []),
      ...watchAnswers(answers.data.value?.items ?? []),
      ...watchStandIns(standIns.data.value?.items ?? [], now),
      ...(people.data.value === undefined ? [] : watchPeople(people.data.value.counts)),
      ...watchNotice(notice.data.value?.unfilled ?? []),
      ...watchSetup(setup.data.value?.unknownYears ?? []),
      ...watchSettings(settings.data.value?.inForce ?? []),
    ]);
  });
  return {
    items,
    isBusy: computed(() => all.some(({ isBusy, data }) => isBusy.value && data.value === undefined)),
    failure: computed(() => all.map(({ failure }) => failure.value).find((one) => one !== null) ?? null),
    again: () => {
      for (const one of all) if (one.failure.value !== null) one.again();
    },
  };
}
