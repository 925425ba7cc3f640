import { Schema } from '@tiptap/pm/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCheckInput } from './build-check-input.ts';
import { DraftContent } from './draft-content.ts';
import { DraftDocument, type DraftNode } from './draft-document.ts';
import { flattenDocument, nodeSize } from './flatten-document.ts';

const hash = (digit: string) => digit.repeat(64);
const text = (value: string, ...marks: DraftNode['marks'] & object): DraftNode => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 ? { marks } : {}),
});
const link = (href: string) => ({ type: 'link' as const, attrs: { href, title: null } });
const image = (digit: string, alt: string | null = null): DraftNode => ({
  type: 'image',
  attrs: { hash: hash(digit), alt },
});
const p = (...content: DraftNode[]): DraftNode => ({ type: 'paragraph', content });
const cell = (...content: DraftNode[]): DraftNode => ({ type: 'tableCell', attrs: {}, content });
const doc = (...content: DraftNode[]) => DraftDocument.parse({ type: 'doc', content });

const block = { group: 'block', content: 'block+' };
/** The content expressions that matter for counting; prosemirror-model does the counting. */
const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*' },
    section: block,
    bulletList: { group: 'block', content: 'listItem+' },
    listItem: { content: 'paragraph block*' },
    table: { group: 'block', content: 'tableRow+' },
    tableRow: { content: 'tableCell*' },
    tableCell: { content: 'block+' },
    horizontalRule: { group: 'block' },
    image: { group: 'inline', inline: true, attrs: { hash: {}, alt: { default: null } } },
    hardBreak: { group: 'inline', inline: true },
    text: { group: 'inline' },
  },
  marks: { link: { attrs: { href: {} } }, bold: {} },
});

describe('flattenDocument', () => {
  it('ends paragraphs, parts cells and takes no character for a picture', () => {
    const flat = flattenDocument(
      doc(
        { type: 'heading', attrs: { level: 1 }, content: [text('题目')] },
        {
          type: 'section',
          content: [p(text('第一段'), image('a', '操场'), { type: 'hardBreak' }, text('续'))],
        },
        { type: 'horizontalRule' },
        { type: 'bulletList', content: [{ type: 'listItem', content: [p(text('一项'))] }] },
        {
          type: 'table',
          content: [
            { type: 'tableRow', content: [cell(p(text('甲')), p(text('二'))), cell(p())] },
            { type: 'tableRow', content: [cell(p(text('乙'))), cell(p(text('丙')))] },
          ],
        },
        p(),
      ),
    );
    expect(flat.text).toBe('题目\n第一段\n续\n一项\n甲\n二\t\n乙\t丙\n\n');
    expect(flat.images).toEqual([{ hash: hash('a'), alt: '操场', at: 6 }]);
  });

  it('joins what is linked to one address, over changes of marks, and not over paragraphs', () => {
    const to = link('https://www.example.edu.cn/');
    const flat = flattenDocument(
      doc(
        p(text('见'), text('学校', to), text('主页', { type: 'bold' }, to), text('。')),
        p(text('主页', to), { ...image('b'), marks: [link('https://a.example/')] }),
      ),
    );
    expect(flat.links).toEqual([
      { href: 'https://www.example.edu.cn/', start: 1, end: 5 },
      { href: 'https://www.example.edu.cn/', start: 7, end: 9 },
      { href: 'https://a.example/', start: 9, end: 9 },
    ]);
  });

  it('gives an offset between text and picture both of its places', () => {
    const flat = flattenDocument(doc(p(text('前'), image('c'), text('后'))));
    expect([flat.positionAt(1), flat.positionAt(1, 'before')]).toEqual([3, 2]);
  });

  it('has a position for nothing', () => {
    const flat = flattenDocument(doc());
    expect([flat.text, flat.positionAt(0), flat.offsetAt(0)]).toEqual(['', 0, 0]);
  });
});

const words = fc.stringMatching(/^[一-龥a-z，𠮷😀]{1,6}$/u);
const inline = fc.oneof(
  { weight: 4, arbitrary: words.map((value) => text(value)) },
  words.map((value) => text(value, { type: 'bold' })),
  fc.constant(image('d')),
  fc.constant<DraftNode>({ type: 'hardBreak' }),
);
const paragraph = fc.array(inline, { maxLength: 5 }).map((content) => p(...content));
const { block: anyBlock } = fc.letrec<{ block: DraftNode }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    paragraph,
    fc.constant<DraftNode>({ type: 'horizontalRule' }),
    fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((content) => ({ type: 'section', content })),
    fc
      .array(
        fc.array(
          fc.array(tie('block'), { minLength: 1, maxLength: 2 }).map((content) => cell(...content)),
          { minLength: 1, maxLength: 3 },
        ),
        { minLength: 1, maxLength: 2 },
      )
      .map((rows) => ({ type: 'table', content: rows.map((content) => ({ type: 'tableRow', content })) })),
    fc.tuple(paragraph, fc.array(tie('block'), { maxLength: 2 })).map(([first, rest]) => ({
      type: 'bulletList',
      content: [{ type: 'listItem', content: [first, ...rest] }],
    })),
  ),
}));
const anyDocument = fc.array(anyBlock, { minLength: 1, maxLength: 4 }).map((content) => doc(...content));

describe('positions', () => {
  it('are those of prosemirror-model', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const flat = flattenDocument(document);
        const real = schema.nodeFromJSON(document);
        expect(nodeSize({ ...document })).toBe(real.nodeSize);
        let counted = 0;
        real.descendants((node, position) => {
          if (node.type.name === 'image') counted += 1;
          if (!node.isText) return;
          const whole = node.text ?? '';
          for (let i = 0; i < whole.length; i += 1) {
            const offset = flat.offsetAt(position + i);
            expect(flat.text[offset]).toBe(whole[i]);
            expect(flat.positionAt(offset)).toBe(position + i);
            expect(flat.positionAt(offset + 1, 'before')).toBe(position + i + 1);
          }
        });
        expect(flat.images.length).toBe(counted);
      }),
      { numRuns: 150 },
    );
  });

  it('lead from every offset into text, and back', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const flat = flattenDocument(document);
        const real = schema.nodeFromJSON(document);
        for (let offset = 0; offset < flat.text.length; offset += 1) {
          const position = flat.positionAt(offset);
          expect(position).toBeLessThanOrEqual(real.content.size);
          expect(flat.offsetAt(position)).toBe(offset);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('buildCheckInput', () => {
  const known = { hash: hash('a'), name: '操场.jpg', mime: 'image/jpeg', bytes: 10 } as const;
  const file = { hash: hash('f'), name: '名单.xlsx', bytes: 20 };

  it('names pictures in the order of the text, and says what was not read', () => {
    const content = DraftContent.parse({
      title: '通知',
      document: doc(p(text('正文'), image('b'), image('a', '操场'), image('b', '再次'))),
      images: [known, { ...known, hash: hash('b') }, { ...known, hash: hash('e') }],
      attachments: [file],
    });
    const read = { codes: ['https://a.example/'], text: '横幅', notes: [], facts: [] };
    const input = buildCheckInput(
      content,
      { images: new Map([[known.hash, read]]), attachments: new Map() },
      '2026-11-23',
    );
    expect(input.body).toBe('正文\n');
    expect(input.images).toEqual([
      expect.objectContaining({ alt: null, at: 2, text: null, notes: ['图片还没有读取'] }),
      { image: content.images[0], alt: '操场', at: 2, ...read },
    ]);
    expect(input.attachments).toEqual([{ file, text: '', notes: [], unread: ['附件还没有读取'], facts: [] }]);
  });

  it('refuses a picture of which nothing is known', () => {
    const content = DraftContent.parse({ title: '通知', document: doc(p(image('c'))) });
    const nothing = { images: new Map(), attachments: new Map() };
    expect(() => buildCheckInput(content, nothing, '2026-11-23')).toThrow('没有登记');
  });
});
