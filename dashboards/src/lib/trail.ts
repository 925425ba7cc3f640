import type { FindingView } from '../../../review-api/contract/case-detail.ts';

type Step = NonNullable<FindingView['via']>[number];

/** What had to be undone before the rule's word was found, as the office says it. */
const stepLabels: Record<Step, string> = {
  width: '全角转半角',
  case: '大小写',
  traditional: '繁体转简体',
  invisible: '去隐形字符',
  filler: '去夹杂符号',
  digit: '数字写法',
  repeat: '去重复字',
  pinyin: '拼音',
  homophone: '同音字',
};

/** `原文「赌 博」→ 归一「赌博」→ 规则词「赌博」（去夹杂符号）`; null where the word stood there as it is, or nothing may be quoted. */
export function describeTrail({ trail, via = [] }: Pick<FindingView, 'trail' | 'via'>): string | null {
  const steps = via.map((step) => stepLabels[step]).join('、');
  if (trail === null) return steps === '' ? null : `识别方式：${steps}`;
  const { stood, normalised, word, pattern } = trail;
  const rule = word !== null ? `规则词「${word}」` : pattern !== null ? `规则式 ${pattern}` : null;
  if (rule === null || (stood === word && steps === '')) return null;
  const read = normalised === stood ? '' : ` → 归一「${normalised}」`;
  return `原文「${stood}」${read} → ${rule}${steps === '' ? '' : `（${steps}）`}`;
}
