import type { Finding } from '../domain/verdict.ts';
import { type DigitChain, findDigitChains, isDigit } from './digit-runs.ts';
import { isIdentityNumber, isMobileNumber, isOldIdentityNumber } from './identity-number.ts';
import type { Stage } from './stage.ts';
import type { TextContext } from './text-context.ts';

type Kind = 'identity-number' | 'old-identity-number' | 'mobile-number';

interface Hit {
  kind: Kind;
  compact: string;
  /** In the normalised text. */
  start: number;
  end: number;
}

const version = '1';
const mobileDigits = 11;

/** Shapes in which a mobile number is written in groups; anything else is a row of figures. */
const mobileShapes = new Set(['11', '3-4-4', '4-4-3', '3-8', '3-3-5', '1-1-1-1-1-1-1-1-1-1-1']);

const numberOfSomethingElse =
  /(订单|运单|单号|编号|流水|批次|批号|学号|工号|货号|邮编|qq群?|文号|案号|课程|序列号|准考证|考号|发票|条码|许可证|合同|备案|信用代码|账号|卡号|isbn|issn|imei)[^0-9\n]{0,6}$/;
const callMe = /(tel|phone|mobile|call|vx|wx|wechat|v|q)$/;
const identityCue = /(身份证|证件|公民身份)[^\n]{0,12}$/;

function before(text: string, start: number): string {
  return text.slice(Math.max(0, start - 24), start);
}

/** Part of a serial number, a decimal or an address on the web: no number of a person. */
function isGluedTo(text: string, start: number, end: number): boolean {
  const previous = text.charAt(start - 1);
  const next = text.charAt(end);
  if (/[a-z_=/]/.test(previous) && !callMe.test(before(text, start))) return true;
  if (/[a-z_]/.test(next)) return true;
  if (previous === '.' && isDigit(text.charCodeAt(start - 2))) return true;
  return (next === '.' || next === '%') && (next === '%' || isDigit(text.charCodeAt(end + 1)));
}

function readIdentity(text: string, digits: string, start: number, end: number): Hit | null {
  const withX = digits.length === 17 && /^[ -]?x(?![a-z0-9])/.test(text.slice(end, end + 3));
  const stop = withX ? text.indexOf('x', end) + 1 : end;
  const compact = withX ? `${digits}x` : digits;
  if (!isIdentityNumber(compact) || isGluedTo(text, start, stop)) return null;
  if (/信用代码[^0-9\n]{0,6}$/.test(before(text, start))) return null;
  return { kind: 'identity-number', compact, start, end: stop };
}

function readNumber(text: string, groups: DigitChain['groups']): Hit | null {
  const first = groups[0];
  const last = groups.at(-1);
  if (first === undefined || last === undefined) return null;
  const { start } = first;
  const { end } = last;
  const digits = groups.map((group) => text.slice(group.start, group.end)).join('');
  if (digits.length === 17 || digits.length === 18) return readIdentity(text, digits, start, end);
  if (isGluedTo(text, start, end) || numberOfSomethingElse.test(before(text, start))) return null;
  if (digits.length === 15 && groups.length === 1 && isOldIdentityNumber(digits)) {
    return { kind: 'old-identity-number', compact: digits, start, end };
  }
  const international = digits.length === 13 && digits.startsWith('86') && groups.length === 1;
  const compact = international ? digits.slice(2) : digits;
  if (compact.length !== mobileDigits || !isMobileNumber(compact)) return null;
  const shape = groups.map((group) => group.end - group.start).join('-');
  if (!international && !mobileShapes.has(shape)) return null;
  return { kind: 'mobile-number', compact, start: international ? start + 2 : start, end };
}

const lengths = new Set([11, 13, 15, 17, 18]);
const maxGroupsOfNumber = 6;

/** Could so many groups be one number: a few groups, or a mobile number digit by digit? */
function isCountPossible(digits: number, count: number): boolean {
  return lengths.has(digits) && (count <= maxGroupsOfNumber || (count === digits && digits === mobileDigits));
}

/** The longest reading that starts at each group; what a number used up is not read again. */
function readChain(text: string, chain: DigitChain): Hit[] {
  const hits: Hit[] = [];
  const { groups } = chain;
  for (let i = 0; i < groups.length; i += 1) {
    let digits = 0;
    let found: { hit: Hit; next: number } | null = null;
    for (let k = i; k < groups.length && digits <= 18; k += 1) {
      const group = groups[k];
      if (group === undefined) break;
      digits += group.end - group.start;
      const hit = isCountPossible(digits, k - i + 1) ? readNumber(text, groups.slice(i, k + 1)) : null;
      if (hit !== null) found = { hit, next: k };
    }
    if (found !== null) {
      hits.push(found.hit);
      i = found.next;
    }
  }
  return hits;
}

/** A contact's mobile in one of our own notices is normal; a list of people's numbers is not. */
const fewContacts = 2;

function weigh(hit: Hit, context: TextContext, mobiles: number): { severity: number; confidence: number } {
  if (hit.kind === 'identity-number') return { severity: 4, confidence: 0.97 };
  if (hit.kind === 'old-identity-number') {
    const named = identityCue.test(before(context.normalised.text, hit.start));
    return named ? { severity: 4, confidence: 0.9 } : { severity: 1, confidence: 0.4 };
  }
  if (context.isOwn) return { severity: mobiles > fewContacts ? 3 : 1, confidence: 0.9 };
  return { severity: 3, confidence: 0.9 };
}

const maxFindings = 200;

function findNumbers(context: TextContext): Finding[] {
  const text = context.normalised.text;
  const chains = findDigitChains(text, mobileDigits);
  if (chains.length === 0) return [];
  const hits = chains.flatMap((chain) => readChain(text, chain)).slice(0, maxFindings);
  const mobiles = new Set(hits.filter((hit) => hit.kind === 'mobile-number').map((hit) => hit.compact)).size;
  return hits.map((hit) => ({
    category: 'leak',
    stage: 'personal-data',
    source: 'rule',
    id: `personal-data.${hit.kind}`,
    version,
    ...context.fromNormalised(hit),
    ...weigh(hit, context, mobiles),
  }));
}

/** Numbers that belong to a person and stand in public: identity numbers by their check digit, and mobile numbers. */
export const personalDataStage: Stage = {
  name: 'personal-data',
  safetyRelevant: true,
  run: (context) => ({ findings: findNumbers(context) }),
};
