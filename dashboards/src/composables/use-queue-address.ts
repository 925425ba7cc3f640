import { type Ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { QueueName } from '../lib/codes.ts';
import { formatQuestion, parseQuestion, type SentQuestion } from '../lib/queue-address.ts';
import type { Queue } from './use-queue.ts';

const textOf = (question: SentQuestion) => JSON.stringify(formatQuestion(question));

/**
 * What narrows the list stands in the address: it can be sent, reloaded, and walked back to. Whatever changes it leaves a step for
 * the back key, but for what a queue opens with.
 */
export function useQueueAddress(queueName: Ref<QueueName | null>, queue: Queue) {
  const route = useRoute();
  const router = useRouter();
  const isHere = () => route.name === 'queue' || route.name === 'workbench';
  let opened: QueueName | null = null;

  const asked = (): SentQuestion => ({
    filter: queue.narrowed.value,
    state: queue.filter.value,
    due: queue.due.value,
    sort: queue.sort.value,
  });
  function read() {
    const name = queueName.value;
    if (name === null || !isHere()) return;
    const sent = parseQuestion(name, route.query);
    if (textOf(sent) === textOf(asked())) return;
    queue.narrow({ filter: sent.filter, sort: sent.sort });
    queue.filter.value = sent.state;
    queue.due.value = sent.due;
  }
  watch([queueName, () => route.query], read, { immediate: true });
  watch([queue.narrowed, queue.filter, queue.due, queue.sort], () => {
    const name = queueName.value;
    if (name === null || !isHere() || textOf(parseQuestion(name, route.query)) === textOf(asked())) return;
    const how = opened === name ? 'push' : 'replace';
    opened = name;
    void router[how]({ path: route.path, query: formatQuestion(asked()) });
  });
  return {
    /** Whether the address says what to list. */
    isAsked: () =>
      queueName.value !== null &&
      Object.keys(formatQuestion(parseQuestion(queueName.value, route.query))).length > 0,
    /** From now on a change is a step. */
    settle: () => {
      opened = queueName.value;
    },
  };
}
