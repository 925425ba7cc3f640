import { expect, test } from 'vitest';
import { writeCsv } from './write-csv.ts';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠SUM', '\t=1', '\r=1', '\n=1'])(
  '%j is no formula for whoever opens the file',
  (cell) => {
    const [, written = ''] = /^\ufeff甲,"?([\s\S]*)\r\n$/.exec(writeCsv([['甲', cell]])) ?? [];
    expect(written.startsWith(`'${cell}`)).toBe(true);
  },
);

test('what only holds such a sign is written as it is, quoted where it must be', () => {
  const row = ['3-5 天', 'a,b', '他说"好"', undefined];
  expect(writeCsv([row])).toBe('\ufeff3-5 天,"a,b","他说""好""",\r\n');
});
