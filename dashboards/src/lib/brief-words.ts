import { briefKindNames } from '../../../review-api/contract/brief-names.ts';
import type { BriefLineView, BriefView } from '../../../review-api/contract/briefs.ts';
import { formatClock } from './shanghai-time.ts';

export type BriefKind = BriefLineView['kind'];
export type BriefState = BriefLineView['state'];
type Facts = BriefView['brief']['facts'];
export type BriefBlock = Facts['sections'][number]['blocks'][number];
export type BriefNumber = Facts['referred'];

export const briefKinds = Object.keys(briefKindNames) as BriefKind[];

export const briefStateLabels: Record<BriefState, string> = {
  draft: '待完善',
  submitted: '待签发',
  approved: '已签发',
  withdrawn: '已撤回',
  replaced: '已被更正',
};

export const briefEventLabels: Record<BriefView['events'][number]['kind'], string> = {
  created: '生成',
  words: '修改文字',
  submit: '提交签发',
  return: '退回',
  approve: '签发',
  withdraw: '撤回',
  replaced: '被更正',
};

/** `3月5日`, or `3月2日至3月8日`. */
export function describeDays({ fromDay, toDay }: BriefLineView['period']): string {
  const short = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
  return fromDay === toDay ? short(fromDay) : `${short(fromDay)}至${short(toDay)}`;
}

export function nameBrief({
  kind,
  period,
  number,
}: Pick<BriefLineView, 'kind' | 'period' | 'number'>): string {
  // A special one may be about a day that went on when it was made.
  const clock = kind === 'special' ? formatClock(period.until) : '00:00';
  const end = clock === '00:00' ? '' : `（至${clock}）`;
  const name = `${briefKindNames[kind]} · ${describeDays(period)}${end}`;
  return number === null ? name : `${name} ${number}`;
}

/** Of a brief's address, `…?number=overview.comments`: the number that somebody followed from paper. */
export function findAskedNumber(hash: string): string | null {
  const [, query = ''] = hash.split('?');
  return new URLSearchParams(query).get('number');
}

/** Beside a day of a chart: which of its lines were not gathered in full. Null for none. */
export function describeGapAt({ series }: Extract<BriefBlock, { kind: 'chart' }>, at: number): string | null {
  const names = series.filter(({ values }) => values[at]?.gaps !== undefined).map(({ name }) => name);
  if (names.length === 0) return null;
  return names.length === series.length ? '有采集缺口' : `有采集缺口：${names.join('、')}`;
}
