import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildChecks } from '../../pipeline/checks/index.ts';
import { emptyAuthority } from '../../pipeline/domain/authority.ts';
import { unknownSchool } from '../../pipeline/domain/school-facts.ts';
import { type FileReader, openFileReader } from '../../pipeline/extract/file-reader.ts';
import { buildDocx, buildPdf, buildXlsx, textRow } from '../../test/builders/office-files.ts';
import { GuanlanProcess } from '../../test/harness/guanlan-process.ts';
import { checkFile } from './check-files.ts';
import { checkLines } from './check-lines.ts';

const stages = buildChecks({ authority: emptyAuthority, school: unknownSchool });
const setting = { day: '2026-11-23', genre: 'news' as const };
const wrong = '推进“一带一路”战略。';

interface Answer {
  id?: unknown;
  file?: string;
  findings?: { text: string; start: number; end: number; part?: string; category: string }[];
  unchecked?: { reason: string }[];
  error?: { code: string; message: string };
  text?: string;
}

async function lines(...chunks: (string | Buffer)[]): Promise<{ answers: Answer[]; failures: number }> {
  const output = new PassThrough();
  let written = '';
  output.on('data', (part: Buffer) => {
    written += part.toString('utf8');
  });
  const input = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  const failures = await checkLines(stages, setting, { input, output, signal: new AbortController().signal });
  const answers = written
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
  return { answers, failures };
}

describe('check --jsonl', () => {
  it('answers each line in the order read, with exactly the fields promised', async () => {
    const text = `😀${wrong}`;
    const { answers, failures } = await lines(`${JSON.stringify({ id: 'a', text })}\n{"id":7,"text":"好"}`);
    expect(failures).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual(['a', 7]);
    expect(answers[1]).toMatchObject({ id: 7, findings: [] });
    const [finding] = answers[0]?.findings ?? [];
    expect(Object.keys(finding ?? {})).toEqual(
      'category level start end text suggestion message rule version'.split(' '),
    );
    // UTF-16: the picture counts two.
    expect(text.slice(finding?.start, finding?.end)).toBe('“一带一路”战略');
  });

  it('goes on after a line that cannot be checked', async () => {
    const { answers, failures } = await lines(
      'not json\n[1]\n{"id":"1"}\n{"id":"2","text":3}\n\n{"id":"3","text":"好","day":"2026-02-30"}\n',
      Buffer.from([0xb0, 0xa1, 0x0a]),
      `{"id":"4","text":"${'好'.repeat(10)}"}`,
    );
    expect(failures).toBe(6);
    expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([
      [undefined, 'invalid-json'],
      [undefined, 'invalid-json'],
      ['1', 'missing-text'],
      ['2', 'invalid-input'],
      ['3', 'invalid-input'],
      [undefined, 'invalid-encoding'],
      ['4', undefined],
    ]);
  });

  it('judges a line for its own day and genre', async () => {
    const { answers } = await lines('{"text":"全国最佳","genre":"recruiting"}\n{"text":"全国最佳"}\n');
    expect(answers.map(({ findings }) => findings?.length)).toEqual([1, 0]);
  });
});

describe('check FILE', () => {
  let folder: string;
  let reader: FileReader;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-check-'));
    reader = openFileReader();
  });
  afterAll(async () => {
    await reader.close();
    rmSync(folder, { recursive: true });
  });

  async function check(name: string, bytes: string | Uint8Array, withText = false): Promise<Answer> {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return JSON.parse((await checkFile(file, { stages, setting, reader, withText })).output) as Answer;
  }
  const terms = (answer: Answer) => answer.findings?.filter(({ category }) => category === 'term');

  it('finds the same in every kind of file', async () => {
    const paragraph = `<w:p><w:r><w:t>${wrong}</w:t></w:r></w:p>`;
    const files: [string, string | Uint8Array][] = [
      ['稿件.txt', `\n\n${wrong}`],
      ['draft.md', `# 标题\n\n${wrong}`],
      ['page.html', `<html><body><p>${wrong}</p></body></html>`],
      ['draft.docx', buildDocx(paragraph)],
      ['draft.pdf', buildPdf([wrong])],
      ['table.xlsx', buildXlsx([{ name: '表', rows: textRow([wrong]) }])],
    ];
    for (const [name, bytes] of files) {
      const answer = await check(name, bytes, true);
      expect(terms(answer), name).toMatchObject([{ part: 'body', text: '“一带一路”战略' }]);
      const [{ start, end, text } = { start: 0, end: 0, text: '' }] = terms(answer) ?? [];
      expect(answer.text?.slice(start, end), name).toBe(text);
    }
  });

  it('keeps the offsets of a plain file', async () => {
    expect(terms(await check('b.txt', `\n\n${wrong}`))).toMatchObject([{ start: 4, end: 12 }]);
  });

  it('looks at what a file hides, and at what it is', async () => {
    const hidden = await check(
      '名单.xlsx',
      buildXlsx([
        { name: '公示', rows: textRow(['一等奖']) },
        { name: '底稿', rows: textRow(['身份证号', '11010519491231002X']), state: 'hidden' },
      ]),
    );
    expect(hidden.findings).toContainEqual(
      expect.objectContaining({ part: 'hidden', category: 'personal-data', level: 'block' }),
    );
    expect(JSON.stringify(hidden)).not.toContain('11010519491231002X');
    const lying = await check('通知.pdf', buildDocx('<w:p><w:r><w:t>通知</w:t></w:r></w:p>'));
    expect(lying.findings).toContainEqual(expect.objectContaining({ category: 'file' }));
  });

  it('says what it could not read, and what is no file', async () => {
    expect((await check('scan.pdf', buildPdf([null]))).unchecked).not.toEqual([]);
    expect((await check('broken.docx', 'PK\u0003\u0004 nothing')).unchecked).not.toEqual([]);
    const gone = await checkFile(join(folder, 'gone.txt'), { stages, setting, reader, withText: false });
    expect(gone).toEqual({ output: expect.stringContaining('no such file'), failed: true });
  });
});

it('is a command that says by its exit whether all could be checked', async () => {
  const input = `{"id":1,"text":"${wrong}"}\nbad\n`;
  const process = new GuanlanProcess(['check', '--jsonl', '--day', '2026-11-23'], {}, { input });
  const { code, stdout, stderr } = await process.ended;
  expect(code).toBe(1);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as Answer).id),
  ).toEqual([1, undefined]);
  expect(stderr).toContain('1 line(s) could not be checked');
}, 30_000);
