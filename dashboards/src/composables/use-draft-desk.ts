import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import type { DraftContent, DraftDocument } from '../../../review-api/contract/draft-text.ts';
import type { DraftApi, OpenDraft } from '../lib/draft-api.ts';
import { isSameContent } from '../lib/same-content.ts';
import { type DraftMeta, useDraftFiles } from './use-draft-files.ts';
import { useDraftFindings } from './use-draft-findings.ts';
import { keptDraftTexts, useDraftSaving } from './use-draft-saving.ts';
import { useTextEditor } from './use-text-editor.ts';
import { useUnsavedWork } from './use-unsaved-work.ts';
import { useWindowEvent } from './use-window-event.ts';

function splitContent({ document, ...meta }: DraftContent): { document: DraftDocument; meta: DraftMeta } {
  return { document, meta };
}

/** What was typed before the page was left or the session ended, where there is any. */
function findKept(opened: OpenDraft) {
  const kept = keptDraftTexts.get(opened.id);
  if (kept === null) return null;
  if (!isSameContent(kept.content, opened.content)) return kept;
  keptDraftTexts.delete(opened.id);
  return null;
}

/** One draft being written: its text and what is declared about it, saved and checked as it changes. */
export function useDraftDesk(api: DraftApi, opened: OpenDraft, hooks: { onPick: (id: string) => void }) {
  const { id } = opened;
  const found = findKept(opened);
  const kept = opened.closed === null ? found : null;
  const begun = splitContent(kept?.content ?? opened.content);
  const meta = shallowRef<DraftMeta>(begun.meta);
  const isWritable = opened.closed === null;
  const hasSelection = ref(false);

  const text = useTextEditor({
    ...{ document: begun.document, editable: isWritable, fileUrl: (hash) => api.fileUrl(id, hash) },
    onChange: () => changed(),
    onPick: hooks.onPick,
    onSelect: () => {
      hasSelection.value = text.editor.value?.view.state.selection.empty === false;
    },
    onPasteHtml: (pasted) => void files.pasteHtml(pasted),
    onPictures: (dropped) => void files.uploadPictures(dropped),
  });
  const read = (): DraftContent => ({ ...meta.value, document: text.readDocument() });

  const { contentVersion, savedAt } = opened;
  const saving = useDraftSaving({
    ...{ id, revision: kept?.revision ?? opened.revision, contentVersion, savedAt, read },
    save: (sent) => api.save(id, sent),
    open: () => api.open(id),
  });

  function setMeta(patch: Partial<DraftMeta>) {
    meta.value = { ...meta.value, ...patch };
    changed();
  }
  const files = useDraftFiles({ api, id, text, meta, setMeta });
  const findings = useDraftFindings({ api, id, text, read, meta, setMeta });

  function changed() {
    if (!isWritable) return;
    saving.changed();
    findings.check.changed();
  }

  const asked = shallowRef<readonly string[]>(opened.asked);
  /** Asks the final reviewer to let findings of these keys through, of the text as it is saved. */
  async function askAllowance(keys: string[], reason: string) {
    await saving.flush();
    saving.moved(await api.askAllowance(id, { revision: saving.revision.value, keys, reason }));
    asked.value = keys;
  }

  onMounted(() => {
    void findings.check.run();
    if (kept !== null) saving.changed();
  });
  onBeforeUnmount(() => void saving.flush());
  useUnsavedWork(saving.flush);
  useWindowEvent('online', () => {
    saving.retry();
    if (findings.check.status.value === 'failed') void findings.check.run();
  });
  useWindowEvent('beforeunload', (event) => {
    if (saving.isUnsaved.value) event.preventDefault();
  });

  return {
    ...{ id, api, opened, isWritable, meta, setMeta, text, read, saving, files, findings, hasSelection },
    ...{ asked, askAllowance, wasKept: kept !== null },
    /** Typed before, not saved, and no longer to be: shown, so that it is not lost. */
    leftOver: kept === null ? (found?.content ?? null) : null,
    /** In the place of what is on the screen: what somebody else saved. */
    take(theirs: OpenDraft) {
      const split = splitContent(theirs.content);
      meta.value = split.meta;
      text.setDocument(split.document);
      saving.take(theirs);
      findings.check.changed();
    },
  };
}
