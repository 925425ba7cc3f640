import { computed, ref, shallowRef, watch } from 'vue';
import type { z } from 'zod';
import type { BriefProblems, BriefView } from '../../../review-api/contract/briefs.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { t } from '../i18n/t.ts';
import { nameBrief } from '../lib/brief-words.ts';
import { newId } from '../lib/new-id.ts';
import { saveFile } from '../lib/save-file.ts';
import { keptBriefs } from './use-kept-text.ts';

const fileKinds = { pdf: 'application/pdf', docx: 'application/octet-stream', html: 'text/html' } as const;
export type BriefFileKind = keyof typeof fileKinds;

/** What a colleague wrote meanwhile into a field that is being written here. */
type FieldClash = { field: string; theirs: string; mine: string };

/**
 * One brief: read, written, and moved along. What is typed is kept by the brief's id until it is saved.
 * @param what its `id` may change; the page then shows another brief
 */
export function useBrief(what: { client: Client; readonly id: string }) {
  const view = shallowRef<BriefView | null>(null);
  const words = ref<Record<string, string>>({});
  const failure = ref<string | null>(null);
  const said = ref<string | null>(null);
  const busy = ref(false);
  /** Fields that a colleague saved while they were being written here: the person says which stays. */
  const clashes = ref<FieldClash[]>([]);
  /** What keeps it from being submitted, of what is saved; null until somebody asks. */
  const problems = shallowRef<z.infer<typeof BriefProblems>['problems'] | null>(null);
  const brief = computed(() => view.value?.brief ?? null);
  const isDirty = computed(() => keptBriefs.get(what.id) !== null);
  const params = computed(() => ({ id: what.id }));

  function take(next: BriefView) {
    view.value = next;
    words.value = { ...next.brief.words, ...(next.may.write ? keptBriefs.get(what.id) : null) };
  }

  async function load() {
    const { id } = what;
    try {
      const read = await what.client.call('readBrief', { params: { id } });
      if (id !== what.id) return;
      take(read);
      failure.value = null;
    } catch (thrown) {
      if (id === what.id) failure.value = describeFailure(thrown);
    }
  }
  watch(
    () => what.id,
    () => {
      view.value = null;
      problems.value = null;
      clashes.value = [];
      void load();
    },
    { immediate: true },
  );

  function write(field: string, text: string) {
    words.value = { ...words.value, [field]: text };
    keptBriefs.set(what.id, { ...keptBriefs.get(what.id), [field]: text });
  }

  /** After a refusal: the brief as it is now, and which fields both wrote. What failed stays said. */
  async function reread() {
    const { id } = what;
    const before = brief.value?.words ?? {};
    try {
      const read = await what.client.call('readBrief', { params: { id } });
      if (id !== what.id) return;
      const mine = keptBriefs.get(id) ?? {};
      clashes.value = Object.entries(mine).flatMap(([field, text]) => {
        const theirs = read.brief.words[field] ?? '';
        return theirs === (before[field] ?? '') || theirs === text ? [] : [{ field, theirs, mine: text }];
      });
      take(read);
    } catch (thrown) {
      failure.value = describeFailure(thrown);
    }
  }
  function settle({ field, theirs }: FieldClash, whose: 'theirs' | 'mine') {
    if (whose === 'theirs') write(field, theirs);
    clashes.value = clashes.value.filter((one) => one.field !== field);
    failure.value = null;
  }

  async function whileBusy(act: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    try {
      await act();
      failure.value = null;
      return true;
    } catch (thrown) {
      failure.value = describeFailure(thrown);
      if (thrown instanceof ApiError && thrown.status === 409) await reread();
      return false;
    } finally {
      busy.value = false;
    }
  }

  /** Whatever is done comes after what was typed. @returns whether it went through */
  async function attempt(act: (version: number) => Promise<BriefView>, done: string): Promise<boolean> {
    const now = brief.value;
    if (now === null) return false;
    said.value = null;
    const went = await whileBusy(async () => take(await act(now.version)));
    if (went) said.value = done;
    return went;
  }

  async function save(): Promise<boolean> {
    const typed = keptBriefs.get(what.id);
    if (typed === null) return true;
    return attempt(async (version) => {
      const body = { commandId: newId(), version, words: typed };
      const saved = await what.client.call('saveBriefWords', { params: params.value, body });
      keptBriefs.delete(what.id);
      return saved;
    }, t('briefs.textSaved'));
  }

  async function check() {
    if (!(await save())) return;
    await whileBusy(async () => {
      problems.value = (await what.client.call('readBriefProblems', { params: params.value })).problems;
    });
  }

  async function submit() {
    if (!(await save())) return;
    await attempt(
      (version) =>
        what.client.call('submitBrief', { params: params.value, body: { commandId: newId(), version } }),
      t('briefs.submitted'),
    );
  }

  const approve = () =>
    attempt(
      (version) =>
        what.client.call('approveBrief', { params: params.value, body: { commandId: newId(), version } }),
      t('briefs.issuedArchived'),
    );

  const moveBack = (name: 'returnBrief' | 'withdrawBrief', reason: string) => {
    const body = { commandId: newId(), reason };
    return attempt(
      (version) => what.client.call(name, { params: params.value, body: { ...body, version } }),
      name === 'returnBrief' ? t('briefs.returned') : t('briefs.withdrawn'),
    );
  };

  /** @returns the id of the corrected issue, begun on fresh figures; null where it could not be */
  async function correct(): Promise<string | null> {
    const now = brief.value;
    if (now === null) return null;
    const days = { fromDay: now.period.fromDay, toDay: now.period.toDay };
    const body = { commandId: newId(), kind: now.kind, days, subject: now.facts.subject, replaces: now.id };
    let made: string | null = null;
    await whileBusy(async () => {
      made = (await what.client.call('createBrief', { body })).brief.id;
    });
    return made;
  }

  async function download(as: BriefFileKind) {
    const now = brief.value;
    if (now === null) return;
    await whileBusy(async () => {
      const blob = await what.client.download('readBriefFile', { params: params.value, query: { as } });
      saveFile(`${nameBrief(now)}.${as}`, blob, fileKinds[as]);
    });
  }

  return {
    ...{ view, brief, words, failure, said, busy, isDirty, clashes, problems },
    ...{ load, write, settle, save, check, submit, approve, moveBack, correct, download },
  };
}

export type OpenBrief = ReturnType<typeof useBrief>;
