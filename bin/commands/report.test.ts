import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChineseCalendar } from '../../pipeline/adapters/chinese-calendar.ts';
import { previewBrief } from '../../pipeline/commands/create-brief.ts';
import type { BriefKind } from '../../pipeline/domain/brief.ts';
import { extractText } from '../../pipeline/extract/extract-text.ts';
import { type Office, openOffice } from '../../test/harness/office.ts';
import { fileCase } from '../../test/harness/office-cases.ts';
import { openPrinter } from '../open-printer.ts';
import { buildReportCommand, type ReportContext } from './report.ts';

let office: Office;
let folder: string;
let said: string[];
/** No browser anywhere, and no font: pictures are tested beside the printer. */
const printer = openPrinter({ named: '/nowhere/chromium', path: '', sandbox: false, chartFont: '/nowhere' });
const stop = new AbortController();

beforeAll(async () => {
  office = await openOffice();
  folder = mkdtempSync(join(tmpdir(), 'guanlan-report-'));
  return async () => {
    await office.close();
    rmSync(folder, { recursive: true });
  };
});
beforeEach(() => {
  said = [];
});
afterAll(() => printer.close());

function context(): ReportContext {
  const { stores, clock } = office;
  const calendar = openChineseCalendar(stores.settings);
  const http = { publicOrigin: 'https://gl.example.edu.cn', basePath: '/gl' };
  const config = { http } as ReportContext['config'];
  return { stores, clock, calendar, config, printer, close: async () => {} };
}

async function run(...args: string[]): Promise<void> {
  const terminal = { say: (line: string) => void said.push(line), progress: null };
  const watch = () => ({ signal: stop.signal, exitCode: () => null, release: () => {} });
  const command = buildReportCommand(async () => context(), terminal, watch).exitOverride();
  command.configureOutput({ writeErr: () => {} });
  await command.parseAsync(['node', 'report', ...args]);
}

const at = (name: string) => join(folder, name);
const left = () => readdirSync(folder).filter((name) => name.endsWith('.part'));

/** Written by one person, approved by another. */
async function approve(kind: BriefKind): Promise<{ number: string; hash: string; id: string }> {
  const { stores, clock } = office;
  const made = await previewBrief({ kind, days: null, subject: null }, context());
  const id = clock.newId();
  await stores.briefs.create(
    { commandId: id, ...made, scheduleKey: null, replaces: null },
    { actorId: 'u-1', onBehalfOf: null },
    clock.now(),
  );
  const move = (version: number, kindOf: 'submit' | 'approve', actorId: string) =>
    stores.briefs.move(
      { commandId: clock.newId(), briefId: id, version, move: kindOf, reason: null },
      { actorId, onBehalfOf: null },
      { at: clock.now(), mayApprove: true },
    );
  await move(1, 'submit', 'u-1');
  const { brief } = await move(2, 'approve', 'u-2');
  return { number: brief.number ?? '', hash: brief.hash ?? '', id };
}

describe('guanlan report', () => {
  it('counts what was noted, writes Word and one page, and says that nobody has approved them', async () => {
    await fileCase(office, { kind: 'comment', publishedAt: office.clock.now() });
    office.clock.advance(86_400_000);
    await run('daily', '--day', '2026-11-20', '--out', at('a.docx'));
    const { text, unread } = await extractText(readFileSync(at('a.docx')));
    expect(unread).toEqual([]);
    for (const part of ['网络舆情日报', '一、数字概览', '未经审定', '附录　数字出处'])
      expect(text).toContain(part);
    await run('daily', '--day', '2026-11-20', '--out', at('a.html'));
    expect(readFileSync(at('a.html'), 'utf8')).toContain('class="stamp">未经审定');
    expect(said.join('\n')).toContain('marked 未经审定');
    expect(left()).toEqual([]);
  });

  it.each(['morning', 'weekly', 'monthly'])('writes an empty %s without an empty table', async (kind) => {
    await run(kind, '--day', '2026-03-03', '--out', at(`${kind}.html`));
    const html = readFileSync(at(`${kind}.html`), 'utf8');
    expect(html).not.toMatch(/<tbody>\s*<\/tbody>/);
  });

  it('writes the archived issue of the period with its hash; with --draft counts anew', async () => {
    const { number, hash, id } = await approve('daily');
    await run('daily', '--out', at('issue.html'));
    const html = readFileSync(at('issue.html'), 'utf8');
    for (const part of [number, hash, `https://gl.example.edu.cn/gl/#/briefs/${id}?number=`])
      expect(html).toContain(part);
    expect(html).not.toContain('class="stamp"');
    await run('daily', '--draft', '--out', at('anew.html'));
    expect(readFileSync(at('anew.html'), 'utf8')).toContain('class="stamp">未经审定');
  });

  it('writes the ledger of the period as XLSX', async () => {
    await run('weekly', '--day', '2026-03-03', '--out', at('ledger.xlsx'));
    const { text } = await extractText(readFileSync(at('ledger.xlsx')));
    expect(text).toContain('本期无线索。');
    expect(text).toContain('2026-03-02 至 2026-03-08');
  });

  it('writes over nothing unless told', async () => {
    writeFileSync(at('kept.html'), 'kept');
    await expect(run('daily', '--out', at('kept.html'))).rejects.toMatchObject({
      ...{ field: 'out', message: expect.stringContaining('--force') },
    });
    expect(readFileSync(at('kept.html'), 'utf8')).toBe('kept');
    await run('daily', '--force', '--out', at('kept.html'));
    expect(readFileSync(at('kept.html'), 'utf8')).toContain('网络舆情日报');
    expect(left()).toEqual([]);
  });

  it('says what to do where there is no browser for a PDF, and leaves no file', async () => {
    await expect(run('daily', '--out', at('a.pdf'))).rejects.toThrow(/chromium/i);
    expect(existsSync(at('a.pdf'))).toBe(false);
  });

  it.each([
    [['daily', '--out', 'a.txt'], 'out'],
    [['daily', '--out', '/no/such/folder/a.html'], 'out'],
    [['daily', '--out', 'a.html', '--topic', 't'], 'topic'],
    [['special', '--out', 'a.html'], 'topic'],
    [['special', '--out', 'a.html', '--topic', 't', '--case', 'c'], 'topic'],
    [['daily', '--out', 'a.html', '--day', '2027-01-01'], 'day'],
  ])('refuses %j by its field', async (args, field) => {
    await expect(run(...args)).rejects.toMatchObject({ field });
  });

  it('refuses a kind that is none, and a day that is none', async () => {
    await expect(run('yearly', '--out', at('y.html'))).rejects.toThrow(/Allowed choices/);
    for (const day of ['20261101', '2026-02-30', '2025-02-29']) {
      await expect(run('daily', '--day', day, '--out', at('y.html'))).rejects.toThrow(/--day.*2026-11-23/s);
      await expect(run('special', '--from', day, '--topic', 't', '--out', at('y.html'))).rejects.toThrow(
        /--from.*2026-11-23/s,
      );
    }
    expect(existsSync(at('y.html'))).toBe(false);
  });

  it('notes that a file left', async () => {
    const { audit } = office.stores;
    await audit.linkPending(1, 1000);
    const chains = await Promise.all(
      (await audit.listChains()).map((chain) => audit.readChain(chain, 0, 1000)),
    );
    const actions = chains
      .flat()
      .map(({ entry }) => (entry === null || entry === 'unreadable' ? '' : entry.action));
    expect(actions).toContain('brief.exported');
    expect(actions).toContain('ledger.exported');
  });
});
