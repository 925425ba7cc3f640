import type { ChainList, DutyShift } from '../../../review-api/contract/roster.ts';
import type {
  SetupImport,
  SetupProblem,
  SetupSection,
  SetupSheetName,
} from '../../../review-api/contract/setup.ts';
import { t } from '../i18n/t.ts';

type Chain = ChainList['items'][number];

export const sheetLabels: Record<SetupSheetName, string> = {
  units: t('app.unit'),
  people: t('app.people'),
  roster: t('setup.roster'),
  chains: t('setup.chains'),
};

export const dutyLabels: Record<DutyShift['duty'], string> = {
  publicity: t('setup.dutyPublicity'),
  safety: t('setup.dutySafety'),
  operations: t('setup.dutyOperations'),
};

export const modeLabels: Record<Chain['mode'], string> = {
  merged: t('setup.modeMerged'),
  full: t('setup.modeFull'),
};

export const stepLabels: Record<Chain['steps'][number]['step'], string> = {
  first: t('setup.stepFirst'),
  second: t('setup.stepSecond'),
  final: t('setup.stepFinal'),
  'first-review': t('setup.stepFirstReview'),
  'second-review': t('setup.stepSecondReview'),
  'final-review': t('setup.stepFinalReview'),
  'first-proof': t('setup.stepFirstProof'),
  'second-proof': t('setup.stepSecondProof'),
  'third-proof': t('setup.stepThirdProof'),
};

/** `人员 第 3 行 “角色”` */
export function placeOf({ sheet, row, column }: SetupProblem): string {
  const parts = [
    sheet,
    row === null ? '' : t('setup.rowPlace', { row }),
    column === null ? '' : `“${column}”`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** What becomes of those that the file lets go: only people leave. */
export const removedLabels: Record<SetupSheetName, string> = {
  units: t('setup.removed'),
  people: t('setup.leaving'),
  roster: t('setup.removed'),
  chains: t('setup.removed'),
};

export function summarise({ sheet, added, changed, removed, unchanged, wrongRows }: SetupSection): string {
  const parts = [
    [added.length, t('setup.added')],
    [changed.length, t('app.change')],
    [removed.length, removedLabels[sheet]],
    [unchanged, t('setup.unchanged')],
  ] as const;
  const said = parts.flatMap(([count, label]) => (count === 0 ? [] : [`${label} ${count}`]));
  if (wrongRows > 0) said.push(t('setup.wrongRows', { n: wrongRows }));
  return said.join(t('app.comma')) || t('setup.nothing');
}

export function describeCounts({ counts }: SetupImport): string {
  const parts = (Object.keys(sheetLabels) as SetupSheetName[]).flatMap((sheet) => {
    const count = counts[sheet];
    if (count === null) return [];
    return [
      t('setup.sheetCounts', {
        sheet: sheetLabels[sheet],
        added: count.added,
        changed: count.changed,
        goneLabel: removedLabels[sheet],
        gone: count.removed,
      }),
    ];
  });
  return parts.join(t('app.semicolon'));
}

/** Opened by spreadsheet programs: a cell that begins like a formula is made text. */
export function buildPasswordFile({ firstPasswords }: SetupImport): string {
  const cell = (text: string) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rows = [
    [t('app.account'), t('app.personName'), t('setup.firstPassword')],
    ...firstPasswords.map(({ login, name, password }) => [login, name, password]),
  ];
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

const weekdays = [
  t('setup.sunday'),
  t('setup.monday'),
  t('setup.tuesday'),
  t('setup.wednesday'),
  t('setup.thursday'),
  t('setup.friday'),
  t('setup.saturday'),
];

/** `11月23日 周一` */
export function formatDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return t('setup.dayLine', {
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: weekdays[date.getUTCDay()],
  });
}

export function formatShift({
  from,
  to,
  endsNextDay,
}: Pick<DutyShift, 'from' | 'to' | 'endsNextDay'>): string {
  return `${from}–${endsNextDay ? t('setup.nextDay') : ''}${to}`;
}
