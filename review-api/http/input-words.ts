import type { z } from 'zod';

const kindWords: Record<string, string> = {
  string: '应为文字',
  number: '应为数字',
  int: '应为整数',
  boolean: '应为“是”或“否”',
  array: '应为列表',
  object: '应为一组字段',
  record: '应为一组字段',
};

const formatWords: Record<string, string> = {
  uuid: '应为 36 位的编号',
  url: '应为网址',
  date: '应为日期，例如 2026-11-20',
  datetime: '应为时间，例如 2026-11-20T01:00:00Z',
};

const sizeUnits: Record<string, string> = { string: ' 个字', array: ' 项', set: ' 项' };

/** What is wrong with a value, in words for the person who typed it. A schema's own message goes before these. */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '没有填写' : (kindWords[issue.expected] ?? '内容不对');
    case 'too_big':
      return describeLimit(issue.origin, '最多', Number(issue.maximum));
    case 'too_small':
      if (issue.inclusive === false) return `应大于 ${issue.minimum}`;
      return describeLimit(issue.origin, '至少', Number(issue.minimum));
    case 'invalid_value':
      return issue.input === undefined ? '没有填写' : describeChoice(issue.values);
    case 'invalid_union':
      return Array.isArray(issue.options) ? describeChoice(issue.options) : '内容不对';
    case 'invalid_format':
      return formatWords[issue.format] ?? '格式不对';
    default:
      return '内容不对';
  }
};

const describeChoice = (values: readonly unknown[]): string => `只能是 ${values.map(String).join('、')} 之一`;

function describeLimit(origin: string, bound: '最多' | '至少', limit: number): string {
  const unit = sizeUnits[origin];
  if (unit !== undefined) return bound === '至少' && limit === 1 ? '不能为空' : `${bound} ${limit}${unit}`;
  // The number is only the end of what a computer counts exactly: it would tell nobody anything.
  if (Math.abs(limit) >= Number.MAX_SAFE_INTEGER) return bound === '最多' ? '数字太大' : '数字太小';
  return `${bound === '最多' ? '不能大于' : '不能小于'} ${limit}`;
}
