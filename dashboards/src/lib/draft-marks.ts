import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Mapping } from '@tiptap/pm/transform';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

/** A place in the text that somebody or something spoke of; it moves along as one types around it. */
export interface TextMark {
  /** Of the finding or the comment. */
  id: string;
  kind: 'block' | 'warn' | 'info' | 'comment';
  /** For the tool tip and for screen readers. */
  label: string;
  from: number;
  to: number;
}

type Layer = 'findings' | 'comments';
interface MarksState {
  findings: readonly TextMark[];
  comments: readonly TextMark[];
  activeId: string | null;
  /** What was changed since the text was sent away to be checked. */
  since: Mapping;
  decorations: DecorationSet;
}
type MarksOrder =
  | { order: 'begin' }
  | { order: 'show'; layer: Layer; marks: readonly TextMark[]; asOf: 'now' | 'begin' }
  | { order: 'activate'; id: string | null };

const marksKey = new PluginKey<MarksState>('draft-marks');

/** What was typed over is no longer what was spoken of. */
function follow(marks: readonly TextMark[], mapping: Mapping): TextMark[] {
  return marks.flatMap((mark) => {
    const from = mapping.mapResult(mark.from, 1);
    const to = mapping.mapResult(mark.to, -1);
    if (to.pos <= from.pos || (from.deletedAfter && to.deletedBefore)) return [];
    return [{ ...mark, from: from.pos, to: to.pos }];
  });
}

function draw(doc: Node, state: Omit<MarksState, 'decorations'>): DecorationSet {
  const all = [...state.comments, ...state.findings].filter((mark) => mark.to <= doc.content.size);
  const decorations = all.map((mark) => {
    const isActive = mark.id === state.activeId;
    const attributes = {
      class: `mark mark-${mark.kind}${isActive ? ' mark-active' : ''}`,
      'data-mark': mark.id,
      title: mark.label,
    };
    const isPicture = mark.to === mark.from + 1 && doc.nodeAt(mark.from)?.type.name === 'image';
    return isPicture
      ? Decoration.node(mark.from, mark.to, attributes)
      : Decoration.inline(mark.from, mark.to, attributes);
  });
  return DecorationSet.create(doc, decorations);
}

function applyOrder(state: MarksState, order: MarksOrder | undefined): MarksState {
  if (order === undefined) return state;
  if (order.order === 'begin') return { ...state, since: new Mapping() };
  if (order.order === 'activate') return { ...state, activeId: order.id };
  const marks = order.asOf === 'begin' ? follow(order.marks, state.since) : order.marks;
  return { ...state, [order.layer]: marks };
}

/** @param onPick a mark was clicked, or the caret was put into it */
export function draftMarks(onPick: (id: string) => void) {
  return Extension.create({
    name: 'draftMarks',
    addProseMirrorPlugins: () => [
      new Plugin<MarksState>({
        key: marksKey,
        state: {
          init: () => ({
            ...{ findings: [], comments: [], activeId: null, since: new Mapping() },
            decorations: DecorationSet.empty,
          }),
          apply(tr, before) {
            const order = tr.getMeta(marksKey) as MarksOrder | undefined;
            if (!tr.docChanged && order === undefined) return before;
            let state = before;
            if (tr.docChanged) {
              const since = new Mapping([...before.since.maps]);
              since.appendMapping(tr.mapping);
              const findings = follow(before.findings, tr.mapping);
              state = { ...before, since, findings, comments: follow(before.comments, tr.mapping) };
            }
            state = applyOrder(state, order);
            return { ...state, decorations: draw(tr.doc, state) };
          },
        },
        props: {
          decorations: (state) => marksKey.getState(state)?.decorations,
          handleClick: (_view, _position, event) => {
            const target = event.target instanceof Element ? event.target.closest('[data-mark]') : null;
            const id = target?.getAttribute('data-mark');
            if (typeof id === 'string') onPick(id);
            return false;
          },
        },
      }),
    ],
  });
}

interface Showing {
  view: { state: EditorState; dispatch: (tr: EditorState['tr']) => void };
}

function give({ view }: Showing, order: MarksOrder) {
  view.dispatch(view.state.tr.setMeta(marksKey, order).setMeta('addToHistory', false));
}

/** From now on changes are remembered, so that places in the text as it is now can be found again later. */
export const beginMarks = (editor: Showing): void => give(editor, { order: 'begin' });

/** @param asOf which text the marks' places belong to: the present one, or the one at `beginMarks` */
export const showMarks = (
  editor: Showing,
  { layer, marks, asOf }: { layer: Layer; marks: readonly TextMark[]; asOf: 'now' | 'begin' },
): void => give(editor, { order: 'show', layer, marks, asOf });

export const activateMark = (editor: Showing, id: string | null): void =>
  give(editor, { order: 'activate', id });

/** Where it stands by now; null once it was typed over. */
export function findMark(state: EditorState, id: string): TextMark | null {
  const marks = marksKey.getState(state);
  return marks?.findings.find((one) => one.id === id) ?? marks?.comments.find((one) => one.id === id) ?? null;
}
