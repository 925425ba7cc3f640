import type { ChainList, DutyShift } from '../../../review-api/contract/roster.ts';
import type {
  SetupImport,
  SetupProblem,
  SetupSection,
  SetupSheetName,
} from '../../../review-api/contract/setup.ts';

type Chain = ChainList['items'][number];

export const sheetLabels: Record<SetupSheetName, string> = {
  units: '单位',
  people: '人员',
  roster: '值班表',
  chains: '审校链',
};

export const dutyLabels: Record<DutyShift['duty'], string> = {
  publicity: '宣传',
  safety: '安全',
  operations: '技术',
};

export const modeLabels: Record<Chain['mode'], string> = { merged: '三审三校合并', full: '六步' };

export const stepLabels: Record<Chain['steps'][number]['step'], string> = {
  first: '初审一校',
  second: '复审二校',
  final: '终审三校',
  'first-review': '初审',
  'second-review': '复审',
  'final-review': '终审',
  'first-proof': '一校',
  'second-proof': '二校',
  'third-proof': '三校',
};

/** `人员 第 3 行 “角色”` */
export function placeOf({ sheet, row, column }: SetupProblem): string {
  const parts = [sheet, row === null ? '' : `第 ${row} 行`, column === null ? '' : `“${column}”`];
  return parts.filter((part) => part !== '').join(' ');
}

/** What becomes of those that the file lets go: only people leave. */
export const removedLabels: Record<SetupSheetName, string> = {
  units: '移除',
  people: '离岗',
  roster: '移除',
  chains: '移除',
};

export function summarise({ sheet, added, changed, removed, unchanged, wrongRows }: SetupSection): string {
  const parts = [
    [added.length, '新增'],
    [changed.length, '修改'],
    [removed.length, removedLabels[sheet]],
    [unchanged, '不变'],
  ] as const;
  const said = parts.flatMap(([count, label]) => (count === 0 ? [] : [`${label} ${count}`]));
  if (wrongRows > 0) said.push(`${wrongRows} 行有误`);
  return said.join('，') || '没有内容';
}

export function describeCounts({ counts }: SetupImport): string {
  const parts = (Object.keys(sheetLabels) as SetupSheetName[]).flatMap((sheet) => {
    const count = counts[sheet];
    if (count === null) return [];
    return [
      `${sheetLabels[sheet]}：新增 ${count.added}，修改 ${count.changed}，${removedLabels[sheet]} ${count.removed}`,
    ];
  });
  return parts.join('；');
}

/** Opened by spreadsheet programs: a cell that begins like a formula is made text. */
export function buildPasswordFile({ firstPasswords }: SetupImport): string {
  const cell = (text: string) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rows = [
    ['账号', '姓名', '初始密码'],
    ...firstPasswords.map(({ login, name, password }) => [login, name, password]),
  ];
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

const weekdays = ['日', '一', '二', '三', '四', '五', '六'];

/** `11月23日 周一` */
export function formatDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日 周${weekdays[date.getUTCDay()]}`;
}

export function formatShift({
  from,
  to,
  endsNextDay,
}: Pick<DutyShift, 'from' | 'to' | 'endsNextDay'>): string {
  return `${from}–${endsNextDay ? '次日 ' : ''}${to}`;
}
