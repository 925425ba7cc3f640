import type { CheckFinding, CheckInput } from '../domain/check.ts';
import { findSecrecyMarks, type SecrecyOptions, type SecrecyRule } from '../domain/secrecy-marks.ts';
import type { CheckStage } from './check-stage.ts';
import { textPartsOf } from './text-parts.ts';
import { questionKey } from './text-stage.ts';

const name = 'secrecy-marks';
const version = '1';

const messages: Record<SecrecyRule, string> = {
  graded: '疑似国家秘密标志。涉密内容不得上网；请停止处理，把原件交给保密办公室。',
  'grade-field': '写有密级。涉密内容不得上网；请停止处理，把原件交给保密办公室。',
  'grade-line': '疑似密级标志（单独成行）。涉密内容不得上网；请停止处理，交保密办公室确认。',
  internal: '写有“内部”或“不得外传”一类标志，不能公开发布；请交保密办公室确认。',
  'not-public': '写明不公开，不能发布；请交保密办公室或制发单位确认。',
  'copy-number': '有公文份号，这类公文多为涉密公文；请交保密办公室确认。',
  'restricted-series': '发文字号属于不公开的文号系列；请交保密办公室确认。',
  'on-request': '属于依申请公开的内容，一般不主动公开；请与制发单位确认后再发布。',
};

/** What should never have come this far: storing asks the same question first (commands/assert-no-secrecy-mark.ts). */
export function buildSecrecyStage(options: SecrecyOptions = {}): CheckStage {
  const run = (input: CheckInput) => ({
    findings: textPartsOf(input).flatMap(({ part, ref, text }) =>
      findSecrecyMarks(text, options).map(
        ({ rule, start, end, stopsStorage }): CheckFinding => ({
          category: 'secrecy-mark',
          level: stopsStorage ? 'block' : 'warn',
          ...{ stage: name, rule, version },
          place: { part, ref, start, end },
          text: text.slice(start, end),
          suggestion: null,
          message: messages[rule],
          // Let through at one place, it is not let through at another.
          key: questionKey(name, rule, part, ref ?? '', text.slice(start, end)),
        }),
      ),
    ),
  });
  return { name, version, run };
}
