import type { Editor } from '@tiptap/vue-3';
import { t } from '../i18n/t.ts';

interface Tool {
  label: string;
  /** As its tool tip tells it. */
  keys?: string;
  run: (editor: Editor) => void;
  isOn?: (editor: Editor) => boolean;
  isOff?: (editor: Editor) => boolean;
}

/** All that a layout may have brought. */
export const headingLevels = [
  { value: 1, label: t('draft-words.headingOne') },
  { value: 2, label: t('draft-words.headingTwo') },
  { value: 3, label: t('draft-words.headingThree') },
  { value: 4, label: t('draft-words.headingFour') },
  { value: 5, label: t('draft-words.headingFive') },
  { value: 6, label: t('draft-words.headingSix') },
] as const;

export const alignments = [
  { value: 'left', label: t('draft-words.alignLeft') },
  { value: 'center', label: t('draft-words.alignCentre') },
  { value: 'right', label: t('draft-words.alignRight') },
  { value: 'justify', label: t('draft-words.justify') },
] as const;

/** A link is no format: it stays where formats are cleared. */
const looks = ['bold', 'italic', 'underline', 'strike', 'superscript', 'subscript', 'code', 'textStyle'];

const mark = (label: string, name: string, keys?: string): Tool => ({
  label,
  ...(keys === undefined ? {} : { keys }),
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
  isOn: (editor) => editor.isActive(name),
});

export const textTools: readonly Tool[] = [
  mark(t('draft-words.bold'), 'bold', 'Ctrl+B'),
  mark(t('draft-words.italic'), 'italic', 'Ctrl+I'),
  mark(t('draft-words.underline'), 'underline', 'Ctrl+U'),
  mark(t('draft-words.strikethrough'), 'strike'),
  mark(t('draft-words.superscript'), 'superscript'),
  mark(t('draft-words.subscript'), 'subscript'),
  {
    label: t('draft-words.bulletList'),
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
    isOn: (editor) => editor.isActive('bulletList'),
  },
  {
    label: t('draft-words.numberedList'),
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
    isOn: (editor) => editor.isActive('orderedList'),
  },
  {
    label: t('draft-words.quote'),
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
    isOn: (editor) => editor.isActive('blockquote'),
  },
  { label: t('draft-words.rule'), run: (editor) => editor.chain().focus().setHorizontalRule().run() },
  {
    label: t('draft-words.table'),
    run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    isOff: (editor) => editor.isActive('table'),
  },
  {
    label: t('draft-words.clearFormat'),
    run: (editor) => {
      const chain = editor.chain().focus();
      for (const name of looks) chain.unsetMark(name);
      chain.resetAttributes('paragraph', ['style', 'textAlign']);
      chain.resetAttributes('heading', ['style', 'textAlign']).run();
    },
  },
  {
    label: t('draft-words.undo'),
    keys: 'Ctrl+Z',
    run: (editor) => editor.chain().focus().undo().run(),
    isOff: (editor) => !editor.can().undo(),
  },
  {
    label: t('draft-words.redo'),
    keys: 'Ctrl+Y',
    run: (editor) => editor.chain().focus().redo().run(),
    isOff: (editor) => !editor.can().redo(),
  },
];

export const tableTools: readonly Tool[] = [
  { label: t('draft-words.addRowAbove'), run: (editor) => editor.chain().focus().addRowBefore().run() },
  { label: t('draft-words.addRowBelow'), run: (editor) => editor.chain().focus().addRowAfter().run() },
  { label: t('draft-words.deleteRow'), run: (editor) => editor.chain().focus().deleteRow().run() },
  { label: t('draft-words.addColumnLeft'), run: (editor) => editor.chain().focus().addColumnBefore().run() },
  { label: t('draft-words.addColumnRight'), run: (editor) => editor.chain().focus().addColumnAfter().run() },
  { label: t('draft-words.deleteColumn'), run: (editor) => editor.chain().focus().deleteColumn().run() },
  { label: t('draft-words.headerRow'), run: (editor) => editor.chain().focus().toggleHeaderRow().run() },
  {
    label: t('draft-words.mergeCells'),
    run: (editor) => editor.chain().focus().mergeCells().run(),
    isOff: (editor) => !editor.can().mergeCells(),
  },
  {
    label: t('draft-words.splitCell'),
    run: (editor) => editor.chain().focus().splitCell().run(),
    isOff: (editor) => !editor.can().splitCell(),
  },
  { label: t('draft-words.deleteTable'), run: (editor) => editor.chain().focus().deleteTable().run() },
];
