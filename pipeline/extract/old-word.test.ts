import { CFB } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { extractText } from './extract-text.ts';

interface Piece {
  text: string;
  /** In bytes, as Word keeps what needs no more. */
  narrow?: true;
}

/** A .doc of these pieces; `lengths`: how many characters belong to the body, footnotes, headers. */
function buildDoc(
  pieces: readonly Piece[],
  options: { lengths?: number[]; flags?: number } = {},
): Uint8Array {
  const header = 0x600;
  const bodies = pieces.map(({ text, narrow }) => Buffer.from(text, narrow ? 'latin1' : 'utf16le'));
  const main = Buffer.concat([Buffer.alloc(header), ...bodies]);
  const total = pieces.reduce((sum, { text }) => sum + text.length, 0);
  main.writeUInt16LE(0xa5ec, 0);
  main.writeUInt16LE(0xc1, 2);
  main.writeUInt16LE(options.flags ?? 0x0200, 0x0a);
  for (const [i, length] of (options.lengths ?? [total]).entries()) main.writeUInt32LE(length, 0x4c + i * 4);
  const list = Buffer.alloc((pieces.length + 1) * 4 + pieces.length * 8);
  let character = 0;
  let offset = header;
  for (const [i, { text, narrow }] of pieces.entries()) {
    list.writeUInt32LE(character, i * 4);
    character += text.length;
    list.writeUInt32LE(narrow ? (offset * 2) | 0x4000_0000 : offset, (pieces.length + 1) * 4 + i * 8 + 2);
    offset += bodies[i]?.length ?? 0;
  }
  list.writeUInt32LE(character, pieces.length * 4);
  const formatting = Buffer.from([1, 3, 0, 9, 9, 9]);
  const clx = Buffer.concat([formatting, Buffer.from([2, 0, 0, 0, 0]), list]);
  clx.writeUInt32LE(list.length, formatting.length + 1);
  main.writeUInt32LE(16, 0x1a2);
  main.writeUInt32LE(clx.length, 0x1a6);
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_add(file, '/WordDocument', main);
  CFB.utils.cfb_add(file, '/1Table', Buffer.concat([Buffer.alloc(16), clx]));
  return Uint8Array.from(CFB.write(file, { type: 'buffer' }) as Buffer);
}

describe('old Word files', () => {
  it('puts the pieces together, wide and narrow ones, and shows what fields show', async () => {
    const pieces: Piece[] = [
      { text: '关于公示的通知\r' },
      { text: 'No. 7\r', narrow: true },
      { text: '见\x13HYPERLINK "http://x"\x14附件\x15。\r姓名\x07学号\x07\x07张三\x072023\x07\x07' },
    ];
    const { kind, text, unread } = await extractText(buildDoc(pieces));
    expect([kind, unread]).toEqual(['doc', []]);
    expect(text).toBe('关于公示的通知\nNo. 7\n见附件。\n姓名\t学号\n张三\t2023');
  });

  it('tells footnotes and headers from the body', async () => {
    const { parts } = await extractText(buildDoc([{ text: '正文\r注\r头\r' }], { lengths: [3, 2, 2] }));
    expect(parts.map(({ name, text }) => [name, text])).toEqual([
      ['', '正文'],
      ['脚注', '注'],
      ['页眉页脚', '头'],
    ]);
  });

  it('locked or damaged, it was not read', async () => {
    const locked = await extractText(buildDoc([{ text: '字' }], { flags: 0x0300 }));
    expect(locked.unread).toEqual([{ part: null, reason: 'encrypted' }]);
    const whole = buildDoc([{ text: '字'.repeat(4000) }]);
    const cut = await extractText(whole.subarray(0, 2000));
    expect(cut.unread).toEqual([{ part: null, reason: 'damaged' }]);
  });
});

describe('RTF', () => {
  it('reads Chinese in bytes and in numbers, marks hidden text, and leaves out who wrote it', async () => {
    const rtf = String.raw`{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 \'cb\'ce\'cc\'e5;}}{\info{\author Somebody}}{\*\generator Word;}\uc1
\pard \'b2\'d7\'c0\'bd\par \u23398?\u-26971?:\~1\{2\}\par {\v \'c4\'da}\'cd\'e2\par\trowd a\cell b\cell\row}`;
    const { kind, text } = await extractText(Buffer.from(rtf, 'latin1'));
    expect(kind).toBe('rtf');
    expect(text).toBe(
      '沧澜\n学際: 1{2}\n【隐藏文字：内】外\na\tb'.replace('際', String.fromCharCode(65_536 - 26_971)),
    );
  });
});
