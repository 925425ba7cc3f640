import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePage } from './decode.ts';

/** GBK bytes of 「沧澜师范学院」, then the four bytes gb18030 needs for 㐂, which GBK lacks. */
const gbk = [0xb2, 0xd7, 0xc0, 0xbd, 0xca, 0xa6, 0xb7, 0xb6, 0xd1, 0xa7, 0xd4, 0xba];
const rare = [0x81, 0x39, 0xef, 0x31];
const name = '沧澜师范学院';
const ascii = (text: string) => [...Buffer.from(text, 'latin1')];
const bytes = (...parts: number[][]) => Uint8Array.from(parts.flat());
const utf8 = [...Buffer.from(name)];

describe('decoding by evidence', () => {
  it('GBK bytes that are declared as gb2312, with a character only gb18030 has', () => {
    const page = decodePage(bytes(ascii('<meta charset="gb2312">'), gbk, rare));
    expect(page.html).toContain(name);
    expect(page.html).not.toContain('\ufffd');
    expect([page.charset, page.evidence, page.declared]).toEqual(['gb18030', 'meta', 'gb2312']);
  });

  it('GBK bytes that nobody declares', () => {
    const page = decodePage(bytes(gbk, gbk));
    expect([page.html, page.evidence]).toEqual([name + name, 'fallback']);
  });

  it('valid UTF-8 beats what is declared', () => {
    const page = decodePage(bytes(ascii('<meta charset=gbk>'), utf8), 'text/html; charset=GB2312');
    expect(page.html).toContain(name);
    expect([page.charset, page.evidence, page.declared]).toEqual(['utf-8', 'utf-8-valid', 'gb2312']);
  });

  it('GBK bytes under a header that says UTF-8', () => {
    expect(decodePage(bytes(gbk, ascii('<p>'), gbk), 'text/html; charset=utf-8').html).toBe(
      `${name}<p>${name}`,
    );
  });

  it('a byte order mark decides', () => {
    expect(decodePage(bytes([0xef, 0xbb, 0xbf], utf8), 'text/html; charset=gbk').html).toBe(name);
    expect(decodePage(bytes([0xff, 0xfe], [...Buffer.from(name, 'utf16le')])).html).toBe(name);
  });

  it('UTF-8 cut off in its last character, or broken in one place, is still UTF-8', () => {
    expect(decodePage(Uint8Array.from(utf8.slice(0, -1))).html).toBe('沧澜师范学');
    const long = Buffer.from(name.repeat(20));
    const broken = decodePage(bytes([...long], [0xff], [...long]), 'text/html; charset=utf-8');
    expect(broken.html.startsWith(name)).toBe(true);
    expect(broken.html.endsWith(name)).toBe(true);
  });

  it('one broken byte does not make a UTF-8 page what it is declared as', () => {
    const long = [...Buffer.from(name.repeat(20))];
    const page = decodePage(bytes(ascii('<meta charset="gb2312">'), long, [0xe6, 0xa0], long));
    expect(page.html).toContain(name.repeat(20));
    expect([page.charset, page.evidence]).toEqual(['utf-8', 'utf-8-nearly']);
  });

  it('a page in two encodings is read in the one that garbles less of it', () => {
    const declared = ascii('<meta charset="gb2312">');
    const long = [...Buffer.from(name.repeat(8))];
    expect(decodePage(bytes(declared, long, gbk, gbk)).html).toContain(name.repeat(8));
    expect(decodePage(bytes(declared, ...Array<number[]>(8).fill(gbk), utf8)).html).toContain(name.repeat(8));
  });

  it('an unknown charset is not believed', () => {
    expect(decodePage(bytes(ascii('<meta charset="x-nonsense">'), gbk)).html).toContain(name);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.option(fc.string()), (input, type) => {
        expect(typeof decodePage(input, type).html).toBe('string');
      }),
      { numRuns: 300 },
    );
  });
});
