import { expect, test } from 'vitest';
import { readTables } from '../extract/read-tables.ts';
import { writeTableFile } from './write-table-file.ts';

const tables = [
  {
    name: '趋势',
    lines: [
      ['时间', '数量'],
      ['2026-03-01', '12'],
      ['=HYPERLINK("http://x")', '+1'],
    ],
  },
  { name: '完整性', lines: [['渠道'], ['微博']] },
];

test('as CSV, one below the other, and nothing that a spreadsheet works out', () => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(writeTableFile(tables, 'csv'));
  expect(text).toBe(
    '\ufeff趋势\r\n时间,数量\r\n2026-03-01,12\r\n"\'=HYPERLINK(""http://x"")",\'+1\r\n\r\n完整性\r\n渠道\r\n微博\r\n',
  );
});

test('as a workbook, a sheet each, every cell as text', () => {
  const read = readTables(writeTableFile(tables, 'xlsx')).tables;
  expect(read.map(({ name, rows }) => [name, rows.map(({ cells }) => cells)])).toEqual([
    ['趋势', tables[0]?.lines],
    ['完整性', [['渠道'], ['微博']]],
  ]);
});
