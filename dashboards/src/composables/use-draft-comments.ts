import { computed, ref, shallowRef } from 'vue';
import { describeFailure } from '../api/api-error.ts';
import { t } from '../i18n/t.ts';
import type { DraftApi, DraftComment } from '../lib/draft-api.ts';
import { showMarks } from '../lib/draft-marks.ts';
import { placeComments, readPhrase } from '../lib/mark-places.ts';
import type { TextEditor } from './use-text-editor.ts';

export interface CommentsOptions {
  api: DraftApi;
  id: string;
  text: TextEditor;
  /** The version whose text is on the screen, once everything typed is saved; null where it could not be. */
  settle: () => Promise<number | null>;
}

export interface BegunComment {
  phrase: { start: number; end: number; text: string } | null;
}

/** Comments on phrases, beside the text: they follow their words, and say when those are gone. */
export function useDraftComments({ api, id, text, settle }: CommentsOptions) {
  const comments = shallowRef<readonly DraftComment[]>([]);
  const outdated = shallowRef<ReadonlySet<string>>(new Set());
  const failure = ref<string | null>(null);
  const begun = shallowRef<BegunComment | null>(null);

  /** Puts them on the words as they are now. */
  function place() {
    const { value } = text.editor;
    if (value === undefined) return;
    const placed = placeComments(value.view.state.doc, comments.value);
    outdated.value = placed.outdated;
    showMarks(value, { layer: 'comments', marks: placed.marks, asOf: 'now' });
  }

  async function load() {
    try {
      comments.value = await api.listComments(id);
      failure.value = null;
      place();
    } catch (thrown) {
      failure.value = t('draft-words.commentsNotLoaded', { failure: describeFailure(thrown) });
    }
  }

  return {
    ...{ id, comments, outdated, failure, begun, load, place },
    open: computed(() => comments.value.filter((one) => one.resolved === null)),
    /** On the words selected, or on the whole. */
    begin() {
      const { state } = text.editor.value?.view ?? {};
      begun.value = { phrase: state === undefined ? null : readPhrase(state.doc, state.selection) };
    },
    cancel() {
      begun.value = null;
    },
    /** @throws what the server says; then it is still begun */
    async add(words: string, suggestion: string | null) {
      const version = await settle();
      if (version === null) throw new Error('not saved');
      const phrase = begun.value?.phrase ?? null;
      await api.comment(id, { version, phrase, text: words, suggestion });
      begun.value = null;
      await load();
    },
    async reply(commentId: string, words: string) {
      await api.reply(id, commentId, words);
      await load();
    },
    /** Done with, or not after all. */
    async settle({ id: commentId, resolved }: DraftComment) {
      await (resolved === null ? api.resolve(id, commentId) : api.reopen(id, commentId));
      await load();
    },
    /** @returns whether its words still stood there and were replaced */
    takeSuggestion({ id: commentId, phrase, suggestion }: DraftComment): boolean {
      if (phrase === null || suggestion === null) return false;
      const was = { expected: phrase.text, length: phrase.text.length };
      return text.replaceMark(commentId, was, suggestion);
    },
  };
}
export type DraftComments = ReturnType<typeof useDraftComments>;
