import type { FindingView } from '../../../review-api/contract/case-detail.ts';
import { t } from '../i18n/t.ts';

type Step = NonNullable<FindingView['via']>[number];

/** What had to be undone before the rule's word was found, as the office says it. */
const stepLabels: Record<Step, string> = {
  width: t('app.stepWidth'),
  case: t('app.stepCase'),
  traditional: t('app.stepTraditional'),
  invisible: t('app.stepInvisible'),
  filler: t('app.stepFiller'),
  digit: t('app.stepDigit'),
  repeat: t('app.stepRepeat'),
  pinyin: t('app.stepPinyin'),
  homophone: t('app.stepHomophone'),
};

/** `原文「赌 博」→ 归一「赌博」→ 规则词「赌博」（去夹杂符号）`; null where the word stood there as it is, or nothing may be quoted. */
export function describeTrail({ trail, via = [] }: Pick<FindingView, 'trail' | 'via'>): string | null {
  const steps = via.map((step) => stepLabels[step]).join(t('app.listComma'));
  if (trail === null) return steps === '' ? null : t('app.recognisedBy', { steps });
  const { stood, normalised, word, pattern } = trail;
  const rule =
    word !== null ? t('app.ruleWord', { word }) : pattern !== null ? t('app.rulePattern', { pattern }) : null;
  if (rule === null || (stood === word && steps === '')) return null;
  const read = normalised === stood ? '' : t('app.trailNormalised', { normalised });
  return t('app.trail', { stood, read, rule, how: steps === '' ? '' : t('app.inBrackets', { steps }) });
}
