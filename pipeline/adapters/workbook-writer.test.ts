import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readTables } from '../extract/read-tables.ts';
import type { Sheet, SheetValue } from '../ports/workbook-writer.ts';
import { workbookWriter } from './workbook-writer.ts';

async function pack(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of workbookWriter.write(sheets)) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

const sheet = (rows: Sheet['rows']): Sheet => ({
  ...{ name: '舆情台账', isFiltered: true, rows },
  columns: [
    { title: '编号', width: 20 },
    { title: '时间', width: 17 },
    { title: '数', width: 8 },
  ],
});
const partOf = (bytes: Uint8Array, path: string) => strFromU8(unzipSync(bytes)[path] ?? new Uint8Array());
const first = (bytes: Uint8Array) => partOf(bytes, 'xl/worksheets/sheet1.xml');

describe('a workbook', () => {
  it('is read by another program: words, instants on a Shanghai clock, numbers', async () => {
    const bytes = await pack([
      sheet([
        ['转〔2026〕0042号', { at: '2026-11-22T16:30:00.000Z' }, 12],
        ['第二行', null, null],
      ]),
      { ...sheet([['甲']]), name: '说明', isFiltered: false },
    ]);
    const { tables } = readTables(bytes);
    expect(tables.map(({ name }) => name)).toEqual(['舆情台账', '说明']);
    expect(JSON.stringify(tables)).toContain('转〔2026〕0042号');
    expect(JSON.stringify(tables)).toContain('2026-11-23 00:30');
  });

  it('has a frozen head, filters over all rows, and widths', async () => {
    const xml = first(await pack([sheet([['甲'], ['乙']])]));
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<autoFilter ref="A1:C3"/>');
    expect(xml).toContain('<col min="1" max="1" width="20" customWidth="1"/>');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '\t=1', '=HYPERLINK("http://x","y")'])(
    'keeps %j as words, which stay words when somebody edits the cell',
    async (text) => {
      const xml = first(await pack([sheet([[text]])]));
      expect(xml).not.toContain('<f>');
      expect(xml).toMatch(/<c r="A2" t="inlineStr" s="2">/);
      expect(partOf(await pack([sheet([[text]])]), 'xl/styles.xml')).toContain('quotePrefix="1"');
    },
  );

  it('holds nothing that breaks the file or turns a line around', async () => {
    const text = '</t></is></c><c r="Z9"><v>1</v>\u0000\u202e\ud800&"_x0041_';
    const xml = first(await pack([sheet([[text]])]));
    expect(xml).not.toContain('r="Z9"');
    for (const sign of ['\u0000', '\u202e', '\ud800', ' _x0041_']) expect(xml).not.toContain(sign);
    expect(xml).toContain('_x005F_x0041_');
  });

  it('is written while its rows are read, never held as a whole', async () => {
    const most = 20_000;
    let read = 0;
    async function* rows(): AsyncGenerator<SheetValue[]> {
      for (; read < most; read += 1) yield [`转办单 ${read} ${Math.sin(read)}`, null, read];
    }
    let early = 0;
    let size = 0;
    for await (const part of workbookWriter.write([sheet(rows())])) {
      size += part.length;
      if (read < most / 2) early += part.length;
    }
    expect(early).toBeGreaterThan(size / 4);
  });
});
