import { Extension, type Extensions, Mark, mergeAttributes, Node } from '@tiptap/core';
import Subscript from '@tiptap/extension-subscript';
import Superscript from '@tiptap/extension-superscript';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import TextAlign from '@tiptap/extension-text-align';
import StarterKit from '@tiptap/starter-kit';
import { t } from '../i18n/t.ts';
import { isAddress } from './draft-fields.ts';

/**
 * What the editor knows is what `pipeline/domain/draft-document.ts` names, attribute by attribute: whatever it gives out is a
 * document, and whatever it is given it gives back. Blocks that hold blocks may be empty or begin with any block, as layouts have it.
 */

/** Where a picture's bytes are shown from. */
export type FileUrl = (hash: string) => string;

const styled = [
  ...['paragraph', 'heading', 'section', 'blockquote', 'bulletList', 'orderedList', 'table'],
  ...['tableCell', 'tableHeader', 'image', 'horizontalRule'],
];

/** The looks that a layout brought along, put on whatever it was put on. */
const LayoutStyle = Extension.create({
  name: 'layoutStyle',
  addGlobalAttributes: () => [
    {
      types: styled,
      attributes: {
        style: {
          default: null,
          // Of what is pasted from this editor itself; anything else is read by the server.
          parseHTML: (element) => element.getAttribute('data-style'),
          renderHTML: ({ style }) => (style === null ? {} : { style, 'data-style': style }),
        },
      },
    },
  ],
});

const Section = Node.create({
  name: 'section',
  group: 'block',
  content: 'block*',
  parseHTML: () => [{ tag: 'section' }],
  renderHTML: ({ HTMLAttributes }) => ['section', HTMLAttributes, 0],
});

const ListItem = Node.create({
  name: 'listItem',
  content: 'block+',
  defining: true,
  parseHTML: () => [{ tag: 'li' }],
  renderHTML: ({ HTMLAttributes }) => ['li', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      Tab: () => this.editor.commands.sinkListItem(this.name),
      'Shift-Tab': () => this.editor.commands.liftListItem(this.name),
    };
  },
});

const OrderedList = Node.create({
  name: 'orderedList',
  group: 'block list',
  content: 'listItem+',
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (element) => Number.parseInt(element.getAttribute('start') ?? '1', 10) || 1,
      renderHTML: ({ start }) => (start === 1 ? {} : { start }),
    },
  }),
  parseHTML: () => [{ tag: 'ol' }],
  renderHTML: ({ HTMLAttributes }) => ['ol', HTMLAttributes, 0],
  addCommands() {
    return {
      toggleOrderedList:
        () =>
        ({ commands }) =>
          commands.toggleList(this.name, 'listItem'),
    };
  },
});

function buildImage(fileUrl: FileUrl) {
  return Node.create({
    name: 'image',
    group: 'inline',
    inline: true,
    draggable: true,
    addAttributes: () => ({
      // Without a default: there is no picture without its bytes.
      hash: { parseHTML: (element) => element.getAttribute('data-hash'), isRequired: true },
      alt: { default: null },
      width: {
        default: null,
        parseHTML: (element) => element.getAttribute('data-width'),
        renderHTML: ({ width }) => (width === null ? {} : { 'data-width': width, style: `width: ${width}` }),
      },
    }),
    parseHTML: () => [{ tag: 'img[data-hash]' }],
    renderHTML: ({ node, HTMLAttributes }) => {
      const { hash, ...rest } = HTMLAttributes;
      // Also where nobody has said what it shows: then it is read out as a picture without words.
      const alt = node.attrs.alt === null ? t('draft-words.imageWithoutAlt') : String(node.attrs.alt);
      const more = { src: fileUrl(String(hash)), 'data-hash': hash, alt };
      return ['img', mergeAttributes(rest, more)];
    },
  });
}

/** Text in the looks of a layout: colour, size, spacing. */
const TextStyle = Mark.create({
  name: 'textStyle',
  priority: 101,
  addAttributes: () => ({
    style: {
      default: null,
      parseHTML: (element) => element.getAttribute('data-style'),
      renderHTML: ({ style }) => (style === null ? {} : { style, 'data-style': style }),
    },
  }),
  parseHTML: () => [{ tag: 'span[data-style]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', HTMLAttributes, 0],
});

/** No address is made a link by itself, and none opens while one writes. */
const Link = Mark.create({
  name: 'link',
  priority: 1000,
  inclusive: false,
  keepOnSplit: false,
  addAttributes: () => ({ href: { default: '' }, title: { default: null } }),
  // Not every text that says it is from an editor is.
  parseHTML: () => [
    { tag: 'a[href]', getAttrs: (element) => (isAddress(element.getAttribute('href') ?? '') ? null : false) },
  ],
  renderHTML: ({ HTMLAttributes }) => ['a', { ...HTMLAttributes, rel: 'noopener noreferrer' }, 0],
});

/** Beside any other mark, as the document has it. */
const Code = Mark.create({
  name: 'code',
  excludes: '',
  parseHTML: () => [{ tag: 'code' }],
  renderHTML: ({ HTMLAttributes }) => ['code', HTMLAttributes, 0],
});

const cellAttributes = () => ({
  colspan: { default: 1 },
  rowspan: { default: 1 },
  colwidth: {
    default: null,
    parseHTML: (element: HTMLElement) => {
      const widths = element.getAttribute('data-colwidth')?.split(',').map(Number) ?? [];
      return widths.length > 0 && widths.every(Number.isInteger) ? widths : null;
    },
    renderHTML: ({ colwidth }: Record<string, unknown>) => {
      if (!Array.isArray(colwidth)) return {};
      const widths: number[] = colwidth;
      return { 'data-colwidth': widths.join(','), width: widths.reduce((sum, one) => sum + one, 0) };
    },
  },
});
// Without a column group, which would have to be kept in step with the cells.
const PlainTable = Table.extend({
  renderHTML: ({ HTMLAttributes }) => ['table', HTMLAttributes, ['tbody', 0]],
}).configure({ resizable: false, View: null });
const Cell = TableCell.extend({ addAttributes: cellAttributes });
const HeaderCell = TableHeader.extend({ addAttributes: cellAttributes });

/** @param fileUrl where a picture's bytes are shown from */
export function draftExtensions(fileUrl: FileUrl): Extensions {
  const replaced = {
    link: false,
    code: false,
    codeBlock: false,
    orderedList: false,
    listItem: false,
  } as const;
  return [
    // A paragraph added at the end by itself would be a change that nobody made.
    StarterKit.configure({ ...replaced, listKeymap: false, trailingNode: false }),
    ...[Section, ListItem, OrderedList, buildImage(fileUrl), TextStyle, Link, Code, Superscript, Subscript],
    ...[PlainTable, TableRow, Cell, HeaderCell, LayoutStyle],
    TextAlign.configure({ types: ['paragraph', 'heading'] }),
  ];
}
