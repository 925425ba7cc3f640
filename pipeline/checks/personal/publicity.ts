import type { CheckFinding, CheckInput, CheckLevel, CheckPlace } from '../../domain/check.ts';
import type { CheckStage } from '../check-stage.ts';
import { textPartsOf } from '../text-parts.ts';
import { questionKey } from '../text-stage.ts';
import { findNeedlessHeads } from './personal-columns.ts';

const name = 'publicity';
const version = '1';

interface Said {
  level: CheckLevel;
  rule: string;
  place: CheckPlace;
  message: string;
  text?: string;
}

const form = (ref: string): CheckPlace => ({ part: 'form', ref, start: 0, end: 0 });

function find({ level, rule, place, message, text = '' }: Said): CheckFinding {
  return {
    category: 'personal-data',
    level,
    ...{ stage: name, rule, version, place, text, message },
    suggestion: null,
    key: questionKey(name, rule),
  };
}

function checkTerm({ genre, day, declarations }: CheckInput): Said[] {
  const { publicity } = declarations;
  const place = form('declarations.publicity');
  if (publicity === null) {
    if (genre !== 'publicity') return [];
    const message = '公示要填写起止日期，到期由系统提醒撤下。';
    return [{ level: 'block', rule: 'no-term', place, message }];
  }
  const { from, until } = publicity;
  if (until < from)
    return [
      { level: 'block', rule: 'term-reversed', place, message: `公示结束日 ${until} 早于开始日 ${from}。` },
    ];
  if (until < day)
    return [
      { level: 'block', rule: 'term-over', place, message: `公示结束日 ${until} 早于计划发布日 ${day}。` },
    ];
  return [];
}

function checkBasis({ declarations: { personalData } }: CheckInput): Said[] {
  if (!personalData.contains || (personalData.basis ?? '').trim() !== '') return [];
  const message = '声明了含个人信息，但没有写公布的依据（规定名称或本人同意）。';
  return [{ level: 'block', rule: 'no-basis', place: form('declarations.personalData.basis'), message }];
}

/** A list of names in a 公示 is personal data, whether or not anything in it is masked. */
const nameColumn = /(?:^|[\n\t])(?:学生)?姓\s*名(?=\t)/u;

function checkDeclared(input: CheckInput): Said[] {
  const { genre, declarations } = input;
  if (genre !== 'publicity' || declarations.personalData.contains) return [];
  if (!textPartsOf(input).some(({ text }) => nameColumn.test(text))) return [];
  const message = '公示含人员名单，请在“个人信息”一栏声明，并填写公布依据。';
  return [{ level: 'warn', rule: 'undeclared', place: form('declarations.personalData.contains'), message }];
}

const ofAid = /资助|助学|奖学金|困难|补助|贫困|减免|勤工/u;

function checkColumns(input: CheckInput): Said[] {
  if (input.genre !== 'publicity' || !ofAid.test(input.title + input.body)) return [];
  return textPartsOf(input).flatMap(({ part, ref, text }) =>
    findNeedlessHeads(text).map(({ start, end, words }): Said => {
      const message = `学生资助、评奖公示只列姓名、学校、院系、年级、专业、班级等，请去掉“${words.join('、')}”。`;
      return {
        ...{ level: 'warn', rule: 'needless-column', message },
        place: { part, ref, start, end },
        text: text.slice(start, end),
      };
    }),
  );
}

/** 公示: until when, on what basis, and no more of people than its purpose needs. */
export function buildPublicityStage(): CheckStage {
  return {
    name,
    version,
    run: (input) => ({
      findings: [
        ...checkTerm(input),
        ...checkBasis(input),
        ...checkDeclared(input),
        ...checkColumns(input),
      ].map(find),
    }),
  };
}
