import { getSchema } from '@tiptap/core';
import { Node } from '@tiptap/pm/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DraftDocument, type DraftMark, type DraftNode } from '../../../pipeline/domain/draft-document.ts';
import { flattenDocument } from '../../../pipeline/domain/flatten-document.ts';
import { fitDocument } from './draft-fit.ts';
import { draftExtensions } from './draft-schema.ts';

const schema = getSchema(draftExtensions((hash) => `/files/${hash}`));
const hash = 'a'.repeat(64);

/** As the domain reads it: every default written out, nothing else in it. */
const read = (content: DraftNode[]) => DraftDocument.parse({ type: 'doc', content });

function roundTrip(document: DraftDocument): DraftDocument {
  const node = Node.fromJSON(schema, document);
  node.check();
  return DraftDocument.parse(node.toJSON());
}

/** Nothing of a document depends on the order of its marks, nor on whether a default is written out. */
const defaults: Record<string, unknown> = { colspan: 1, rowspan: 1, start: 1 };
function sortMarks(node: DraftNode): DraftNode {
  const { marks = [], content = [], attrs = {}, ...rest } = node;
  const said = Object.entries(attrs).filter(([key, value]) => value !== null && value !== defaults[key]);
  return {
    ...rest,
    ...(said.length === 0 ? {} : { attrs: Object.fromEntries(said) }),
    ...(marks.length === 0 ? {} : { marks: marks.toSorted((a, b) => (a.type < b.type ? -1 : 1)) }),
    ...(content.length === 0 ? {} : { content: content.map(sortMarks) }),
  };
}
const sorted = (document: DraftDocument) => document.content.map(sortMarks);

const style = fc.option(fc.constantFrom('color: #333', 'margin: 8px 0', 'border-top: 1px solid #ccc'));
const align = fc.option(fc.constantFrom('left', 'center', 'right', 'justify'));
const mark: fc.Arbitrary<DraftMark> = fc.oneof(
  fc
    .constantFrom('bold', 'italic', 'underline', 'strike', 'superscript', 'subscript', 'code')
    .map((type) => ({ type }) as DraftMark),
  style.map((one) => ({ type: 'textStyle', attrs: { style: one } }) as DraftMark),
  fc
    .constantFrom('https://a.edu.cn/', 'mailto:a@b.cn', 'tel:0571-1')
    .map((href) => ({ type: 'link', attrs: { href, title: null } }) as DraftMark),
);
const marks = fc.uniqueArray(mark, { selector: (one) => one.type, maxLength: 4 });
const inline: fc.Arbitrary<DraftNode> = fc.oneof(
  fc.record({ type: fc.constant('text'), text: fc.constantFrom('学校', '𠮷', 'a b'), marks }),
  fc.record({ type: fc.constant('hardBreak'), marks }),
  fc.record({
    type: fc.constant('image'),
    attrs: fc.record({
      hash: fc.constant(hash),
      alt: fc.option(fc.constantFrom('', '校门')),
      width: fc.option(fc.constantFrom('100%', '320px')),
      style,
    }),
    marks,
  }),
);
/** Two texts with the same marks side by side are one text to the editor; here they are kept apart by a break. */
const inlines = fc
  .array(inline, { maxLength: 4 })
  .map((all) => all.filter((one, i) => one.type !== 'text' || all[i - 1]?.type !== 'text'));
const { block } = fc.letrec<{ block: DraftNode }>((tie) => {
  const blocks = (minLength: number) => fc.array(tie('block'), { minLength, maxLength: 2 });
  const holder = (type: string, minLength: number) =>
    fc.record({ type: fc.constant(type), attrs: fc.record({ style }), content: blocks(minLength) });
  const cell = fc.record({
    type: fc.constantFrom('tableCell', 'tableHeader'),
    attrs: fc.record({
      colspan: fc.constantFrom(1, 2),
      rowspan: fc.constantFrom(1, 3),
      colwidth: fc.option(fc.constantFrom([100], [20, 30])),
      style,
    }),
    content: blocks(1),
  });
  const row = fc.record({
    type: fc.constant('tableRow'),
    content: fc.array(cell, { minLength: 1, maxLength: 2 }),
  });
  const item = fc.record({ type: fc.constant('listItem'), content: blocks(1) });
  const items = fc.array(item, { minLength: 1, maxLength: 2 });
  return {
    block: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.record({
        type: fc.constant('paragraph'),
        attrs: fc.record({ textAlign: align, style }),
        content: inlines,
      }),
      fc.record({
        type: fc.constant('heading'),
        attrs: fc.record({ level: fc.constantFrom(1, 6), textAlign: align, style }),
        content: inlines,
      }),
      fc.record({ type: fc.constant('horizontalRule'), attrs: fc.record({ style }) }),
      holder('section', 0),
      holder('blockquote', 1),
      fc.record({ type: fc.constant('bulletList'), attrs: fc.record({ style }), content: items }),
      fc.record({
        type: fc.constant('orderedList'),
        attrs: fc.record({ start: fc.constantFrom(1, 4), style }),
        content: items,
      }),
      fc.record({
        type: fc.constant('table'),
        attrs: fc.record({ style }),
        content: fc.array(row, { minLength: 1, maxLength: 2 }),
      }),
    ),
  };
});
const document = fc.array(block, { minLength: 1, maxLength: 4 }).map(read);

describe('the editor’s schema', () => {
  it('gives back every document as it was given', () => {
    fc.assert(
      fc.property(document, (given) => {
        expect(sorted(roundTrip(given))).toEqual(sorted(given));
      }),
      { numRuns: 300 },
    );
  });

  it('gives out nothing that the document does not know, whatever it holds', () => {
    for (const type of Object.values(schema.nodes)) {
      if (['doc', 'text'].includes(type.name)) continue;
      const attrs = type.name === 'image' ? { hash } : null;
      const node = type.createAndFill(attrs);
      const alone = { type: 'doc', content: [node?.toJSON()] };
      expect(DraftDocument.safeParse(alone).error?.issues ?? [], type.name).toEqual([]);
    }
    for (const type of Object.values(schema.marks)) {
      const made = type.create(type.name === 'link' ? { href: 'https://a.cn' } : null).toJSON();
      const alone = { type: 'doc', content: [{ type: 'text', text: 'a', marks: [made] }] };
      expect(DraftDocument.safeParse(alone).error?.issues ?? [], type.name).toEqual([]);
    }
  });

  it('counts positions as the flat text does', () => {
    fc.assert(
      fc.property(document, (given) => {
        const node = Node.fromJSON(schema, given);
        const flat = flattenDocument(given);
        for (let offset = 0; offset < flat.text.length; offset += 1) {
          const character = flat.text[offset] ?? '';
          if (/[\n\t]/.test(character)) continue;
          const at = flat.positionAt(offset);
          expect(node.textBetween(at, at + 1)).toBe(character);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('fitting a document', () => {
  it('leaves what fits as it is', () => {
    fc.assert(
      fc.property(document, (given) => {
        expect(fitDocument(given)).toEqual(given);
      }),
      { numRuns: 100 },
    );
  });

  const image = { type: 'image', attrs: { hash, alt: null, width: null, style: null } };
  const text = { type: 'text', text: '招生' };
  it.each<[string, DraftNode[]]>([
    ['nothing at all', []],
    ['text and pictures without a paragraph', [text, image, { type: 'paragraph' }]],
    ['a picture straight in a section', [{ type: 'section', content: [image, text] }]],
    [
      'a list item and a cell with bare text',
      [
        { type: 'bulletList', content: [{ type: 'listItem', content: [text] }] },
        { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [text] }] }] },
      ],
    ],
    [
      'cells, items and quotes without anything',
      [
        { type: 'orderedList', content: [{ type: 'listItem' }] },
        { type: 'blockquote' },
        { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableCell' }] }] },
      ],
    ],
    [
      'tables and lists without rows',
      [{ type: 'table' }, { type: 'bulletList' }, { type: 'table', content: [{ type: 'tableRow' }] }],
    ],
    [
      'a block in a paragraph',
      [{ type: 'paragraph', content: [text, { type: 'section', content: [text] }, text] }],
    ],
    [
      'a stray list item, row and cell',
      [
        { type: 'listItem', content: [text] },
        { type: 'tableRow', content: [{ type: 'tableCell', content: [text] }] },
        { type: 'tableCell', content: [text] },
      ],
    ],
    [
      'two marks of one kind',
      [
        {
          type: 'paragraph',
          content: [
            {
              ...text,
              marks: [
                { type: 'textStyle', attrs: { style: 'color: red' } },
                { type: 'textStyle', attrs: { style: 'font-size: 2em' } },
                { type: 'bold' },
                { type: 'bold' },
              ],
            },
          ],
        },
      ],
    ],
  ])('takes %s', (_, content) => {
    const given = read(content);
    const fitted = DraftDocument.parse(fitDocument(given));
    expect(sorted(roundTrip(fitted))).toEqual(sorted(fitted));
    const words = (one: DraftDocument) => flattenDocument(one).text.replace(/\s/g, '');
    expect(words(fitted)).toBe(words(given));
    expect(flattenDocument(fitted).images.length).toBe(flattenDocument(given).images.length);
  });
});
