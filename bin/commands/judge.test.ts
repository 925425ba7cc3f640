import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { judgeBlock, type LineBlock } from '../../pipeline/commands/judge-block.ts';
import { createJudge } from '../../pipeline/stages/judge.ts';
import { judgeStream } from './judge.ts';
import { LineSplitter } from './read-lines.ts';

const inPlace = createJudge({ rules: [], settingsVersion: 0 });
const judge = { judgeBlock: async (block: LineBlock) => judgeBlock(inPlace, block), blocksAtOnce: 3 };

async function run(chunks: readonly (string | Buffer)[]): Promise<{ lines: unknown[]; failures: number }> {
  const output = new PassThrough();
  let written = '';
  output.on('data', (part: Buffer) => {
    written += part.toString('utf8');
  });
  const input = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  const failures = await judgeStream(judge, { input, output, signal: new AbortController().signal });
  const lines = written.split('\n');
  expect(lines.pop()).toBe('');
  return { lines: lines.map((line): unknown => JSON.parse(line)), failures };
}

describe('judge', () => {
  it('answers each line in the order read, with exactly the fields promised', async () => {
    const { lines, failures } = await run(['{"id":"a","text":"食堂 13800138000"}\n{"id":"b","text":""}\n']);
    expect(failures).toBe(0);
    expect(lines).toMatchObject([{ id: 'a' }, { id: 'b' }]);
    const [first] = lines;
    expect(Object.keys(first as object)).toEqual(
      'id sentiment service categories findings risk queues'.split(' '),
    );
    expect(first).toMatchObject({
      service: null,
      findings: [{ category: 'leak', source: 'rule', start: 3, end: 14, text: '13800138000', version: '2' }],
      risk: { level: 'low' },
      queues: ['review', 'operations'],
    });
    expect(Object.keys((first as { categories: object }).categories)).toEqual(
      'self-harm violence emergency fraud phishing-link harassment unverified-claim leak tamper advert spam'.split(
        ' ',
      ),
    );
  });

  it('echoes the id as given and leaves out one that is absent', async () => {
    const { lines } = await run(['{"id":7,"text":"a"}\n{"id":null,"text":"a"}\n{"text":"a"}\n']);
    expect(lines.map((line) => (line as { id?: unknown }).id)).toEqual([7, null, undefined]);
    expect(Object.keys(lines[2] as object)).not.toContain('id');
  });

  it('goes on after a line that cannot be judged', async () => {
    const bad = [
      'not json',
      '[1]',
      '{"id":"1"}',
      '{"id":"2","text":5}',
      '{"id":"3","text":"a","kind":"novel"}',
      '{"id":"4","text":"a","metrics":{"likes":-1}}',
      JSON.stringify({ id: '5', text: 'x'.repeat(2_000_001) }),
    ];
    const { lines, failures } = await run([
      `${bad.join('\n')}\n`,
      Buffer.from([0xc4, 0xe3, 0x0a]),
      '{"text":"好"}',
    ]);
    expect(failures).toBe(8);
    expect(lines.map((line) => (line as { error?: { code: string } }).error?.code)).toEqual([
      'invalid-json',
      'invalid-json',
      'missing-text',
      'invalid-input',
      'invalid-input',
      'invalid-input',
      'too-large',
      'invalid-encoding',
      undefined,
    ]);
    expect(lines[4]).toMatchObject({
      id: '3',
      error: { message: expect.stringContaining('line 5: "kind"') },
    });
  });

  it('takes CRLF, a byte order mark, blank lines, a last line without end, and lone surrogates', async () => {
    const { lines, failures } = await run([
      '\ufeff{"id":1,"text":"a"}\r\n\r\n\n  \n{"id":2,"text":"\\ud800 13800138000"}',
    ]);
    expect(failures).toBe(0);
    expect(lines).toMatchObject([{ id: 1 }, { id: 2, findings: [{ start: 2, end: 13 }] }]);
  });

  it('puts characters together that a chunk has split', async () => {
    const bytes = Buffer.from('{"id":"沧澜","text":"😀食堂"}\n');
    const { lines } = await run([...bytes].map((byte) => Buffer.from([byte])));
    expect(lines).toMatchObject([{ id: '沧澜' }]);
  });

  it('holds no more than a block while the reader is slow', async () => {
    const line = `${JSON.stringify({ id: 'x', text: '今天去图书馆' })}\n`;
    let read = 0;
    const input = new Readable({
      highWaterMark: 1,
      read() {
        read += 1;
        this.push(read <= 1000 ? line.repeat(100) : null);
      },
    });
    const stuck = new Writable({ highWaterMark: 1, write: () => undefined });
    const stop = new AbortController();
    const done = judgeStream(judge, { input, output: stuck, signal: stop.signal });
    for (let turn = 0; turn < 200; turn += 1) await setImmediate();
    expect(read).toBeLessThan(20);
    stop.abort();
    await done;
  });
});

describe('several blocks at once', () => {
  it('are written in the order read, whichever is judged first, and never more than are wanted', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const slow = {
      blocksAtOnce: 3,
      judgeBlock: async (block: LineBlock) => {
        await new Promise<void>((settle) => waiting.push(settle));
        return judgeBlock(inPlace, block);
      },
    };
    const output = new PassThrough();
    const chunks = Array.from({ length: 20 }, (_, id) =>
      Buffer.from(`${JSON.stringify({ id, text: 'a' })}\n`),
    );
    const { signal } = new AbortController();
    let over = false;
    const done = judgeStream(slow, { input: Readable.from(chunks), output, signal }).finally(() => {
      over = true;
    });
    while (!over) {
      await setImmediate();
      most = Math.max(most, waiting.length);
      // The latest first.
      waiting.pop()?.();
    }
    expect(await done).toBe(0);
    output.end();
    const written = (await output.toArray()).join('').trim().split('\n');
    expect(written.map((line) => JSON.parse(line).id)).toEqual(chunks.map((_, id) => id));
    expect(most).toBe(3);
  });

  it('one that fails ends the run with its reason', async () => {
    const broken = { blocksAtOnce: 3, judgeBlock: async () => Promise.reject(new Error('no rules')) };
    const input = Readable.from([Buffer.from('{"text":"a"}\n'.repeat(3))]);
    const streams = { input, output: new PassThrough(), signal: new AbortController().signal };
    await expect(judgeStream(broken, streams)).rejects.toThrow('no rules');
  });
});

describe('LineSplitter', () => {
  it('never keeps more than the longest line, and says so', () => {
    const splitter = new LineSplitter(4);
    const lines = [
      ...splitter.push(Buffer.from('abcd\nabc')),
      ...splitter.push(Buffer.from('de')),
      ...splitter.push(Buffer.from('f\nxy')),
      ...splitter.flush(),
    ];
    expect(lines.map((line) => ('bytes' in line ? line.bytes.toString() : 'too long'))).toEqual([
      'abcd',
      'too long',
      'xy',
    ]);
  });
});

describe('the command as a process', { timeout: 60_000 }, () => {
  const program = `import { buildJudgeCommand } from ${JSON.stringify(join(import.meta.dirname, 'judge.ts'))};
    await buildJudgeCommand(async () => ({ rules: [], settingsVersion: 0 }), 2).parseAsync(['node', 'judge']);`;
  const start = (): ChildProcess =>
    spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      cwd: join(import.meta.dirname, '../..'),
    });

  it('exits 1 with one line on stderr when a line failed', async () => {
    const child = start();
    let complaint = '';
    child.stderr?.on('data', (part: Buffer) => {
      complaint += part.toString();
    });
    child.stdout?.resume();
    child.stdin?.end('{"text":"a"}\nnope\n');
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(complaint).toBe('guanlan judge: 1 line(s) could not be judged; see their "error"\n');
  });

  it('stops cleanly on Ctrl-C, in the middle of a stream', async () => {
    const child = start();
    child.stdin?.write('{"id":1,"text":"a"}\n');
    const [first] = (await once(child.stdout as Readable, 'data')) as [Buffer];
    expect(JSON.parse(first.toString())).toMatchObject({ id: 1 });
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
  });

  it('is quiet when the reader goes away', async () => {
    const child = start();
    let complaint = '';
    child.stderr?.on('data', (part: Buffer) => {
      complaint += part.toString();
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.write('{"id":1,"text":"a"}\n');
    await once(child.stdout as Readable, 'data');
    child.stdout?.destroy();
    child.stdin?.end('{"id":1,"text":"a"}\n'.repeat(5000));
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect(complaint).toBe('');
  });
});
