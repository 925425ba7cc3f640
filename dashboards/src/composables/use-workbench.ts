import { computed, ref, watch } from 'vue';
import type { CaseDetail } from '../../../review-api/contract/case-detail.ts';
import type { DecisionAnswer } from '../../../review-api/contract/decision.ts';
import type { Me } from '../../../review-api/contract/session.ts';
import { describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { t } from '../i18n/t.ts';
import { countWhy, hindranceLabels, undoHindranceLabels } from '../lib/bulk.ts';
import type { DecisionKind, QueueName } from '../lib/codes.ts';
import { decisionWords } from '../lib/decision-labels.ts';
import { queueOrder } from '../lib/labels.ts';
import { newId } from '../lib/new-id.ts';
import { findNeighbour, findSuccessor } from '../lib/place.ts';
import { type BulkWish, useBulk } from './use-bulk.ts';
import { useCaseWork } from './use-case-work.ts';
import { useClaimWatch } from './use-claim-watch.ts';
import { useDeciding } from './use-deciding.ts';
import { useFreshCounts } from './use-fresh-counts.ts';
import type { KeptDrafts } from './use-kept-drafts.ts';
import { useLeadActions } from './use-lead-actions.ts';
import { useOpenCase } from './use-open-case.ts';
import { usePlace } from './use-place.ts';
import { useQueue } from './use-queue.ts';
import { useQueueFilter } from './use-queue-filter.ts';
import { type UndoTarget, useToast } from './use-toast.ts';

/** The parts that the flow below ties together. */
function useParts(client: Client, me: Me, drafts: KeptDrafts) {
  const { place, enter, replace } = usePlace();
  const queueName = computed<QueueName | null>(() => {
    const asked = place.value.queue;
    if (asked !== null && me.queues.includes(asked)) return asked;
    return queueOrder.find((one) => me.queues.includes(one)) ?? null;
  });
  const caseId = computed(() => place.value.caseId);
  const openCase = useOpenCase(client);
  const detail = computed<CaseDetail | null>(() =>
    openCase.current.value.status === 'ready' ? openCase.current.value.detail : null,
  );
  const deciding = useDeciding(client, detail, drafts);
  const queue = useQueue(client, queueName);
  const narrowing = useQueueFilter(client, queueName, queue);
  const bulk = useBulk(client, queue, queueName);
  const claimWatch = useClaimWatch(client, detail);
  const shown = { enter, replace, queueName, caseId, openCase, detail };
  return { ...shown, deciding, queue, narrowing, bulk, claimWatch, toast: useToast() };
}
type Parts = ReturnType<typeof useParts>;

/** What follows when a decision was recorded: off the list, the next one opens, and ten seconds to take it back. */
async function goOn(parts: Parts, decided: CaseDetail, kind: DecisionKind, answer: DecisionAnswer) {
  const { queue, openCase, toast } = parts;
  // The last of what is loaded, and more follow.
  if (queue.ids.value.at(-1) === decided.id) await queue.loadMore();
  let next = findSuccessor(queue.ids.value, decided.id);
  queue.remove(decided.id);
  void openCase.close('decided');
  const { caseId, decisionId, version } = answer;
  const { label, leavesSight } = decisionWords[kind];
  toast.show(t('app.recorded', { label }), leavesSight ? {} : { undo: { caseId, decisionId, version } });
  if (next === null) {
    await queue.refresh();
    next = queue.ids.value[0] ?? null;
  } else {
    void queue.refreshCounts();
  }
  parts.replace({ queue: parts.queueName.value, caseId: next });
}

/** Somebody was faster: say so, and show the case as it stands now. */
async function lookAgain(parts: Parts, caseId: string, message: string) {
  parts.toast.show(t('app.reloadedForYou', { message }), { tone: 'problem' });
  await Promise.all([parts.openCase.open(caseId, { keepClaim: true }), parts.queue.refresh()]);
}

/** Together decided, together taken back, as far as it still holds. */
async function takeBulkBack({ bulk, toast, queue }: Parts, target: Extract<UndoTarget, { bulkId: string }>) {
  try {
    const { undone, left, items } = await bulk.undo(target);
    const whys = countWhy(
      items.map(({ hindrance }) => hindrance),
      undoHindranceLabels,
    );
    const why = whys.map(({ label, count }) => t('app.labelCount', { label, n: count })).join(t('app.comma'));
    toast.show(
      t('app.bulkUndone', {
        n: undone,
        rest: left === 0 ? '' : t('app.bulkNotUndone', { n: left, why }),
      }),
    );
  } catch (thrown) {
    toast.show(t('app.bulkUndoFailed', { failure: describeFailure(thrown) }), {
      tone: 'problem',
      undo: target,
    });
  }
  await queue.refresh();
}

/** Off the list what was decided; a toast to take it back; and what stays is named. */
async function runBulk(parts: Parts, wish: BulkWish) {
  const { bulk, toast, queue, openCase } = parts;
  const result = await bulk.run(wish);
  if (result === null) return;
  const { bulkId, decidedIds, posts, items } = result;
  const left = items.length - decidedIds.length;
  const shownId = parts.caseId.value;
  if (shownId !== null && decidedIds.includes(shownId)) {
    void openCase.close('decided');
    parts.replace({ queue: parts.queueName.value, caseId: null });
  }
  bulk.close();
  bulk.clear();
  queue.remove(...decidedIds);
  const covers = posts > decidedIds.length ? t('app.coversCopies', { posts }) : '';
  const stays = countWhy(
    items.map(({ hindrance }) => hindrance),
    hindranceLabels,
  );
  const why = stays.map(({ label, count }) => t('app.labelCount', { label, n: count })).join(t('app.comma'));
  const text = t('app.bulkDecided', {
    n: decidedIds.length,
    covers,
    rest: left === 0 ? '' : t('app.bulkNotDecided', { n: left, why }),
  });
  toast.show(text, decidedIds.length === 0 ? {} : { undo: { bulkId, caseIds: decidedIds } });
  await queue.refresh();
}

async function takeBack(parts: Parts, client: Client, target: Extract<UndoTarget, { caseId: string }>) {
  const { toast, queue, openCase } = parts;
  const { caseId, decisionId, version } = target;
  try {
    const body = { commandId: newId(), version, decisionId };
    await client.call('undoDecision', { params: { id: caseId }, body });
    toast.show(t('app.decisionUndone'));
    const isShown = parts.caseId.value === caseId;
    parts.enter({ queue: parts.queueName.value, caseId });
    await Promise.all([queue.refresh(), isShown ? openCase.open(caseId, { keepClaim: true }) : null]);
  } catch (thrown) {
    toast.show(t('app.undoFailed', { failure: describeFailure(thrown) }), { tone: 'problem' });
  }
}

/** The copy is another matter: it waits in a case of its own, and the open one shows what is left. */
async function partCopy(parts: Parts, client: Client, postId: string) {
  const { toast, queue, openCase } = parts;
  const target = parts.detail.value;
  if (target === null) return;
  try {
    const body = { commandId: newId(), version: target.version, postId };
    await client.call('splitCopy', { params: { id: target.id }, body });
    toast.show(t('app.copySplitOff'));
  } catch (thrown) {
    toast.show(t('app.splitFailed', { failure: describeFailure(thrown) }), { tone: 'problem' });
  }
  await Promise.all([openCase.open(target.id, { keepClaim: true }), queue.refresh()]);
}

/** Closed by a person: off the list, and shown as it stands. */
async function closeCase(parts: Parts, client: Client) {
  const { toast, queue, openCase } = parts;
  const target = parts.detail.value;
  if (target === null) return;
  try {
    const body = { commandId: newId(), version: target.version };
    await client.call('closeCase', { params: { id: target.id }, body });
    toast.show(t('app.caseClosed'));
  } catch (thrown) {
    toast.show(t('app.closeFailed', { failure: describeFailure(thrown) }), { tone: 'problem' });
  }
  await Promise.all([openCase.open(target.id, { keepClaim: true }), queue.refresh()]);
}

/** The reviewer's flow: list → item → decision → next item. */
export function useWorkbench(client: Client, me: Me, drafts: KeptDrafts) {
  const parts = useParts(client, me, drafts);
  const { bulk, caseId, claimWatch, detail, deciding, openCase, queue, queueName, toast } = parts;
  /** On a phone the decision is a view of its own. */
  const isDecideOpen = ref(false);

  const lookAgainAt = async (message: string) => {
    const shown = caseId.value;
    toast.show(message);
    await Promise.all([shown === null ? null : openCase.open(shown, { keepClaim: true }), queue.refresh()]);
  };
  const leadActions = useLeadActions(client, lookAgainAt);
  const caseWork = useCaseWork(client, lookAgainAt);

  function show(id: string | null) {
    isDecideOpen.value = false;
    deciding.putAside();
    deciding.stale.value = null;
    caseWork.clear();
    if (id === null) void openCase.close('left');
    else void openCase.open(id);
  }
  watch(caseId, show, { immediate: true });
  watch(detail, (shown) => {
    if (shown !== null) queue.update(shown);
  });
  watch([queueName], () => void queue.refreshCounts(), { immediate: true });
  useFreshCounts(queue, {
    name: () => queueName.value,
    isBusy: () => deciding.draft.value !== null || bulk.isPicking.value,
    onChange: claimWatch.look,
  });

  /** Where the open case stood in the list: somebody may take it off while it is read. */
  let stood = 0;
  watch([caseId, queue.ids], ([id, ids]) => {
    const at = id === null ? -1 : ids.indexOf(id);
    if (at >= 0) stood = at;
  });
  function neighbour(step: 1 | -1): string | null {
    const ids = queue.ids.value;
    const id = caseId.value;
    if (id === null || ids.includes(id)) return findNeighbour(ids, id, step);
    return ids[step === 1 ? stood : stood - 1] ?? null;
  }
  /** @returns whether there is one to go to, loaded or not */
  function moveBy(step: 1 | -1): boolean {
    const id = neighbour(step);
    const open = (next: string) => parts.enter({ queue: queueName.value, caseId: next });
    if (id !== null) open(id);
    else if (step === 1 && queue.hasMore.value) {
      void queue.loadMore().then(() => {
        const next = neighbour(1);
        if (next !== null) open(next);
      });
    }
    return id !== null || (step === 1 && queue.hasMore.value);
  }

  return {
    ...parts,
    isDecideOpen,
    leadActions,
    caseWork,
    runBulk: (wish: BulkWish) => runBulk(parts, wish),
    loadVersions: (id: string) => client.call('readVersions', { params: { id }, query: {} }),
    closeCase: () => closeCase(parts, client),
    openItem: (id: string | null) => parts.enter({ queue: queueName.value, caseId: id }),
    enterQueue: (queueTo: QueueName) => parts.enter({ queue: queueTo, caseId: null }),
    /** Before signing out: afterwards nobody could free the claim until it runs out. */
    letGo: () => openCase.close('left'),
    retry: (id: string, purpose?: string) => openCase.open(id, purpose === undefined ? {} : { purpose }),
    neighbour,
    moveBy,
    async confirm() {
      const target = detail.value;
      const result = await deciding.confirm();
      if (target === null || result.outcome === 'kept') return;
      if (result.outcome === 'stale') await lookAgain(parts, target.id, result.message);
      else await goOn(parts, target, result.draft.kind, result.answer);
    },
    partCopy: (postId: string) => partCopy(parts, client, postId),
    async undoLast() {
      const target = toast.toast.value?.undo ?? null;
      if (target === null) return;
      toast.dismiss();
      if ('bulkId' in target) await takeBulkBack(parts, target);
      else await takeBack(parts, client, target);
    },
    async undoShown(decisionId: string) {
      const shown = detail.value;
      if (shown !== null)
        await takeBack(parts, client, { caseId: shown.id, decisionId, version: shown.version });
    },
  };
}
export type Workbench = ReturnType<typeof useWorkbench>;
