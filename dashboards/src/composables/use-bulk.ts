import { computed, type Ref, ref, shallowRef, watch } from 'vue';
import type { BulkAnswer, BulkPreview } from '../../../review-api/contract/bulk.ts';
import { bulkLimit, isOneByOne } from '../../../review-api/contract/bulk.ts';
import { describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { t } from '../i18n/t.ts';
import { inChunks, pick } from '../lib/bulk.ts';
import type { DecisionKind, ReasonCode } from '../lib/codes.ts';
import { createCommandIds } from '../lib/command-id.ts';
import { newId } from '../lib/new-id.ts';
import { useKept } from './use-kept.ts';
import type { Queue } from './use-queue.ts';

export interface BulkWish {
  kind: DecisionKind;
  reason: ReasonCode;
  note: string;
}

export interface BulkResult {
  bulkId: string;
  /** Those that this bulk decided, which can be taken back. */
  decidedIds: string[];
  posts: number;
  items: BulkAnswer['items'];
}

const chunkSize = 25;

/** The rows picked in the list. They go with the list: what left it is picked no more. */
function usePicked(queue: Queue, context: Ref<unknown>) {
  const picked = shallowRef<ReadonlySet<string>>(new Set());
  const isPicking = ref(false);
  let anchor: string | null = null;

  function clear() {
    picked.value = new Set();
    isPicking.value = false;
    anchor = null;
  }
  watch([context, queue.filter], clear);
  watch(queue.ids, (ids) => {
    const listed = new Set(ids);
    const left = [...picked.value].filter((id) => listed.has(id));
    if (left.length !== picked.value.size) picked.value = new Set(left);
  });
  return {
    picked,
    isPicking,
    clear,
    toggle(id: string, withRange = false) {
      isPicking.value = true;
      const from = withRange ? anchor : null;
      picked.value = pick(queue.ids.value, picked.value, { id, anchor: from, limit: bulkLimit });
      anchor = id;
    },
    /** All that match and may be decided together, up to the limit: pages are read on for it. */
    async pickAll() {
      isPicking.value = true;
      for (let pages = 0; pages * 50 < bulkLimit && queue.hasMore.value; pages += 1) {
        if (queue.items.value.length >= bulkLimit) break;
        await queue.loadMore();
      }
      const together = queue.items.value.filter((one) => !isOneByOne(one));
      picked.value = new Set(together.slice(0, bulkLimit).map(({ id }) => id));
    },
  };
}

/** Many cases decided together: picked, looked at beforehand, run in parts, each once. */
export function useBulk(client: Client, queue: Queue, context: Ref<unknown>) {
  const rows = usePicked(queue, context);
  const isOpen = ref(false);
  const { draft: note, drop } = useKept('bulk-note', () => '');
  const preview = shallowRef<BulkPreview | null>(null);
  const failure = ref<string | null>(null);
  /** How many have been sent; null while nothing is. */
  const sent = ref<number | null>(null);
  const idOf = createCommandIds(newId);
  let turn = 0;

  const items = computed(() =>
    queue.items.value
      .filter(({ id }) => rows.picked.value.has(id))
      .map(({ id: caseId, version }) => ({ caseId, version })),
  );

  async function look({ kind, reason }: Pick<BulkWish, 'kind' | 'reason'>) {
    const mine = ++turn;
    failure.value = null;
    try {
      const answer = await client.call('previewBulk', { body: { kind, reason, items: items.value } });
      if (mine === turn) preview.value = answer;
    } catch (thrown) {
      if (mine === turn) failure.value = describeFailure(thrown);
    }
  }

  /** Cut off in the middle it can be sent again: what was decided already says so. Null where it was cut off. */
  async function run({ kind, reason, note: typed }: BulkWish): Promise<BulkResult | null> {
    const wanted = items.value;
    const note = typed.trim() === '' ? null : typed.trim();
    const bulkId = idOf([kind, reason, note, wanted]);
    const result: BulkResult = { bulkId, decidedIds: [], posts: 0, items: [] };
    failure.value = null;
    sent.value = 0;
    try {
      for (const part of inChunks(wanted, chunkSize)) {
        const body = { bulkId, kind, reason, note, items: part };
        const answer = await client.call('decideBulk', { body });
        const decided = answer.items.filter(({ hindrance }) => hindrance === null);
        result.decidedIds.push(...decided.map(({ caseId }) => caseId));
        result.posts += answer.posts;
        result.items.push(...answer.items);
        sent.value += part.length;
      }
      return result;
    } catch (thrown) {
      failure.value = t('queue.bulkInterrupted', { failure: describeFailure(thrown), sent: sent.value });
      return null;
    } finally {
      sent.value = null;
    }
  }

  return {
    ...rows,
    items,
    isOpen,
    preview,
    failure,
    sent,
    note,
    look,
    run,
    open() {
      preview.value = null;
      failure.value = null;
      isOpen.value = items.value.length > 0;
    },
    close() {
      drop();
      isOpen.value = false;
    },
    undo: (target: { bulkId: string; caseIds: readonly string[] }) =>
      client.call('undoBulk', { body: { bulkId: target.bulkId, caseIds: [...target.caseIds] } }),
  };
}
export type Bulk = ReturnType<typeof useBulk>;
