import { digitValue, notDigit } from './digit-runs.ts';

/** What a text holds at all, told by single characters: most posts hold nothing of a person, and are left at that. */
export interface Glance {
  /** In every script, so that 三天 counts one. */
  digits: number;
  hasAtSign: boolean;
  hasPlateMark: boolean;
  hasDoor: boolean;
  hasBirth: boolean;
}

export const plateMarks = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';

const sign = { at: 1, mark: 2, door: 4, birth: 8 } as const;
const signs = new Uint8Array(0x10000);
for (const [characters, flag] of [
  ['@', sign.at],
  [plateMarks, sign.mark],
  ['室户元栋幢楼座号', sign.door],
  ['生bB', sign.birth],
] as const) {
  for (const character of characters) signs[character.charCodeAt(0)] = flag;
}

/** One look at every character. */
export function glanceAt(text: string): Glance {
  let digits = 0;
  let seen = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (digitValue(unit) !== notDigit) digits += 1;
    seen |= signs[unit] ?? 0;
  }
  return {
    digits,
    hasAtSign: (seen & sign.at) !== 0,
    hasPlateMark: (seen & sign.mark) !== 0,
    hasDoor: (seen & sign.door) !== 0,
    hasBirth: (seen & sign.birth) !== 0,
  };
}
