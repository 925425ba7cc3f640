import * as docx from 'docx';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { DraftNode } from '../domain/draft-document.ts';
import { flattenDocument } from '../domain/flatten-document.ts';
import { renderDocument } from '../domain/render-document.ts';
import { openFileReader } from './file-reader.ts';
import { documentProblem, readDocument } from './read-document.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const { AlignmentType, HeadingLevel, Paragraph, TextRun } = docx;
const line = (text: string, more: object = {}) =>
  new Paragraph({ children: [new TextRun({ text, ...more })] });

async function pack(children: (docx.Paragraph | docx.Table)[], more: object = {}): Promise<Uint8Array> {
  const file = new docx.Document({ ...more, sections: [{ children }] });
  return new Uint8Array(await docx.Packer.toBuffer(file));
}

async function readWord(bytes: Uint8Array) {
  const { imported, problem } = await readDocument(bytes, 'file');
  if (imported === null) throw new Error(problem);
  return { ...imported, text: flattenDocument(imported.document).text };
}

const htmlOf = (read: { document: Parameters<typeof renderDocument>[0] }) =>
  renderDocument(read.document, { layout: 'kept', imageUrl: () => 'picture' });

function findAll(nodes: readonly DraftNode[], type: string): DraftNode[] {
  return nodes.flatMap((node) => [
    ...(node.type === type ? [node] : []),
    ...findAll(node.content ?? [], type),
  ]);
}

/** One part of the package written over. */
function rewrite(bytes: Uint8Array, name: string, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(bytes);
  const part = parts[name];
  if (part === undefined) throw new Error(`no ${name}`);
  return zipSync({ ...parts, [name]: strToU8(change(new TextDecoder().decode(part))) });
}

describe('Word', () => {
  it('keeps how a notice stands on its page', async () => {
    const read = await readWord(
      await pack([
        new Paragraph({
          alignment: AlignmentType.CENTER,
          children: [new TextRun({ text: '关于做好寒假', bold: true, size: 44 })],
        }),
        new Paragraph({
          alignment: AlignmentType.CENTER,
          children: [new TextRun({ text: '校园安全工作的通知', bold: true, size: 44 })],
        }),
        line('各单位：', { size: 32 }),
        new Paragraph({
          indent: { firstLine: 640 },
          children: [
            new TextRun({ text: '请于', size: 32 }),
            new TextRun({ text: '1月5日前', size: 32, color: 'C00000', bold: true }),
            new TextRun({ text: '报送', size: 32, highlight: 'yellow' }),
            new TextRun({ text: '2', size: 32, superScript: true }),
          ],
        }),
        new Paragraph({
          alignment: AlignmentType.RIGHT,
          children: [new TextRun({ text: '保卫处', size: 32 })],
        }),
      ]),
    );
    expect(read.title).toBe('关于做好寒假校园安全工作的通知');
    expect(read.notes).toEqual(['开头的“关于做好寒假校园安全工作的通知”作为标题，请核对']);
    expect(htmlOf(read)).toBe(
      '<p>各单位：</p>' +
        '<p style="text-indent: 2em;">请于<span style="color: #c00000;"><strong>1月5日前</strong></span>' +
        '<span style="background-color: #ffff00;">报送</span><sup>2</sup></p>' +
        '<p style="text-align: right;">保卫处</p>',
    );
  });

  it('reads headings, lists, links, pictures and tables', async () => {
    const cell = (text: string, more: object = {}) => new docx.TableCell({ children: [line(text)], ...more });
    const read = await readWord(
      await pack(
        [
          new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun('一、安排')] }),
          new Paragraph({ numbering: { reference: 'n', level: 0 }, children: [new TextRun('甲')] }),
          new Paragraph({ numbering: { reference: 'n', level: 0 }, children: [new TextRun('乙')] }),
          new Paragraph({
            children: [
              new docx.ExternalHyperlink({
                link: 'https://www.example.edu.cn/',
                children: [new TextRun('主页')],
              }),
              new docx.ImageRun({
                type: 'png',
                data: png,
                transformation: { width: 10, height: 10 },
                altText: { name: 'a', title: 'a', description: '校门' },
              }),
            ],
          }),
          new docx.Table({
            rows: [
              new docx.TableRow({ children: [cell('头', { columnSpan: 2 })] }),
              new docx.TableRow({ children: [cell('竖', { rowSpan: 2 }), cell('1')] }),
              new docx.TableRow({ children: [cell('2')] }),
            ],
          }),
        ],
        {
          numbering: {
            config: [
              { reference: 'n', levels: [{ level: 0, format: 'decimal', text: '%1.', alignment: 'left' }] },
            ],
          },
        },
      ),
    );
    expect(read.title).toBe(null);
    expect(read.text).toBe('一、安排\n甲\n乙\n主页\n头\n竖\t1\n2\n');
    expect(read.document.content.map(({ type }) => type)).toEqual([
      'heading',
      'orderedList',
      'paragraph',
      'table',
    ]);
    expect(read.images).toEqual([expect.objectContaining({ name: '图片1.png', url: null })]);
    expect(findAll(read.document.content, 'image')[0]?.attrs).toMatchObject({
      hash: read.images[0]?.placeholder,
      alt: '校门',
    });
    expect(
      findAll(read.document.content, 'tableCell').map(({ attrs }) => [attrs?.colspan, attrs?.rowspan]),
    ).toEqual([
      [2, 1],
      [1, 2],
      [1, 1],
      [1, 1],
    ]);
  });

  it('takes alignment and level from the styles, and their parents', async () => {
    const bytes = await pack(
      [new Paragraph({ style: 'child', children: [new TextRun('通知')] }), line('正文')],
      {
        styles: {
          paragraphStyles: [
            { id: 'parent', name: '红头', paragraph: { alignment: AlignmentType.CENTER } },
            { id: 'child', name: '红头小', basedOn: 'parent' },
          ],
        },
      },
    );
    expect(await readWord(bytes)).toMatchObject({ title: '通知', text: '正文\n' });
  });

  it('accepts tracked changes, leaves comments and headers, and says so', async () => {
    const bytes = rewrite(await pack([line('开会'), line('写下')]), 'word/document.xml', (xml) =>
      xml
        .replace(
          '<w:t xml:space="preserve">开会</w:t></w:r>',
          (run) =>
            `${run}<w:ins w:id="1" w:author="a"><w:r><w:t>新</w:t></w:r></w:ins><w:del w:id="2" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>`,
        )
        .replace('<w:t xml:space="preserve">写下</w:t>', '<w:rPr><w:vanish/></w:rPr><w:t>写下</w:t>'),
    );
    const read = await readWord(bytes);
    expect(read.text).toBe('开会新\n写下\n');
    expect(read.notes).toEqual([
      '文件里有 2 处修订：插入的文字已保留，删除的文字已去掉，请核对',
      '文件里有隐藏文字，已显示出来，请核对',
    ]);
  });

  it('leaves words alone that look like markup', async () => {
    const words = '写 class="x-1" 与 <p class="draft-center-flush">，& <a href="#1">↑</a>';
    const read = await readWord(await pack([line(words, { bold: true }), line('完')]));
    expect(read.text).toBe(`${words}\n完\n`);
  });

  it('puts footnotes at the end', async () => {
    const children = [new Paragraph({ children: [new TextRun('据统计'), new docx.FootnoteReferenceRun(1)] })];
    const read = await readWord(await pack(children, { footnotes: { 1: { children: [line('年鉴。')] } } }));
    expect(read.text.replace(/\s+/g, ' ')).toBe('据统计[1] 年鉴。 ');
    expect(flattenDocument(read.document).links).toEqual([]);
  });
});

describe('other files', () => {
  it.each([
    [
      'text',
      Buffer.from('关于放假的通知\n各单位：\n\n请遵照执行。\n'),
      '关于放假的通知',
      '各单位：\n\n请遵照执行。\n',
    ],
    ['GBK text', Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0xa1, 0xa3]), null, '你好。\n'],
    ['HTML', Buffer.from('<html><head><title>题</title></head><body><p>文</p></body></html>'), '题', '文\n'],
    ['RTF', Buffer.from('{\\rtf1\\ansi\\ansicpg936 Read me.\\par}'), null, 'Read me.\n'],
  ])('reads %s', async (_, bytes, title, text) => {
    expect(await readWord(bytes)).toMatchObject({ title, text });
  });

  it.each([
    ['damaged', Buffer.from('PK\x03\x04 no archive at all')],
    ['unsupported', zipSync({ 'ppt/presentation.xml': strToU8('<p/>') })],
    ['empty', Buffer.from(' \n ')],
    ['picture', png],
  ])('says that a file is %s', async (problem, bytes) => {
    const read = await readDocument(bytes, 'file');
    expect(read).toEqual({ imported: null, problem });
    expect(documentProblem(problem as Parameters<typeof documentProblem>[0])).toMatch(/[一-龥]{4}/);
  });

  it('refuses what unpacks to far more than it is', async () => {
    const bomb = zipSync({ 'word/document.xml': new Uint8Array(18 * 1_048_576) }, { level: 6 });
    expect(await readDocument(bomb, 'file')).toEqual({ imported: null, problem: 'too-large' });
  });

  it('refuses what is pasted and nested without end', async () => {
    const pasted = Buffer.from('<div>'.repeat(1000));
    expect(await readDocument(pasted, 'html')).toEqual({ imported: null, problem: 'too-deep' });
  });

  it('is read in a process apart', async () => {
    const reader = openFileReader();
    try {
      const word = await reader.readDocument(await pack([line('正文')]), 'file');
      const pasted = await reader.readDocument(Buffer.from('<p>粘贴</p>'), 'html');
      const texts = [word, pasted].map(({ imported }) => imported && flattenDocument(imported.document).text);
      expect(texts).toEqual(['正文\n', '粘贴\n']);
      expect((await reader.readDocument(Buffer.from('PK\x03\x04'), 'file')).problem).toBe('damaged');
    } finally {
      await reader.close();
    }
  });
});
