import { itemKindNames, levelNames } from '../../pipeline/domain/case-names.ts';
import { purposeNames } from '../../pipeline/domain/category.ts';
import type { GapCause } from '../../pipeline/domain/completeness.ts';
import type { Tone } from '../../pipeline/domain/item-fact.ts';
import { noneValue, type TrendDimension } from '../../pipeline/domain/trend.ts';

/** As they stand in files. */
const tones: Record<Tone, string> = {
  negative: '偏负面',
  neutral: '中性',
  positive: '偏正面',
  unjudged: '未研判',
};
const codes: Readonly<Record<string, string>> = {
  ...purposeNames,
  ...tones,
  ...levelNames,
  ...itemKindNames,
};

const dimensions: Record<TrendDimension, string> = {
  channel: '渠道',
  unit: '单位',
  topic: '领域',
  category: '类别',
  level: '等级',
  tone: '语气',
  'service-kind': '诉求类型',
  kind: '信息类型',
};

export const dimensionWord = (dimension: TrendDimension): string => dimensions[dimension];

/** `none` said as the dimension has it. */
export function valueWord(value: string, name: string | null): string {
  return value === noneValue ? '（无）' : (name ?? codes[value] ?? value);
}

const causes: Record<GapCause, string> = {
  'no-run': '没有采集',
  failed: '采集失败',
  refused: '来源拒绝访问',
  credential: '登录凭据失效',
  'page-changed': '页面改版',
  'not-read-back': '没有读到上次的位置',
  'comments-gate': '评论采集未获准',
  'fewer-than-usual': '数量明显偏少',
};
export const causeWord = (cause: GapCause): string => causes[cause];

const reasons = {
  'not-observed': '有渠道当时还没有接入或已停止采集',
  gap: '采集有缺口',
  unfinished: '时间还没有结束，或还没有核对完',
  'too-few': '数量太少',
};
export const reasonWord = (reason: keyof typeof reasons): string => reasons[reason];

export const directionWords = { more: '上升', fewer: '下降', unclear: '无明显变化' } as const;
