import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import {
  buildDocx,
  buildHiddenPdf,
  buildPdf,
  buildXlsx,
  buildZip,
  textRow,
} from '../../test/builders/office-files.ts';
import { extractText } from './extract-text.ts';

const encode = (text: string) => new TextEncoder().encode(text);
/** 「沧澜」 in GBK. */
const gbk = [0xb2, 0xd7, 0xc0, 0xbd];

describe('PDF', () => {
  it('gives the text of each page, in a Chinese font that is not embedded', async () => {
    const { kind, text, unread } = await extractText(buildPdf(['学院公示', '名单在此']));
    expect([kind, unread]).toEqual(['pdf', []]);
    expect(text).toBe('【第 1 页】\n学院公示\n\n【第 2 页】\n名单在此');
  });

  it('a scan is not clean but unread; so is a single page without text', async () => {
    expect((await extractText(buildPdf([null, null]))).unread).toEqual([{ part: null, reason: 'scanned' }]);
    const mixed = await extractText(buildPdf(['有字', null]));
    expect(mixed.unread).toEqual([{ part: '第 2 页', reason: 'scanned' }]);
  });

  it('locked, damaged', async () => {
    expect((await extractText(buildPdf(['字'], { encrypt: true }))).unread).toEqual([
      { part: null, reason: 'encrypted' },
    ]);
    expect((await extractText(encode('%PDF-1.7\nnothing of the kind'))).unread).toEqual([
      { part: null, reason: 'damaged' },
    ]);
  });
});

it('PDF: tells what nobody sees from the rest', async () => {
  const words = { shown: '看得见', layer: '关着的', invisible: '没有墨', white: '白的', tiny: '小的' };
  const { parts, notes } = await extractText(buildHiddenPdf(words));
  expect(parts.filter(({ hidden }) => hidden).map(({ name, text }) => [name, text])).toEqual([
    ['第 1 页的隐藏文字（关闭的图层）', '关着的'],
    ['第 1 页的隐藏文字（不可见文字）', '没有墨'],
    ['第 1 页的隐藏文字（白色文字）', '白的'],
    ['第 1 页的隐藏文字（极小的文字）', '小的'],
  ]);
  expect(notes).toEqual([]);
});

describe('plain files', () => {
  it.each([
    ['GBK', Uint8Array.from([...gbk, 0x0d, 0x0a, ...gbk]), '沧澜\r\n沧澜'],
    ['UTF-8', encode('姓名,学号\n沧澜,1'), '姓名,学号\n沧澜,1'],
    ['UTF-16 with its mark', Buffer.from('\ufeff沧澜', 'utf16le'), '沧澜'],
  ])('text in %s', async (_, bytes, text) => {
    expect(await extractText(bytes)).toMatchObject({ kind: 'text', text, unread: [] });
  });

  it('a table saved as HTML under the name of a spreadsheet', async () => {
    const html =
      '<html><style>td{}</style><table><tr><td>张三</td><td>1&amp;2</td></tr><tr><td>李四</td></tr></table>';
    expect((await extractText(encode(html))).text).toBe('张三\t1&2\n李四');
  });

  it('a table of forty thousand rows, saved as HTML, in a moment', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `<tr><td>学号${i}</td><td>张三</td></tr>`);
    const began = performance.now();
    const { text, unread } = await extractText(encode(`<table>${rows.join('')}</table>`), {
      maxTextLength: 1_000_000,
    });
    expect(text.endsWith('学号39999\t张三')).toBe(true);
    expect(unread).toEqual([]);
    // Looking through all of it for each cell took longer than a file is given.
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it.each(['<p>长</p>', '<td></td><p>长</p>', '<td>\t</td>长'])(
    'a page of many %s that is longer than what is kept is never taken for whole',
    async (piece) => {
      const { truncated } = await extractText(encode(`<table>${piece.repeat(5000)}</table>`), {
        maxTextLength: 1000,
      });
      expect(truncated).toBe(true);
    },
  );

  it.each([
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], 'picture'],
    ['RAR', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x00], 'unsupported'],
    ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 'unsupported'],
    ['bytes of no known kind', Array.from({ length: 400 }, (_, i) => (i * 7) % 32), 'unknown-kind'],
    ['nothing', [], 'damaged'],
  ])('%s could not be checked', async (_, bytes, reason) => {
    expect((await extractText(Uint8Array.from(bytes))).unread).toEqual([{ part: null, reason }]);
  });
});

describe('archives', () => {
  it('reads members like files of their own, two levels deep', async () => {
    const inner = buildZip({ 'b.txt': '内层' });
    const { text, unread } = await extractText(
      buildZip({ 'list/a.docx': buildDocx('<w:p><w:r><w:t>外层</w:t></w:r></w:p>'), 'in.zip': inner }),
    );
    expect(text).toContain('【压缩包内：list/a.docx】\n外层');
    expect(text).toContain('【压缩包内：in.zip：压缩包内：b.txt】\n内层');
    expect(unread).toEqual([]);
  });

  it('a third level is not opened, and said so', async () => {
    const deep = buildZip({ '3.zip': buildZip({ '2.zip': buildZip({ 'x.txt': '深' }) }) });
    const { unread, text } = await extractText(deep);
    expect(unread.map(({ reason }) => reason)).toEqual(['too-deep']);
    expect(text).not.toContain('深');
  });

  it('a name in GBK', async () => {
    const zip = buildZip({ ab12: '' });
    const at = (from: number) => Buffer.from(zip).indexOf('ab12', from);
    for (let found = at(0); found >= 0; found = at(found + 4)) zip.set(gbk, found);
    expect((await extractText(zip)).text).toContain('沧澜');
  });

  it('locked members and those of unread kinds are named; the others are read', async () => {
    const zip = buildZip({ 'a.rar': Uint8Array.from([0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]), 'b.txt': '有字' });
    const { unread, text } = await extractText(zip);
    expect(unread).toEqual([{ part: '压缩包内：a.rar', reason: 'unsupported' }]);
    expect(text).toContain('有字');
  });

  it('a locked document', async () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['x']]), 'S');
    const zip = buildZip({ 'a.txt': 'x' });
    const bytes = Buffer.from(zip);
    // The bit that says so, in the directory.
    const line = bytes.indexOf('PK\x01\x02');
    bytes[line + 8] = (bytes[line + 8] ?? 0) | 1;
    expect((await extractText(bytes)).unread).toEqual([{ part: '压缩包内：a.txt', reason: 'encrypted' }]);
    expect(write(book, { type: 'buffer' }).length).toBeGreaterThan(0);
  });
});

describe('what is longer than what is kept', () => {
  const blanks = 40;
  it.each([
    ['RTF', encode(`{\\rtf1\\ansi ${'\\par '.repeat(blanks)}${"\\'61".repeat(3000)} the end}`)],
    [
      'DOCX',
      buildDocx(
        `<w:p><w:r>${'<w:br/>'.repeat(blanks)}${'<w:t>a</w:t>'.repeat(3000)}<w:t>the end</w:t></w:r></w:p>`,
      ),
    ],
  ])('of %s is told, though it begins with blank lines', async (_kind, bytes) => {
    const { truncated, text } = await extractText(bytes, { maxTextLength: 1000 });
    expect(text).not.toContain('the end');
    expect(truncated).toBe(true);
  });
});

describe('hostile files', () => {
  it('a bomb is stopped long before it is unpacked', async () => {
    const bomb = buildZip({ 'bomb.txt': new Uint8Array(24 * 1_048_576) });
    const { unread } = await extractText(bomb);
    expect(unread).toEqual([{ part: '压缩包内：bomb.txt', reason: 'too-large' }]);
  });

  it('all members together may unpack to so much and no more', async () => {
    const member = Uint8Array.from({ length: 100_000 }, (_, i) => 97 + ((i * i) % 25));
    const members = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}.txt`, member]));
    const { unread } = await extractText(buildZip(members), {
      maxUnpackedBytes: 350_000,
      maxTextLength: 1_000_000,
    });
    expect(unread.at(-1)?.reason).toBe('too-large');
  });

  it('a document that ends in the middle', async () => {
    const whole = buildXlsx([{ name: 'S', rows: textRow(['字']) }]);
    expect((await extractText(whole.subarray(0, whole.length - 30))).unread).toEqual([
      { part: null, reason: 'damaged' },
    ]);
  });

  it('entities that unfold into one another stay as they are', async () => {
    const xml = '<!DOCTYPE d [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    const { text } = await extractText(
      buildZip({ 'word/document.xml': `${xml}<w:p><w:r><w:t>&b;</w:t></w:r></w:p>` }),
    );
    expect(text).toBe('&b;');
  });
});
