import { Slice } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { Editor, type JSONContent } from '@tiptap/vue-3';
import { onBeforeUnmount, onMounted, type ShallowRef, shallowRef } from 'vue';
import type { DraftDocument } from '../../../review-api/contract/draft-text.ts';
import { t } from '../i18n/t.ts';
import { dropControls } from '../lib/draft-fields.ts';
import { fitDocument } from '../lib/draft-fit.ts';
import { activateMark, draftMarks, findMark } from '../lib/draft-marks.ts';
import { draftExtensions, type FileUrl } from '../lib/draft-schema.ts';

export interface TextEditorOptions {
  document: DraftDocument;
  editable: boolean;
  fileUrl: FileUrl;
  onChange: () => void;
  /** A marked phrase was clicked; the id of what is marked. */
  onPick: (id: string) => void;
  /** What of the selection can be spoken of. */
  onSelect: () => void;
  /** HTML from elsewhere, with what it says without any looks. */
  onPasteHtml: (pasted: { html: string; text: string }) => void;
  onPictures: (files: File[]) => void;
}

/** Remembers a place while something is fetched, however much is typed meanwhile. */
function holdPlace(editor: Editor) {
  let bookmark = editor.view.state.selection.getBookmark();
  const follow = ({ transaction }: { transaction: { mapping: Parameters<typeof bookmark.map>[0] } }) => {
    bookmark = bookmark.map(transaction.mapping);
  };
  editor.on('transaction', follow);
  return {
    restore() {
      editor.off('transaction', follow);
      const { state, dispatch } = editor.view;
      dispatch(state.tr.setSelection(bookmark.resolve(state.doc)));
    },
    release: () => editor.off('transaction', follow),
  };
}
export type HeldPlace = ReturnType<typeof holdPlace>;

const picturesIn = (data: DataTransfer | null): File[] =>
  [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'));

function takePasted(data: DataTransfer | null, options: TextEditorOptions): boolean {
  const html = data?.getData('text/html') ?? '';
  // Cut or copied in this editor: it knows every part of it.
  if (html.includes('data-pm-slice')) return false;
  const pictures = picturesIn(data);
  const isOnePicture = pictures.length > 0 && html.replace(/<[^>]*>/g, '').trim() === '';
  if (html.trim() !== '' && !isOnePicture) {
    options.onPasteHtml({ html, text: data?.getData('text/plain') ?? '' });
    return true;
  }
  if (pictures.length > 0) options.onPictures(pictures);
  return pictures.length > 0;
}

function buildProps(options: TextEditorOptions) {
  return {
    attributes: {
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': t('app.bodyText'),
      'aria-readonly': String(!options.editable),
      lang: 'zh-CN',
      class: 'prose',
      spellcheck: 'false',
    },
    // Before the editor itself reads it: pasted HTML may be huge, and the page's policy complains of what it would run.
    handleDOMEvents: {
      paste: (_view: unknown, event: ClipboardEvent): boolean => {
        const takes = options.editable && takePasted(event.clipboardData, options);
        if (takes) event.preventDefault();
        return takes;
      },
    },
    transformPastedText: dropControls,
    transformPastedHTML: dropControls,
    handleDrop: (view: Editor['view'], event: DragEvent): boolean => {
      const pictures = picturesIn(event.dataTransfer);
      if (pictures.length === 0) return false;
      const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
      if (at !== null) {
        view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
      }
      options.onPictures(pictures);
      return true;
    },
  };
}

const fitted = (document: DraftDocument): JSONContent => fitDocument(document) as JSONContent;

function openEditor(options: TextEditorOptions): Editor {
  return new Editor({
    content: fitted(options.document),
    editable: options.editable,
    extensions: [...draftExtensions(options.fileUrl), draftMarks(options.onPick)],
    // The page allows no style that is not in its own files.
    injectCSS: false,
    // “1. ” is what an official text begins its points with, not an order to the editor.
    enableInputRules: false,
    enablePasteRules: false,
    editorProps: buildProps(options),
    onUpdate: options.onChange,
    onSelectionUpdate: options.onSelect,
  });
}

/** The text of a draft on the screen: written, or read only. */
export function useTextEditor(options: TextEditorOptions) {
  const editor: ShallowRef<Editor | undefined> = shallowRef();
  onMounted(() => {
    editor.value = openEditor(options);
  });
  onBeforeUnmount(() => editor.value?.destroy());

  function selectRange(from: number, to: number) {
    const { value } = editor;
    if (value === undefined) return;
    value.commands.setTextSelection({ from, to });
    value.view.focus();
    const at = value.view.domAtPos(from).node;
    const element = at instanceof Element ? at : at.parentElement;
    element?.scrollIntoView({ block: 'center' });
  }

  return {
    editor,
    /** As it is now, or as it was given while it is not there yet. */
    readDocument: (): DraftDocument =>
      (editor.value?.getJSON() as DraftDocument | undefined) ?? fitDocument(options.document),
    setDocument: (document: DraftDocument) => {
      editor.value?.commands.setContent(fitted(document), { emitUpdate: false });
    },
    holdPlace: (): HeldPlace | null => (editor.value === undefined ? null : holdPlace(editor.value)),
    /** In the place of what is selected; a single paragraph runs into the one that it stands in. */
    insertDocument(document: DraftDocument) {
      const { value } = editor;
      if (value === undefined) return;
      const { content } = value.schema.nodeFromJSON(fitDocument(document));
      const open = content.childCount === 1 && content.firstChild?.isTextblock === true ? 1 : 0;
      value.view.dispatch(
        value.view.state.tr.replaceSelection(new Slice(content, open, open)).scrollIntoView(),
      );
      value.view.focus();
    },
    insertText(text: string) {
      const paragraphs = text.split(/\r\n?|\n/).map((line) => ({
        type: 'paragraph',
        ...(line === '' ? {} : { content: [{ type: 'text', text: line }] }),
      }));
      this.insertDocument({ type: 'doc', content: paragraphs });
    },
    insertPicture: (hash: string, alt: string | null) => {
      editor.value?.chain().focus().insertContent({ type: 'image', attrs: { hash, alt } }).run();
    },
    /** Of this picture, wherever it stands. */
    setAlt(hash: string, alt: string | null) {
      const { value } = editor;
      if (value === undefined) return;
      const { tr, doc } = value.view.state;
      doc.descendants((node, at) => {
        if (node.type.name === 'image' && node.attrs.hash === hash) tr.setNodeAttribute(at, 'alt', alt);
      });
      if (tr.docChanged) value.view.dispatch(tr);
    },
    /** Shows where it stands and selects it. @returns false where its words are gone */
    selectMark(id: string, focus = true): boolean {
      const { value } = editor;
      if (value === undefined) return false;
      activateMark(value, id);
      const mark = findMark(value.view.state, id);
      if (mark === null) return false;
      if (focus && options.editable) selectRange(mark.from, mark.to);
      else
        value.view.dom.querySelector(`[data-mark="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'center' });
      return true;
    },
    /**
     * @param was what has to stand there still: so many characters, and these where they are known
     * @returns whether it did and was replaced, its format kept
     */
    replaceMark(id: string, was: { expected: string | null; length: number }, by: string): boolean {
      const { value } = editor;
      const mark = value === undefined ? null : findMark(value.view.state, id);
      if (value === undefined || mark === null) return false;
      const { state, dispatch } = value.view;
      const stands = state.doc.textBetween(mark.from, mark.to, '\n', '\n');
      if (stands.length !== was.length || (was.expected !== null && stands !== was.expected)) return false;
      dispatch(by === '' ? state.tr.delete(mark.from, mark.to) : state.tr.insertText(by, mark.from, mark.to));
      return true;
    },
  };
}
export type TextEditor = ReturnType<typeof useTextEditor>;
