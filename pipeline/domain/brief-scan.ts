import { type Brief, type BriefFacts, type BriefWords, numbersOf } from './brief.ts';
import { isDelicate, leastTold, namesGroupOfPersons } from './brief-suppression.ts';
import { maskNicknames } from './mentions.ts';

/** Why a text may not stand in a brief (R16). */
export type ScanReason =
  | ('handle' | 'personal-number' | 'mail' | 'quote' | 'few-persons')
  | ('number-under-ten' | 'subtraction');

export interface ScanProblem {
  /** As `words.summary`, or `needs.table` of the section. */
  field: string;
  /** The section's or the field's name on the page. */
  place: string;
  reason: ScanReason;
}

export const scanReasonNames: Record<ScanReason, string> = {
  handle: '含有账号、昵称或“@”提及',
  'personal-number': '含有电话、证件号或其他个人号码',
  mail: '含有电子邮箱',
  quote: '照抄原文超过20字，请改为概述',
  'few-persons': '涉及人身安全，或可能指向少数人（班级、宿舍、专业）的数字不足10，不能写出',
  'number-under-ten': '不足10的数字没有隐去',
  subtraction: '可由合计推算出不足10的数字',
};

/** A platform's own name of an account: an openid, a union id, a long token. */
const accountId = /(?<![\w-])o[\w-]{27}(?![\w-])|(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{24,}(?![\w-])/i;
/** What is called an account by whoever writes: 微信号 abc_12345. */
const namedAccount =
  /(?:微信|微博|抖音|快手|小红书|知乎|(?<![A-Za-z])(?:QQ|VX|WX))(?:账号|昵称|号|ID)?[\s:：是为]{1,3}[A-Za-z][\w-]{4,}/iu;
const caseId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const mail = /[\w.+-]+[@＠][\w-]+(?:\.[\w-]+)+/u;
const dayDigits = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const spelledDigits = /[零〇一二三四五六七八九幺两](?:[\s.·\p{Pd}]?[零〇一二三四五六七八九幺两]){6,}/u;
/** Nobody sees it, and it parts what is looked for. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** Seven digits and more in one run, however they are parted; a date is none. */
function hasPersonalNumber(text: string): boolean {
  if (spelledDigits.test(text)) return true;
  const plain = text.replace(/(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?/g, '日');
  for (const [run] of plain.matchAll(/(?<!\d)\+?\d(?:(?:\s{1,3}|[.·/_()\p{Pd}])?\d){6,}[Xx]?/gu)) {
    const digits = run.replace(/[^\dXx]/g, '');
    if (!dayDigits.test(digits)) return true;
  }
  return false;
}

const count = '(?:[0-9]|[零〇一二两三四五六七八九几])';
const persons = '(?:个?人|名|位|例|起|条|项|次|件)';
const delicate = /自伤|自残|自杀|轻生|跳楼|暴力|伤人|威胁|人身安全|突发险情/u;
const few = new RegExp(`(?<![0-9十百千.])${count}\\s*${persons}`, 'u');

/** A small number in the same sentence as danger to life, or as a group of few. */
function tellsFew(text: string): boolean {
  return text
    .split(/[。；;！？!?\n]/u)
    .some((sentence) => (delicate.test(sentence) || namesGroupOfPersons(sentence)) && few.test(sentence));
}

/** Pure: what is wrong with a text in itself; quotes are looked for apart. */
export function scanText(text: string): ScanReason[] {
  const plain = text.replace(unseen, '').normalize('NFKC').replace(unseen, '').replace(caseId, '');
  const reasons: ScanReason[] = [];
  if (mail.test(plain)) reasons.push('mail');
  if (
    /[@＠]/u.test(plain.replace(mail, '')) ||
    maskNicknames(plain) !== plain ||
    accountId.test(plain) ||
    namedAccount.test(plain)
  ) {
    reasons.push('handle');
  }
  if (hasPersonalNumber(plain)) reasons.push('personal-number');
  if (tellsFew(plain)) reasons.push('few-persons');
  return reasons;
}

/** Every text that a reader of the brief sees, by field; what people wrote as `words.<field>`. */
export function textsOf({
  facts,
  words,
}: {
  facts: BriefFacts;
  words: BriefWords;
}): Map<string, { text: string; place: string }> {
  const texts = new Map<string, { text: string; place: string }>();
  const put = (field: string, place: string, text: string) => {
    if (text !== '') texts.set(field, { text, place });
  };
  const { issuer, title, mark, header, footer } = facts.head;
  for (const [field, text] of Object.entries({ issuer, title, mark, header, footer })) {
    put(`head.${field}`, '页眉页脚', text);
  }
  const labels = new Map<string, string>();
  for (const section of facts.sections) {
    const place = section.title;
    put(`${section.id}.title`, place, section.title);
    put(`${section.id}.intro`, place, section.intro);
    for (const [at, block] of section.blocks.entries()) {
      if (block.kind === 'words') labels.set(block.field, block.label);
      if (block.kind === 'note') put(`${section.id}.${at}`, place, block.text);
      if (block.kind !== 'table') continue;
      for (const [line, row] of block.rows.entries()) {
        for (const [column, cell] of row.entries()) {
          if (cell.kind === 'text') put(`${section.id}.${at}.${line}.${column}`, place, cell.text);
        }
      }
    }
  }
  for (const number of numbersOf(facts)) put(`number.${number.id}`, number.label, number.label);
  for (const [field, text] of Object.entries(words)) put(`words.${field}`, labels.get(field) ?? field, text);
  return texts;
}

/** No number that could point to persons is told under ten, nor a whole by which one could be had. */
function scanNumbers(facts: BriefFacts): ScanProblem[] {
  const problems: ScanProblem[] = [];
  for (const { id, label, value, suppressed, evidence } of numbersOf(facts)) {
    if (suppressed !== undefined) {
      if (value !== null || evidence.total !== null)
        problems.push({ field: `number.${id}`, place: label, reason: 'number-under-ten' });
    } else if (isDelicate(evidence.query, label) && (evidence.total ?? 0) < leastTold) {
      problems.push({ field: `number.${id}`, place: label, reason: 'number-under-ten' });
    }
  }
  const numbers = new Map([...numbersOf(facts)].map((number) => [number.id, number]));
  for (const { id, label, value, evidence } of numbers.values()) {
    const { query } = evidence;
    if (query.of !== 'derived' || value === null) continue;
    if (query.numbers.some((part) => numbers.get(part)?.suppressed !== undefined))
      problems.push({ field: `number.${id}`, place: label, reason: 'subtraction' });
  }
  return problems;
}

/** Pure: all that is wrong with a brief but quotes. */
export function scanBrief(brief: Pick<Brief, 'facts' | 'words'>): ScanProblem[] {
  const found: ScanProblem[] = [];
  for (const [field, { text, place }] of textsOf(brief)) {
    for (const reason of scanText(text)) found.push({ field, place, reason });
  }
  return [...found, ...scanNumbers(brief.facts)];
}
