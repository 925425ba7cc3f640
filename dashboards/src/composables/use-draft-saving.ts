import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import type { DraftContent } from '../../../review-api/contract/draft-text.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { DraftSave, OpenDraft, SavedDraft } from '../lib/draft-api.ts';
import { isSameContent } from '../lib/same-content.ts';
import { keptTexts } from './use-kept-text.ts';

/** Idle for so long, and at most so long after the first change, in ms. */
const idleMs = 2_000;
const longestMs = 15_000;
/** Before the next try without a connection; the last one again and again. */
const retryMs = [2_000, 4_000, 8_000, 15_000, 30_000];

/** What was written and not saved, by the draft's id: in memory, for the same person, also over a session that ended. */
export const keptDraftTexts = keptTexts.of<{ content: DraftContent; revision: number }>();

/**
 * `refused`: not for the lack of a connection, and trying again would not help until something is changed. `conflict`: somebody
 * else saved meanwhile, and a person has to say which holds.
 */
type SavingStatus = 'saved' | 'changed' | 'saving' | 'offline' | 'signed-out' | 'refused' | 'conflict';

export interface SavingOptions {
  id: string;
  revision: number;
  contentVersion: number;
  savedAt: string;
  /** The whole content as it is now. */
  read: () => DraftContent;
  save: (sent: DraftSave) => Promise<SavedDraft>;
  /** What stands at the server, for a conflict. */
  open: () => Promise<OpenDraft>;
}

/** Saves every change by compare-and-swap on the revision, one request at a time. Nothing that was typed is ever thrown away. */
export function useDraftSaving(options: SavingOptions) {
  const status = ref<SavingStatus>('saved');
  const savedAt = ref(options.savedAt);
  const revision = ref(options.revision);
  const contentVersion = ref(options.contentVersion);
  const refusal = shallowRef<{ field: string | null; message: string } | null>(null);
  const theirs = shallowRef<OpenDraft | null>(null);
  let changes = 0;
  let savedChanges = 0;
  let firstChangeAt: number | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  /** Sent, and no answer came: it may have been saved, so that exactly this is sent again; the server knows it by its content. */
  let unanswered: { sent: DraftSave; upTo: number } | null = null;

  const isUnsaved = computed(() => status.value !== 'saved');

  function plan(delayMs: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), delayMs);
  }

  function keep() {
    keptDraftTexts.set(options.id, { content: options.read(), revision: revision.value });
  }

  /** What is kept is the newest, and outlives the page. */
  const readNewest = () => keptDraftTexts.get(options.id)?.content ?? options.read();

  /** Something was typed or chosen. */
  function changed() {
    changes += 1;
    keep();
    if (isStuck()) return;
    if (status.value !== 'saving' && status.value !== 'offline') status.value = 'changed';
    if (status.value === 'offline') return;
    firstChangeAt ??= Date.now();
    plan(Math.max(0, Math.min(idleMs, firstChangeAt + longestMs - Date.now())));
  }

  function settle(answer: SavedDraft, upTo: number) {
    failures = 0;
    savedChanges = upTo;
    revision.value = answer.revision;
    contentVersion.value = answer.contentVersion;
    savedAt.value = answer.savedAt;
    refusal.value = null;
    if (changes === savedChanges) {
      status.value = 'saved';
      keptDraftTexts.delete(options.id);
      return;
    }
    status.value = 'changed';
    keep();
    firstChangeAt = Date.now();
    plan(idleMs);
  }

  async function refuse(refused: ApiError, { tried, upTo }: { tried: DraftContent; upTo: number }) {
    const message = `${describeFailure(refused)}${refused.hint ?? ''}`;
    if (refused.status === 401) {
      status.value = 'signed-out';
      return;
    }
    if (refused.status !== 409) {
      refusal.value = { field: refused.field ?? null, message };
      status.value = 'refused';
      return;
    }
    const stands = await options.open().catch(() => null);
    // Saved by this page itself, before it was left and opened again.
    if (stands !== null && isSameContent(stands.content, tried)) return settle(stands, upTo);
    refusal.value = { field: null, message };
    theirs.value = stands;
    status.value = 'conflict';
  }

  function wait(thrown: unknown) {
    status.value = 'offline';
    const askedMs = thrown instanceof ApiError ? (thrown.retryAfterSeconds ?? 0) * 1000 : 0;
    const usualMs = retryMs[Math.min(failures, retryMs.length - 1)] ?? longestMs;
    plan(Math.max(askedMs, usualMs));
    failures += 1;
  }

  async function send(keepVersion: boolean): Promise<void> {
    const sent = { revision: revision.value, content: readNewest(), keep: keepVersion };
    const trial = unanswered ?? { sent, upTo: changes };
    unanswered = trial;
    firstChangeAt = null;
    status.value = 'saving';
    try {
      const answer = await options.save(trial.sent);
      unanswered = null;
      settle(answer, trial.upTo);
    } catch (thrown) {
      const isRefusal = thrown instanceof ApiError && thrown.status < 500 && thrown.status !== 429;
      if (!isRefusal) return wait(thrown);
      unanswered = null;
      await refuse(thrown, { tried: trial.sent.content, upTo: trial.upTo });
    }
  }

  const isStuck = () => status.value === 'conflict' || status.value === 'signed-out';

  /** One request at a time; what was typed during one goes with the next. */
  async function run(keepVersion = false): Promise<void> {
    clearTimeout(timer);
    while (running !== null) await running;
    if (isStuck()) return;
    running = send(keepVersion).finally(() => {
      running = null;
    });
    await running;
  }

  onScopeDispose(() => clearTimeout(timer));
  return {
    ...{ status, savedAt, revision, contentVersion, refusal, theirs, isUnsaved, changed },
    /** Everything typed so far, at once. @returns whether all of it is saved now */
    async flush(): Promise<boolean> {
      // The second time for what was typed while an unanswered request was sent again.
      for (let i = 0; i < 2 && isUnsaved.value && !isStuck(); i += 1) await run();
      return status.value === 'saved';
    },
    /** Keeps the version as it is now: the next change begins a new one. */
    async keepVersion(): Promise<boolean> {
      if (isStuck()) return false;
      await run(true);
      return status.value === 'saved';
    },
    /** The connection is back. */
    retry() {
      if (status.value === 'offline') plan(0);
    },
    /** For a conflict of which it could not be told whose it is. */
    async lookAgain(): Promise<void> {
      theirs.value = await options.open().catch(() => null);
    },
    /** Whatever was last written is written on what stands there now; theirs stays among the versions. */
    async overwrite(): Promise<void> {
      if (theirs.value === null) theirs.value = await options.open();
      revision.value = theirs.value.revision;
      status.value = 'changed';
      theirs.value = null;
      refusal.value = null;
      await run();
    },
    /** What somebody else saved is what is shown now; the caller puts it on the screen. */
    take(open: OpenDraft) {
      savedChanges = changes;
      revision.value = open.revision;
      contentVersion.value = open.contentVersion;
      savedAt.value = open.savedAt;
      theirs.value = null;
      refusal.value = null;
      status.value = 'saved';
      keptDraftTexts.delete(options.id);
    },
    /** A command beside the text has moved the revision on. */
    moved(answer: { revision: number }) {
      revision.value = answer.revision;
    },
  };
}
export type DraftSaving = ReturnType<typeof useDraftSaving>;
