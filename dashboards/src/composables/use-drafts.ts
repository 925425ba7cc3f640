import { onMounted, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { DraftDetail, DraftSummary } from '../../../review-api/contract/draft.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { t } from '../i18n/t.ts';
import {
  beginDraftMove,
  type DraftMoveForm,
  draftMoveBody,
  findMissingIn,
  type WrongField,
} from '../lib/draft-move.ts';
import { type DraftFilter, type DraftMove, draftMoveWords } from '../lib/draft-words.ts';
import { newId } from '../lib/new-id.ts';
import { shanghaiDay } from '../lib/shanghai-time.ts';
import { keptTexts } from './use-kept-text.ts';

const askAgainMs = 60_000;

/** The list of drafts with the counts of its filters; asks again by itself. */
export function useDraftList(client: Client, first: DraftFilter) {
  const filter = ref<DraftFilter>(first);
  const words = ref('');
  const items = shallowRef<DraftSummary[]>([]);
  const nextCursor = ref<string | null>(null);
  const counts = shallowRef<Partial<Record<DraftFilter, number>>>({});
  const failure = ref<string | null>(null);
  const loaded = ref(false);
  let isGrown = false;
  let asking = 0;

  const query = (cursor?: string) => ({
    filter: filter.value,
    ...(words.value.trim() === '' ? {} : { words: words.value.trim() }),
    ...(cursor === undefined ? {} : { cursor }),
  });

  async function refresh(by: 'person' | 'page') {
    asking += 1;
    const mine = asking;
    const asked = { byItself: by === 'page' };
    try {
      const [page, { items: counted }] = await Promise.all([
        client.call('listDrafts', { query: query() }, asked),
        client.call('countDrafts', {}),
      ]);
      if (mine !== asking) return;
      if (by === 'person' || !isGrown) {
        items.value = page.items;
        nextCursor.value = page.nextCursor;
        isGrown = false;
      }
      counts.value = Object.fromEntries(counted.map((one) => [one.filter, one.count]));
      failure.value = null;
    } catch (thrown) {
      if (mine === asking) failure.value = describeFailure(thrown);
    } finally {
      loaded.value = true;
    }
  }

  async function more() {
    if (nextCursor.value === null) return;
    try {
      const page = await client.call('listDrafts', { query: query(nextCursor.value) });
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
  return {
    ...{ filter, words, items, counts, failure, loaded, nextCursor, more },
    refresh: () => refresh('person'),
  };
}

/** Moves begun and not sent, by draft. */
const keptForms = keptTexts.of<DraftMoveForm>();

/** The draft that is open, and the move being made on it: sent twice by an impatient hand, it is one. */
export function useOpenDraft(client: Client, onMoved: () => void) {
  const draft = shallowRef<DraftDetail | null>(null);
  const failure = ref<string | null>(null);
  const form = ref<DraftMoveForm | null>(null);
  const restored = ref(false);
  const wrong = shallowRef<WrongField | null>(null);
  const busy = ref(false);
  const told = ref<string | null>(null);
  let wanted: string | null = null;
  /** The text was saved since: what was read of the draft besides is older. */
  let isStale = false;
  let sent: { content: string; commandId: string } | null = null;

  watch(
    form,
    (written) => {
      if (written !== null && draft.value !== null) keptForms.set(draft.value.id, { ...written });
    },
    { deep: true, flush: 'sync' },
  );

  function putAside() {
    form.value = null;
    restored.value = false;
    wrong.value = null;
  }

  /** What was begun on the draft before goes on, where that move is still open. */
  function restore(read: DraftDetail) {
    const before = keptForms.get(read.id);
    if (form.value !== null || before === null || !read.moves.includes(before.move)) return;
    form.value = { ...before };
    restored.value = true;
  }

  async function open(id: string | null) {
    if (id !== wanted) {
      draft.value = null;
      told.value = null;
      putAside();
    }
    wanted = id;
    failure.value = null;
    if (id === null) return;
    try {
      const read = await client.call('readDraft', { params: { id } });
      if (wanted !== id) return;
      draft.value = read;
      isStale = false;
      restore(read);
    } catch (thrown) {
      if (wanted === id) failure.value = describeFailure(thrown);
    }
  }

  async function send(target: DraftDetail, filled: DraftMoveForm) {
    const body = { revision: target.revision, ...draftMoveBody(filled) };
    const content = JSON.stringify([target.id, body]);
    if (sent?.content !== content) sent = { content, commandId: newId() };
    await client.call('moveDraft', {
      params: { id: target.id },
      body: { commandId: sent.commandId, ...body },
    });
  }

  async function confirm(): Promise<void> {
    const [target, filled] = [draft.value, form.value];
    if (target === null || filled === null || busy.value) return;
    wrong.value = findMissingIn(filled);
    if (wrong.value !== null) return;
    busy.value = true;
    try {
      await send(target, filled);
      keptForms.delete(target.id);
      onMoved();
      if (wanted !== target.id) return;
      putAside();
      told.value = t('draft-words.moveDone', { move: draftMoveWords[filled.move].label });
      await open(target.id);
    } catch (thrown) {
      if (wanted !== target.id) return;
      const field = thrown instanceof ApiError ? thrown.field : undefined;
      const found = { field: field ?? 'form', failure: describeFailure(thrown) };
      // Somebody was faster: what they did is shown; what was written stays.
      if (thrown instanceof ApiError && thrown.status === 409) await open(target.id);
      wrong.value = found;
    } finally {
      busy.value = false;
    }
  }

  return {
    ...{ draft, failure, form, restored, wrong, busy, told, open, confirm },
    /** The text's own page has saved it. */
    noteSaved(saved: { revision: number; contentVersion: number }) {
      if (draft.value === null) return;
      isStale = true;
      draft.value = { ...draft.value, ...saved };
    },
    async begin(move: DraftMove) {
      if (isStale) await open(wanted);
      if (draft.value === null) return;
      told.value = null;
      wrong.value = null;
      restored.value = false;
      form.value = beginDraftMove(move, draft.value, shanghaiDay(new Date().toISOString()));
    },
    /** Gives up what was written. */
    cancel() {
      if (draft.value !== null) keptForms.delete(draft.value.id);
      putAside();
    },
  };
}
export type OpenDraft = ReturnType<typeof useOpenDraft>;
