import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { buildZip } from '../../test/builders/office-files.ts';
import { encodeGbk } from '../../test/campus/gbk.ts';
import { readTables } from './read-tables.ts';
import { writeWorkbook } from './write-workbook.ts';

const cellsOf = (bytes: Uint8Array) => readTables(bytes).tables[0]?.rows.map(({ cells }) => cells);

describe('a workbook', () => {
  it('is read as it was written: text with its zeros', () => {
    const rows = [
      ['工号', '姓名'],
      ['001234', '张伟'],
    ];
    const bytes = writeWorkbook([
      { name: '人员', widths: [12, 12], rows, emptyRows: 3 },
      { name: '说明', widths: [80], rows: [['一']], emptyRows: 0 },
    ]);
    expect(readTables(bytes)).toEqual({
      unread: null,
      tables: [
        {
          ...{ name: '人员', isHidden: false, hiddenColumns: [], isCutOff: false },
          rows: rows.map((cells, index) => ({ number: index + 1, isHidden: false, cells })),
        },
        expect.objectContaining({ name: '说明' }),
      ],
    });
  });

  it('shows numbers as typed, dates as days, times as a clock, formulas as their values', () => {
    const sheet = utils.aoa_to_sheet([['x']]);
    sheet.A1 = { t: 'n', v: 330102199901011, z: 'General' };
    sheet.B1 = { t: 'n', v: 42, z: '000000' };
    sheet.C1 = { t: 'n', v: 46296, z: 'yyyy/m/d' };
    sheet.D1 = { t: 'n', v: 0.75, z: 'h:mm' };
    sheet.E1 = { t: 'n', v: 46296.5, z: 'yyyy-mm-dd hh:mm' };
    sheet.F1 = { t: 's', v: '结果', f: 'A1&"x"' };
    sheet.G1 = { t: 'e', v: 42, w: '#N/A' };
    sheet.H1 = { t: 'b', v: true };
    sheet['!ref'] = 'A1:H1';
    for (const bookType of ['xlsx', 'biff8'] as const) {
      const bytes = write({ SheetNames: ['S'], Sheets: { S: sheet } }, { type: 'array', bookType });
      expect(cellsOf(new Uint8Array(bytes))).toEqual([
        ['330102199901011', '000042', '2026-10-01', '18:00', '2026-10-01 12:00', '结果', '#N/A', 'true'],
      ]);
    }
  });

  it('tells hidden sheets, rows and columns, and fills what is merged downwards', () => {
    const sheet = utils.aoa_to_sheet([['值班表', ''], [], ['后勤处', '甲'], ['', '乙']]);
    sheet['!merges'] = [utils.decode_range('A1:B1'), utils.decode_range('A3:A4')];
    sheet['!rows'] = [{}, {}, {}, { hidden: true }];
    sheet['!cols'] = [{}, { hidden: true }];
    const workbook = {
      SheetNames: ['人员'],
      Sheets: { 人员: sheet },
      Workbook: { Sheets: [{ Hidden: 1 as const }] },
    };
    const bytes = new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx', cellStyles: true }));
    const [table] = readTables(bytes).tables;
    expect(table).toMatchObject({ name: '人员', isHidden: true, hiddenColumns: [1] });
    expect(table?.rows).toMatchObject([
      { number: 1, isHidden: false },
      { number: 3, isHidden: false, cells: ['后勤处', '甲'] },
      { number: 4, isHidden: true, cells: ['后勤处', '乙'] },
    ]);
  });

  it('is cut off after five thousand rows, and says so', () => {
    const rows = Array.from({ length: 5100 }, (_, index) => [String(index)]);
    const [table] = readTables(writeWorkbook([{ name: 'S', widths: [9], rows, emptyRows: 0 }])).tables;
    expect([table?.rows.length, table?.isCutOff]).toEqual([5000, true]);
  });
});

describe('a CSV', () => {
  const text = '工号,姓名,到岗\r\n001234,"张,伟",2026/3/5\r\n';
  const cells = [
    ['工号', '姓名', '到岗'],
    ['001234', '张,伟', '2026/3/5'],
  ];
  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-8', Buffer.from(text)],
    ['GBK', encodeGbk(text)],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['tabs', Buffer.from(text.replaceAll(',', '\t').replace('张\t伟', '张,伟'))],
  ])('in %s stays text', (_, bytes) => {
    expect(cellsOf(new Uint8Array(bytes))).toEqual(cells);
  });
});

describe('what is no workbook', () => {
  const bomb = buildZip({
    '[Content_Types].xml': '<Types/>',
    'xl/worksheets/sheet1.xml': new Uint8Array(80 * 1_048_576),
  });
  it.each([
    ['an archive that unpacks to too much', bomb, 'too-large'],
    ['a picture', new Uint8Array(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')), 'unsupported'],
    ['half an archive', bomb.slice(0, 200), 'damaged'],
    ['a PDF', new Uint8Array(Buffer.from('%PDF-1.4')), 'unsupported'],
  ])('says why: %s', (_, bytes, unread) => {
    expect(readTables(bytes)).toEqual({ tables: [], unread });
  });
});
