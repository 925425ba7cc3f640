import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const here = new URL('./parse.ts', import.meta.url).href;
const program = `const { buildParseCommand } = await import(${JSON.stringify(here)}); await buildParseCommand().parseAsync(process.argv.slice(1), { from: 'user' });`;
const tsx = import.meta.resolve('tsx');
let folder: string;

/** GBK bytes of 「通知」 and 「沧澜」. */
const notice = [0xcd, 0xa8, 0xd6, 0xaa];
const school = [0xb2, 0xd7, 0xc0, 0xbd];
const ascii = (text: string) => [...Buffer.from(text, 'latin1')];
const article = (title: string) =>
  `<title>${title}-沧澜师范学院</title><form name="_newscontent_fromname"><h1>${title}</h1><p>时间：2026-03-12</p><div id="vsb_content"><p>全文如下。</p></div></form>`;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'guanlan-parse-'));
  mkdirSync(path.join(folder, 'info/1021'), { recursive: true });
  writeFileSync(path.join(folder, 'info/1021/5.htm'), article('关于放假的通知'));
  writeFileSync(path.join(folder, 'packed.html.gz'), gzipSync(article('压缩的一页')));
  const mblog = { id: '5270000000000001', text: '好', created_at: '03-05', user: { id: 1234567890 } };
  const weibo = { ok: 1, data: { cards: [{ card_type: 9, mblog }], cardlistInfo: { page: 2 } } };
  writeFileSync(path.join(folder, 'weibo.json'), JSON.stringify(weibo));
  const feed =
    '<rss version="2.0"><channel><title>t</title><item><title>通知</title><link>https://a.example/1</link></item></channel></rss>';
  writeFileSync(path.join(folder, 'feed.xml'), feed);
  const gbk = [
    ...ascii('<meta charset="gb2312"><title>'),
    ...school,
    ...ascii('</title><form name="_newscontent_fromname"><h1>'),
    ...notice,
    ...school,
  ];
  writeFileSync(
    path.join(folder, 'gbk.htm'),
    Uint8Array.from([
      ...gbk,
      ...ascii('</h1>2026-03-12<div id="vsb_content"><p>'),
      ...school,
      ...ascii('</p></div></form>'),
    ]),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(
  args: string[],
  closeEarly = false,
): Promise<{ code: number | null; lines: Record<string, unknown>[]; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--import', tsx, '--input-type=module', '-e', program, '--', ...args],
      { cwd: folder },
    );
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
      if (closeEarly) child.stdout.destroy();
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.on('close', (code) => {
      const lines = closeEarly
        ? []
        : stdout
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line));
      resolve({ code, lines, stderr });
    });
  });
}

describe('guanlan parse', { timeout: 60_000 }, () => {
  it('prints a line a file in order, unpacks, decodes, and names what it cannot read', async () => {
    const files = ['info/1021/5.htm', 'missing.htm', 'packed.html.gz', 'gbk.htm', 'info'];
    const { code, lines, stderr } = await run(['--source', 'site', ...files]);
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(lines.map((line) => line.file)).toEqual(files);
    expect(lines[0]).toMatchObject({
      state: 'ok',
      next: null,
      items: [
        {
          kind: 'article',
          title: '关于放假的通知',
          text: '全文如下。',
          publishedAt: '2026-03-11T16:00:00.000Z',
          url: '',
        },
      ],
    });
    expect(lines[1]).toEqual({ file: 'missing.htm', error: { code: 'ENOENT', message: 'no such file' } });
    expect(lines[2]).toMatchObject({ items: [{ title: '压缩的一页' }] });
    expect(lines[3]).toMatchObject({ items: [{ title: '通知沧澜', text: '沧澜' }] });
    expect(lines[4]).toMatchObject({ error: { code: 'EISDIR' } });
  });

  it('joins the path of each file to the root of a site', async () => {
    const { code, lines } = await run([
      '--source',
      'site',
      '--base',
      'https://www.canglan.example',
      './info/1021/5.htm',
    ]);
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({
      items: [{ id: 'vsb:www.canglan.example:5', url: 'https://www.canglan.example/info/1021/5.htm' }],
    });
  });

  it('reads each source, against the time of fetching', async () => {
    const at = ['--fetched-at', '2026-03-05T12:00:00+08:00'];
    const { code, lines } = await run(['--source', 'weibo', ...at, 'weibo.json', 'gbk.htm']);
    expect(code).toBe(0);
    expect(lines).toMatchObject([
      {
        state: 'ok',
        next: '2',
        items: [{ id: '5270000000000001', publishedAt: '2026-03-04T16:00:00.000Z' }],
      },
      { state: 'unknown-page', items: [] },
    ]);
    const others = await run(['--source', 'weibo', '--own', '6012345678', 'weibo.json']);
    expect(others.lines).toMatchObject([{ items: [] }]);
    const feed = await run(['--source', 'feed', 'feed.xml']);
    expect(feed.lines).toMatchObject([{ state: 'ok', items: [{ title: '通知' }] }]);
    const wechat = await run(['--source', 'wechat', 'weibo.json']);
    expect(wechat.lines).toMatchObject([{ state: 'unknown-page' }]);
  });

  it('says in one line what it does not do', async () => {
    const refusals: [string[], RegExp][] = [
      [['--source', 'manual', 'gbk.htm'], /site, weibo, wechat, feed/],
      [['--source', 'weibo', '--fetched-at', 'today', 'gbk.htm'], /date and time/],
      [['--source', 'weibo', '--fetched-at', '2026-02-30', 'gbk.htm'], /date and time/],
      [['--source', 'site', '--url', 'nowhere', 'gbk.htm'], /full address/],
      [
        ['--source', 'site', '--url', 'https://a.example/', '--base', 'https://a.example/', 'gbk.htm'],
        /not both/,
      ],
      [['--source', 'site'], /missing required argument/],
    ];
    await Promise.all(
      refusals.map(async ([args, words]) => {
        const { code, lines, stderr } = await run(args);
        expect(code).toBe(1);
        expect(lines).toEqual([]);
        expect(stderr.trim().split('\n')).toHaveLength(1);
        expect(stderr).toMatch(words);
      }),
    );
  });

  it('stops quietly when nobody reads on', async () => {
    const { stderr } = await run(['--source', 'site', ...Array.from({ length: 400 }, () => 'gbk.htm')], true);
    expect(stderr).toBe('');
  });
});
