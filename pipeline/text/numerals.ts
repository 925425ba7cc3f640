const digits = '〇一二三四五六七八九';
const scales = ['', '十', '百', '千'];
const formal: Record<string, string> = {
  ...{ 一: '壹', 二: '贰', 三: '叁', 四: '肆', 五: '伍', 六: '陆', 七: '柒', 八: '捌', 九: '玖', 〇: '零' },
  ...{ 十: '拾', 百: '佰', 千: '仟' },
};
const longestNumber = 8;

function digitByDigit(number: string): string {
  return [...number].map((digit) => digits.charAt(Number(digit))).join('');
}

/** Below ten thousand, without leading zeros: 305 is 三百零五. */
function belowTenThousand(number: string): string {
  let written = '';
  let skipped = false;
  [...number].forEach((digit, at) => {
    if (digit === '0') {
      skipped = written !== '';
      return;
    }
    written += `${skipped ? '零' : ''}${digits.charAt(Number(digit))}${scales[number.length - 1 - at] ?? ''}`;
    skipped = false;
  });
  return written;
}

/** A whole number as it is read: 10000 is 一万. Empty for zero and what is too long to be said. */
function asRead(number: string): string {
  if (number.length > longestNumber || /^0/.test(number)) return '';
  const high = number.slice(0, -4);
  const low = number.slice(-4);
  if (high === '') return belowTenThousand(low);
  const rest = belowTenThousand(low.replace(/^0+/, ''));
  return `${belowTenThousand(high)}万${rest === '' ? '' : `${/^0/.test(low) ? '零' : ''}${rest}`}`;
}

/** Ways in which people write the number in Chinese: read out, digit by digit, with 两 for 二, 十 for 一十, in formal numerals. */
function writings(number: string): string[] {
  const read = asRead(number);
  const plain = digitByDigit(number);
  const ways = [
    plain,
    plain.replaceAll('〇', '零'),
    ...(read === '' ? [] : [read, read.replace(/^一十/, '十'), read.replace(/二(?=[百千万])/g, '两')]),
  ];
  const formally = ways.map((way) => [...way].map((numeral) => formal[numeral] ?? numeral).join(''));
  return [...new Set([...ways, ...formally])];
}

/**
 * A normalised phrase that holds a number, with it written in Chinese numerals: 日赚100 → 日赚一百, 日赚壹佰, 日赚一〇〇 …
 * Nothing for a phrase without digits or with several numbers.
 */
export function numeralSpellings(phrase: string): string[] {
  const numbers = phrase.match(/\d+/g);
  const only = numbers?.[0];
  if (only === undefined || numbers?.length !== 1 || phrase === only) return [];
  return writings(only).map((way) => phrase.replace(only, way));
}
