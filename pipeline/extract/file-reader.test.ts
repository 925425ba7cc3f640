import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import {
  buildDocx,
  buildEndlessPdf,
  buildPdf,
  buildXlsx,
  textRow,
} from '../../test/builders/office-files.ts';
import { listChildPids } from '../../test/harness/child-pids.ts';
import { until } from '../../test/harness/until.ts';
import { type FileReader, type FileReaderOptions, openFileReader } from './file-reader.ts';
import { writeWorkbook } from './write-workbook.ts';

let reader: FileReader | null = null;
afterEach(() => reader?.close());

function open(options: FileReaderOptions = {}): FileReader {
  reader = openFileReader(options);
  return reader;
}

const docx = (text: string) => buildDocx(`<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`);

/** A million strings that no cell shows. */
function hungryXlsx(): Uint8Array {
  const strings = Array.from({ length: 1_200_000 }, (_, i) => `<si><t>${i % 997}abcdefgh</t></si>`).join('');
  return buildXlsx([{ name: 'S', rows: textRow(['字']) }], {
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
  });
}

const readerPids = (startedBy?: number) => listChildPids('reader-process', startedBy);

describe('reading files in a process apart', () => {
  it('reads one after the other, in the order asked', async () => {
    const files = open();
    const wanted = [docx('一'), buildPdf(['二']), buildXlsx([{ name: 'S', rows: textRow(['三']) }])];
    const read = await Promise.all(wanted.map((bytes) => files.read(bytes)));
    expect(read.map(({ text }) => text)).toEqual(['一', '【第 1 页】\n二', '【工作表：S】\n三']);
  });

  it('reads the cells of a workbook, in turn with texts', async () => {
    const files = open();
    const book = writeWorkbook([{ name: '人员', widths: [9], rows: [['001234']], emptyRows: 0 }]);
    const [table, text, none] = await Promise.all([
      files.readTables(book),
      files.read(docx('一')),
      files.readTables(docx('一')),
    ]);
    expect(table.tables).toMatchObject([{ name: '人员', rows: [{ number: 1, cells: ['001234'] }] }]);
    expect(text.text).toBe('一');
    expect(none).toEqual({ tables: [], unread: 'damaged' });
  });

  it('a file that takes for ever was not read, and the next one is', async () => {
    const files = open({ timeLimitMs: 1500 });
    const [endless, next] = await Promise.all([files.read(buildEndlessPdf()), files.read(docx('下一个'))]);
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
    const reading = files.read(buildEndlessPdf());
    await files.close();
    expect((await reading).unread).toEqual([{ part: null, reason: 'crashed' }]);
    expect((await files.read(docx('太晚'))).unread).toEqual([{ part: null, reason: 'crashed' }]);
    if (existsSync('/proc/self/status')) expect(readerPids()).toEqual([]);
  });

  it('what is no longer wanted is let go in the middle of it', async () => {
    const files = open();
    await files.read(docx('热身'));
    const stopping = new AbortController();
    const reading = files.read(buildEndlessPdf(), {}, stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
    expect((await files.read(docx('下一个'))).text).toBe('下一个');
  });

  it.runIf(existsSync('/proc/self/status'))(
    'one whose starter was killed ends by itself, however busy',
    { timeout: 30_000 },
    async () => {
      const script = fileURLToPath(new URL('../../test/harness/file-reading-process.ts', import.meta.url));
      const starter = spawn(process.execPath, ['--import', 'tsx', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(starter.stdout, 'data');
      const [busy] = readerPids(starter.pid);
      expect(busy).toBeDefined();
      starter.kill('SIGKILL');
      await once(starter, 'exit');
      await until('the reading process has ended', async () => !existsSync(`/proc/${busy}`), 10_000);
    },
  );

  it.runIf(existsSync('/proc/self/status'))('killed while it rests, costs no file', async () => {
    const files = open();
    await files.read(docx('前一个'));
    const [resting] = readerPids();
    process.kill(Number(resting), 'SIGKILL');
    await until('the resting process has ended', async () => !existsSync(`/proc/${resting}`), 10_000);
    expect(await files.read(docx('后一个'))).toMatchObject({ text: '后一个', unread: [] });
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
