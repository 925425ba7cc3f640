import type { Editor } from '@tiptap/vue-3';

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
  { value: 1, label: '一级标题' },
  { value: 2, label: '二级标题' },
  { value: 3, label: '三级标题' },
  { value: 4, label: '四级标题' },
  { value: 5, label: '五级标题' },
  { value: 6, label: '六级标题' },
] as const;

export const alignments = [
  { value: 'left', label: '左对齐' },
  { value: 'center', label: '居中' },
  { value: 'right', label: '右对齐' },
  { value: 'justify', label: '两端对齐' },
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
  mark('加粗', 'bold', 'Ctrl+B'),
  mark('斜体', 'italic', 'Ctrl+I'),
  mark('下划线', 'underline', 'Ctrl+U'),
  mark('删除线', 'strike'),
  mark('上标', 'superscript'),
  mark('下标', 'subscript'),
  {
    label: '项目符号',
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
    isOn: (editor) => editor.isActive('bulletList'),
  },
  {
    label: '编号',
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
    isOn: (editor) => editor.isActive('orderedList'),
  },
  {
    label: '引用',
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
    isOn: (editor) => editor.isActive('blockquote'),
  },
  { label: '分隔线', run: (editor) => editor.chain().focus().setHorizontalRule().run() },
  {
    label: '表格',
    run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    isOff: (editor) => editor.isActive('table'),
  },
  {
    label: '清除格式',
    run: (editor) => {
      const chain = editor.chain().focus();
      for (const name of looks) chain.unsetMark(name);
      chain.resetAttributes('paragraph', ['style', 'textAlign']);
      chain.resetAttributes('heading', ['style', 'textAlign']).run();
    },
  },
  {
    label: '撤销',
    keys: 'Ctrl+Z',
    run: (editor) => editor.chain().focus().undo().run(),
    isOff: (editor) => !editor.can().undo(),
  },
  {
    label: '重做',
    keys: 'Ctrl+Y',
    run: (editor) => editor.chain().focus().redo().run(),
    isOff: (editor) => !editor.can().redo(),
  },
];

export const tableTools: readonly Tool[] = [
  { label: '上方加行', run: (editor) => editor.chain().focus().addRowBefore().run() },
  { label: '下方加行', run: (editor) => editor.chain().focus().addRowAfter().run() },
  { label: '删行', run: (editor) => editor.chain().focus().deleteRow().run() },
  { label: '左侧加列', run: (editor) => editor.chain().focus().addColumnBefore().run() },
  { label: '右侧加列', run: (editor) => editor.chain().focus().addColumnAfter().run() },
  { label: '删列', run: (editor) => editor.chain().focus().deleteColumn().run() },
  { label: '表头行', run: (editor) => editor.chain().focus().toggleHeaderRow().run() },
  {
    label: '合并单元格',
    run: (editor) => editor.chain().focus().mergeCells().run(),
    isOff: (editor) => !editor.can().mergeCells(),
  },
  {
    label: '拆分单元格',
    run: (editor) => editor.chain().focus().splitCell().run(),
    isOff: (editor) => !editor.can().splitCell(),
  },
  { label: '删除表格', run: (editor) => editor.chain().focus().deleteTable().run() },
];
