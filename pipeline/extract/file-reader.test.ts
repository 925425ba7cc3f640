import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { buildDocx, buildPdf, buildXlsx, textRow } from '../../test/builders/office-files.ts';
import { type FileReader, type FileReaderOptions, openFileReader } from './file-reader.ts';

let reader: FileReader | null = null;
afterEach(() => reader?.close());

function open(options: FileReaderOptions = {}): FileReader {
  reader = openFileReader(options);
  return reader;
}

const docx = (text: string) => buildDocx(`<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`);

/** Each form draws the next one twice: 2^40 times the last. */
function endlessPdf(): Uint8Array {
  const forms = Array.from({ length: 40 }, (_, i) => {
    const drawn = i === 39 ? 'BT /F1 12 Tf <5B66> Tj ET' : '/X Do /X Do';
    const inside = i === 39 ? '' : `/XObject<</X ${i + 7} 0 R>>`;
    return `<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 3 0 R>>${inside}>>/Length ${drawn.length}>>stream\n${drawn}\nendstream`;
  });
  return buildPdf(['学'], { forms });
}

/** A million strings that no cell shows. */
function hungryXlsx(): Uint8Array {
  const strings = Array.from({ length: 1_200_000 }, (_, i) => `<si><t>${i % 997}abcdefgh</t></si>`).join('');
  return buildXlsx([{ name: 'S', rows: textRow(['字']) }], {
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
  });
}

/** Its own processes, from what Linux tells of them. */
function readerPids(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return parent === String(process.pid) && line.includes('reader-process');
      } catch {
        return false;
      }
    });
}

describe('reading files in a process apart', () => {
  it('reads one after the other, in the order asked', async () => {
    const files = open();
    const wanted = [docx('一'), buildPdf(['二']), buildXlsx([{ name: 'S', rows: textRow(['三']) }])];
    const read = await Promise.all(wanted.map((bytes) => files.read(bytes)));
    expect(read.map(({ text }) => text)).toEqual(['一', '【第 1 页】\n二', '【工作表：S】\n三']);
  });

  it('a file that takes for ever was not read, and the next one is', async () => {
    const files = open({ timeLimitMs: 1500 });
    const [endless, next] = await Promise.all([files.read(endlessPdf()), files.read(docx('下一个'))]);
    expect(endless.unread).toEqual([{ part: null, reason: 'too-slow' }]);
    expect(next.text).toBe('下一个');
  });

  it('a file that wants more memory than is allowed was not read, and the next one is', async () => {
    const files = open({ heapMb: 48 });
    const [hungry, next] = await Promise.all([
      files.read(hungryXlsx(), { maxTextLength: 1_000_000 }),
      files.read(docx('下一个')),
    ]);
    expect(hungry.unread).toEqual([{ part: null, reason: 'too-hungry' }]);
    expect(next.text).toBe('下一个');
  });

  it('what is closed in the middle of a file leaves no process behind', async () => {
    const files = open();
    await files.read(docx('热身'));
    const reading = files.read(endlessPdf());
    await files.close();
    expect((await reading).unread).toEqual([{ part: null, reason: 'crashed' }]);
    expect((await files.read(docx('太晚'))).unread).toEqual([{ part: null, reason: 'crashed' }]);
    if (existsSync('/proc/self/status')) expect(readerPids()).toEqual([]);
  });

  it('what is no longer wanted is let go in the middle of it', async () => {
    const files = open();
    await files.read(docx('热身'));
    const stopping = new AbortController();
    const reading = files.read(endlessPdf(), {}, stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
    expect((await files.read(docx('下一个'))).text).toBe('下一个');
  });

  it.runIf(existsSync('/proc/self/environ'))('knows nothing of the environment; is replaced', async () => {
    process.env.GUANLAN_TEST_CANARY = 'canary-7391';
    const files = open({ filesPerProcess: 2 });
    await files.read(docx('一'));
    const [first] = readerPids();
    expect(first).toBeDefined();
    expect(readFileSync(`/proc/${first}/environ`, 'utf8')).not.toContain('canary-7391');
    expect(readFileSync(`/proc/${first}/environ`, 'utf8')).not.toContain('PATH=');
    delete process.env.GUANLAN_TEST_CANARY;
    await files.read(docx('二'));
    expect(readerPids()).toEqual([]);
    await files.read(docx('三'));
    expect(readerPids()).not.toContain(first);
  });
});
