import { computed, onMounted, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { HandoverDetail } from '../../../review-api/contract/handover.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { beginMove, findMissingIn, type MoveDraft, moveBody } from '../lib/handover-draft.ts';
import {
  doorOf,
  type HandoverFilter,
  type HandoverMove,
  type ListedHandover,
} from '../lib/handover-words.ts';
import { newId } from '../lib/new-id.ts';
import { keptTexts } from './use-kept-text.ts';

const askAgainMs = 60_000;

/** One list of slips with the counts of all, asked again every minute. */
export function useHandoverList(client: Client, first: HandoverFilter) {
  const filter = ref<HandoverFilter>(first);
  const items = shallowRef<ListedHandover[]>([]);
  const nextCursor = ref<string | null>(null);
  const counts = shallowRef<Partial<Record<HandoverFilter, number>>>({});
  const failure = ref<string | null>(null);
  const loaded = ref(false);
  /** Grown by "more": going back to its first page by itself would pull the rows from under the reader. */
  let isGrown = false;

  async function refresh(by: 'person' | 'page') {
    const asked = filter.value;
    try {
      const [page, { items: counted }] = await Promise.all([
        client.call('listHandovers', { query: { filter: asked } }, { byItself: by === 'page' }),
        client.call('countHandovers', {}),
      ]);
      if (asked !== filter.value) return;
      if (by === 'person' || !isGrown) {
        items.value = page.items;
        nextCursor.value = page.nextCursor;
        isGrown = false;
      }
      counts.value = Object.fromEntries(counted.map((one) => [one.filter, one.count]));
      failure.value = null;
    } catch (thrown) {
      failure.value = describeFailure(thrown);
    } finally {
      loaded.value = true;
    }
  }
  async function more() {
    if (nextCursor.value === null) return;
    try {
      const query = { filter: filter.value, cursor: nextCursor.value };
      const page = await client.call('listHandovers', { query });
      isGrown = true;
      items.value = [...items.value, ...page.items];
      nextCursor.value = page.nextCursor;
    } catch (thrown) {
      failure.value = describeFailure(thrown);
    }
  }
  watch(filter, () => refresh('person'));
  onMounted(() => refresh('person'));
  const timer = window.setInterval(() => void (document.hidden || refresh('page')), askAgainMs);
  onScopeDispose(() => window.clearInterval(timer));
  return { filter, items, counts, failure, loaded, nextCursor, refresh: () => refresh('person'), more };
}

/** Moves begun and not sent, by slip. */
const keptMoves = keptTexts.of<MoveDraft>();
/** What was written for a move that is open no more, by slip: there to be copied. */
const keptLeftovers = keptTexts.of<string>();

/** Writes every change of the move through to the kept ones, so that nothing that ends the screen loses it. */
function useMoveDraft() {
  const draft = ref<MoveDraft | null>(null);
  const restored = ref(false);
  let started: { slipId: string; fresh: MoveDraft } | null = null;

  function keep(written: MoveDraft | null) {
    if (written === null || started === null) return;
    const { slipId, fresh } = started;
    if (JSON.stringify(written) === JSON.stringify(fresh)) keptMoves.delete(slipId);
    else keptMoves.set(slipId, { ...written });
  }
  watch(draft, keep, { flush: 'sync' });

  /** Off the screen, but kept. */
  function putAside() {
    draft.value = null;
    restored.value = false;
  }

  return {
    draft,
    restored,
    putAside,
    start(move: HandoverMove, slip: HandoverDetail) {
      started = { slipId: slip.id, fresh: beginMove(move, slip) };
      restored.value = false;
      draft.value = { ...started.fresh };
    },
    /** What was begun on the slip before goes on, where that move is still open. */
    restore(slip: HandoverDetail) {
      const before = keptMoves.get(slip.id);
      if (draft.value !== null || before === null) return;
      if (slip.moves.includes(before.move)) {
        started = { slipId: slip.id, fresh: beginMove(before.move, slip) };
        draft.value = { ...before };
        restored.value = true;
        return;
      }
      keptMoves.delete(slip.id);
      const texts = [keptLeftovers.get(slip.id) ?? '', before.text.trim()];
      keptLeftovers.set(slip.id, texts.filter((text) => text !== '').join('\n\n'));
    },
    drop(slipId: string) {
      keptMoves.delete(slipId);
      if (started?.slipId === slipId) putAside();
    },
  };
}

/** The slip that is open, and the move being made on it: sent twice by an impatient hand, it is one. */
export function useOpenHandover(client: Client, onMoved: () => void) {
  const slip = shallowRef<HandoverDetail | null>(null);
  const failure = ref<string | null>(null);
  const { draft, restored, putAside, start, restore, drop } = useMoveDraft();
  const leftover = computed(() => (slip.value === null ? '' : (keptLeftovers.get(slip.value.id) ?? '')));
  const wrong = shallowRef<{ field: string; failure: string } | null>(null);
  const busy = ref(false);
  const told = ref<string | null>(null);
  let wanted: string | null = null;
  let sent: { content: string; commandId: string } | null = null;

  async function open(id: string | null) {
    if (id !== wanted) {
      slip.value = null;
      putAside();
      told.value = null;
    }
    wanted = id;
    wrong.value = null;
    failure.value = null;
    if (id === null) return;
    try {
      const read = await client.call('readHandover', { params: { id } });
      if (wanted !== id) return;
      restore(read);
      slip.value = read;
    } catch (thrown) {
      if (wanted === id) failure.value = describeFailure(thrown);
    }
  }

  /** @returns whether it was made */
  async function send(target: HandoverDetail, filled: MoveDraft): Promise<boolean> {
    const body = { version: target.version, move: filled.move, ...moveBody(filled) };
    const content = JSON.stringify([target.id, body]);
    if (sent?.content !== content) sent = { content, commandId: newId() };
    const input = { params: { id: target.id }, body: { commandId: sent.commandId, ...body } };
    // The route takes the moves of its right alone: `doorOf` names the one that takes this.
    await client.call(doorOf(filled.move), input as never);
    return true;
  }

  return {
    slip,
    failure,
    draft,
    restored,
    leftover,
    dropLeftover() {
      if (slip.value !== null) keptLeftovers.delete(slip.value.id);
    },
    wrong,
    busy,
    told,
    open,
    begin(move: HandoverMove) {
      if (slip.value === null) return;
      told.value = null;
      wrong.value = null;
      start(move, slip.value);
    },
    /** Gives up what was written. */
    cancel() {
      if (slip.value !== null) drop(slip.value.id);
      wrong.value = null;
    },
    async confirm(said: string): Promise<void> {
      const [target, filled] = [slip.value, draft.value];
      if (target === null || filled === null || busy.value) return;
      wrong.value = findMissingIn(filled);
      if (wrong.value !== null) return;
      busy.value = true;
      try {
        await send(target, filled);
        drop(target.id);
        onMoved();
        // Another slip may be open by now.
        if (wanted !== target.id) return;
        told.value = said;
        await open(target.id);
      } catch (thrown) {
        if (wanted !== target.id) return;
        const field = thrown instanceof ApiError ? thrown.field : undefined;
        wrong.value = { field: field ?? 'form', failure: describeFailure(thrown) };
        // Somebody was faster: what they did is shown; what was written stays.
        if (thrown instanceof ApiError && thrown.status === 409) {
          const kept = wrong.value;
          await open(target.id);
          wrong.value = kept;
        }
      } finally {
        busy.value = false;
      }
    },
  };
}
export type OpenHandover = ReturnType<typeof useOpenHandover>;
