import type { CheckInput, CheckLevel } from '../../domain/check.ts';
import { textBefore } from '../../text/personal/number-cues.ts';
import type { DraftPersonalKind, PersonalSpan } from './personal-kind.ts';

export const personalNames: Record<DraftPersonalKind, string> = {
  'identity-number': '身份证件号码',
  'old-identity-number': '身份证件号码（15 位）',
  'bank-card': '银行卡号',
  'mobile-number': '手机号码',
  'land-line': '家庭电话',
  'home-address': '家庭住址',
  'student-number': '学号、考生号（与姓名一起）',
  'licence-plate': '车牌号',
  'e-mail': '个人邮箱',
  'birth-date': '出生日期（与姓名一起）',
  status: '姓名与健康或困难情况',
};

const homeCue = /家里|家庭|家长|宅电|住宅|他家|她家|我家|父|母|爸|妈|爷|奶/;
/** A number or mailbox that is given so that people call or write. */
const contactCue =
  /联系|咨询|报名|热线|值班|负责|投诉|监督|举报|反映|投稿|征稿|投递|发送|报送|提交|邮箱|电话/;
const officeCue = /办公|部门|办|处|科|中心|学院|图书馆|编辑部|投稿|征稿|招聘|报送|提交|监督|公司/;
const schoolCar = /校车|班车|通勤|大巴|公务|公交|旅游|救护|消防|货车|施工/;
/** A notice may name a contact or two; more of them are a list of people. */
const fewContacts = 2;

export interface Surroundings {
  text: string;
  input: Pick<CheckInput, 'genre'>;
  /** The draft's own words, as opposed to a file of it. */
  isRunningText: boolean;
  /** How many mobile numbers the text holds. */
  mobiles: number;
}

/** Null: nobody's secret, or too unsure to be said. */
export function weighPersonal(span: PersonalSpan, around: Surroundings): CheckLevel | null {
  const { text, input, isRunningText, mobiles } = around;
  const before = textBefore(text, span.start);
  const isList = input.genre === 'publicity' || !isRunningText;
  switch (span.kind) {
    case 'identity-number':
    case 'bank-card':
    case 'home-address':
    case 'student-number':
      return 'block';
    case 'old-identity-number':
      return span.isNamed ? 'block' : 'warn';
    case 'mobile-number':
      return mobiles <= fewContacts && input.genre !== 'publicity' && contactCue.test(before)
        ? 'warn'
        : 'block';
    case 'land-line':
      return homeCue.test(before) ? 'block' : null;
    case 'licence-plate':
      return schoolCar.test(before) ? null : 'block';
    case 'e-mail':
      return span.isNamed && !officeCue.test(before) ? 'warn' : null;
    case 'birth-date':
    case 'status':
      return isList ? 'block' : 'warn';
  }
}

const advice: Partial<Record<DraftPersonalKind, string>> = {
  'mobile-number': '联系方式建议改用办公电话；确需公布个人手机号的，须经本人同意。',
  'e-mail': '建议改用单位邮箱；确需公布的，须经本人同意。',
  status: '健康、残疾、家庭经济情况属敏感个人信息，不得与姓名一起公布。',
  'birth-date': '公示只列姓名、学校、院系、年级、专业、班级等；人物介绍可只写出生年月。',
  'student-number': '公示只列姓名、学校、院系、年级、专业、班级等；确需区分同名的，可部分隐藏。',
};

export function adviseOn(kind: DraftPersonalKind): string {
  return advice[kind] ?? '不得公布；确有依据须公布的，应部分隐藏。';
}
