import type { Node } from '@tiptap/pm/model';
import { computed, type ShallowRef, shallowRef } from 'vue';
import { type DraftContent, flattenDocument } from '../../../review-api/contract/draft-text.ts';
import { type FindingGroup, fileOf } from '../lib/check-groups.ts';
import type { DraftApi, FindingAnswer, ShownFinding } from '../lib/draft-api.ts';
import { beginMarks, showMarks } from '../lib/draft-marks.ts';
import { placeFindings } from '../lib/mark-places.ts';
import { useDraftCheck } from './use-draft-check.ts';
import type { DraftMeta } from './use-draft-files.ts';
import type { TextEditor } from './use-text-editor.ts';

export interface FindingsOptions {
  api: DraftApi;
  id: string;
  text: TextEditor;
  read: () => DraftContent;
  meta: ShallowRef<DraftMeta>;
  setMeta: (patch: Partial<DraftMeta>) => void;
}

/** What the checks find while one writes: marked in the text, answered, or replaced by what was suggested. */
export function useDraftFindings({ api, id, text, read, meta, setMeta }: FindingsOptions) {
  /** Suggestions taken and questions answered since the last check; the next one knows. */
  const replaced = shallowRef<ReadonlySet<string>>(new Set());
  const answers = shallowRef<ReadonlyMap<string, FindingAnswer>>(new Map());

  let docSent: Node | null = null;
  const check = useDraftCheck({
    begin: () => {
      const { value } = text.editor;
      if (value !== undefined) {
        beginMarks(value);
        docSent = value.view.state.doc;
      }
      return read();
    },
    check: (content: DraftContent, signal) => api.check(id, content, signal),
    show: (answer) => {
      replaced.value = new Set();
      const { value } = text.editor;
      if (value === undefined || docSent === null) return;
      showMarks(value, { layer: 'findings', marks: placeFindings(docSent, answer.findings), asOf: 'begin' });
    },
  });

  const findings = computed<ShownFinding[]>(() =>
    (check.answer.value?.findings ?? [])
      .filter((one) => !replaced.value.has(one.id))
      .map((one) => ({ ...one, answered: one.answered ?? answers.value.get(one.key) ?? null })),
  );

  /** What was typed beside the text: the title, names of files, words that stand for pictures. */
  function findField(place: ShownFinding['place']): { text: string; set: (text: string) => void } | null {
    const { title, images, attachments } = meta.value;
    if (place.part === 'title') return { text: title, set: (said) => setMeta({ title: said }) };
    const hash = fileOf(place);
    const field = place.ref?.split('.').at(-1);
    if (place.part !== 'form' || hash === null) return null;
    if (field === 'alt') {
      const { alt } = flattenDocument(text.readDocument()).images.find((one) => one.hash === hash) ?? {};
      return typeof alt === 'string' ? { text: alt, set: (said) => text.setAlt(hash, said) } : null;
    }
    const file = [...images, ...attachments].find((one) => one.hash === hash);
    if (field !== 'name' || file === undefined) return null;
    const rename = <F extends { hash: string; name: string }>(files: F[], name: string) =>
      files.map((one) => (one.hash === hash ? { ...one, name } : one));
    return {
      text: file.name,
      set: (name) => setMeta({ images: rename(images, name), attachments: rename(attachments, name) }),
    };
  }

  function replace(finding: ShownFinding): boolean {
    const { place, suggestion, category, id: findingId } = finding;
    if (suggestion === null) return false;
    if (place.part === 'body') {
      // Personal data is told masked, so that its words cannot be compared.
      const expected = category === 'personal-data' ? null : finding.text;
      return text.replaceMark(findingId, { expected, length: place.end - place.start }, suggestion);
    }
    const field = findField(place);
    if (field === null || field.text.slice(place.start, place.end) !== finding.text) return false;
    field.set(field.text.slice(0, place.start) + suggestion + field.text.slice(place.end));
    return true;
  }

  return {
    ...{ check, findings },
    /** From the end, so that what stands before keeps its place. @returns how many were replaced */
    apply(which: readonly ShownFinding[]): number {
      const order = which.toSorted((a, b) => b.place.start - a.place.start);
      const done = order.filter(replace).map((one) => one.id);
      replaced.value = new Set([...replaced.value, ...done]);
      return done.length;
    },
    /** “不是错误”, of all places of the group. */
    async answer({ key, findings: [finding] }: FindingGroup, reason: string, forUnit: boolean) {
      if (finding === undefined) return;
      // Words that are personal data are told to nobody else.
      const words = finding.category === 'personal-data' ? '' : finding.text.slice(0, 120);
      await api.answer(id, { key, rule: finding.rule, text: words, reason, forUnit });
      const said = { reason, by: null, at: new Date().toISOString(), forUnit };
      answers.value = new Map([...answers.value, [key, said]]);
      check.changed();
    },
    async takeBackAnswer(key: string) {
      await api.takeBackAnswer(id, key);
      answers.value = new Map([...answers.value].filter(([one]) => one !== key));
      await check.run();
    },
  };
}
