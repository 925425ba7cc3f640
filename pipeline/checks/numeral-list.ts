/** 数字用法: what GB/T 15835-2011 and the units of measurement rule out beyond doubt. */
export const numeralList = {
  version: '2026.11',
  source: 'GB/T 15835-2011《出版物上数字用法》；GB 3100-1993',
  owner: '党委宣传部',
} as const;

export interface NumeralPattern {
  id: string;
  pattern: RegExp;
  write: ((match: RegExpMatchArray) => string | null) | null;
  message: string;
  level?: 'info';
}

const ones = '一二三四五六七八九';
/** Up to 99. @returns null for what is no such number */
export function readSmallNumber(written: string): number | null {
  const parts = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/u.exec(written);
  if (parts === null || written === '') return null;
  const [, tens = '', ten, last = ''] = parts;
  if (ten === undefined) return tens !== '' && last === '' ? ones.indexOf(tens) + 1 : null;
  return (tens === '' ? 1 : ones.indexOf(tens) + 1) * 10 + (last === '' ? 0 : ones.indexOf(last) + 1);
}

const small = (written: string | undefined): string | null => {
  const number = readSmallNumber(written ?? '');
  return number === null ? null : String(number);
};
const units: Readonly<Record<string, string>> = {
  ...{ Kg: 'kg', KG: 'kg', Km: 'km', KM: 'km', ML: 'mL', KW: 'kW', Kw: 'kW', Mpa: 'MPa', KPa: 'kPa' },
  ...{
    KV: 'kV',
    Kv: 'kV',
    KHz: 'kHz',
    khz: 'kHz',
    Mhz: 'MHz',
    Ghz: 'GHz',
    hz: 'Hz',
    KWh: 'kWh',
    kwh: 'kWh',
    Kwh: 'kWh',
  },
};
const counted = '(?:年|月|日|天|个|名|人|位|次|元|岁|周|学时|学分|小时|分钟)';
const tens = '〇一二三四五六七八九';

export const numeralPatterns: readonly NumeralPattern[] = [
  {
    id: 'year-zero',
    pattern: /(?<![一二三四五六七八九十百千〇零○OoＯ0])(?:[一二][〇零○OoＯ0一二三四五六七八九]{3})(?=年)/gu,
    write: ([year = '']) => {
      const written = year.replace(/[零○OoＯ0]/gu, '〇');
      return written === year ? null : written;
    },
    message: '用汉字写年份，“零”写作“〇”，如“二〇二六年”（GB/T 15835 4.2.3）。',
  },
  {
    id: 'two-digit-year',
    pattern: /[’'‘](?:[0-9]{2})年(?!级)/gu,
    write: null,
    message: '年份写全四位，如“2026年”，不简写（GB/T 15835 5.1.2）。',
  },
  {
    id: 'short-year',
    pattern: /(?<![\d.第近约达历])[5-9]\d年(?=毕业|入学|考入|出生|入伍|参军|留校)/gu,
    write: null,
    message: '年份写全四位，如“1998年”，不简写（GB/T 15835 5.1.2）。',
  },
  {
    id: 'mixed-tens',
    pattern: /(?<![一二三四五六七八九十百千第])[一二三四五六七八九]?十[1-9](?=[名人个位次项])/gu,
    write: null,
    message: '同一个数里汉字数字和阿拉伯数字混用，请统一。',
  },
  {
    id: 'full-width-digits',
    pattern: /[０-９]+(?:[．，][０-９]+)*％?/gu,
    write: ([digits = '']) =>
      digits.replace(/[０-９．％，]/gu, (digit) =>
        digit === '，' ? ',' : String.fromCharCode(digit.charCodeAt(0) - 0xfee0),
      ),
    message: '阿拉伯数字用半角（GB/T 15835 5.1.1）。',
  },
  {
    id: 'percent-range',
    pattern: /(?<![\d.%])(\d+(?:\.\d+)?)([～~—–－-]|至)(\d+(?:\.\d+)?)%(?!\d)/gu,
    write: ([, low = '', sign = '', high = '']) =>
      Number(low) < Number(high) ? `${low}%${sign === '至' ? '至' : '～'}${high}%` : null,
    message: '表示百分数的范围，前一个数的百分号不能省略，如“5%～10%”（GB/T 15835 5.1.4）。',
  },
  {
    id: 'mixed-range',
    pattern: new RegExp(
      `(?<![一二三四五六七八九十第周期\\d.])(?:[一二三四五六七八九十]{1,3}(?:至|～|~)\\d{1,3}|\\d{1,3}(?:至|～|~)[一二三四五六七八九十]{1,3})(?=${counted})`,
      'gu',
    ),
    write: null,
    message: '同一个范围里汉字数字和阿拉伯数字混用，请统一。',
  },
  {
    id: 'mixed-date',
    pattern:
      /(?<![\d一二三四五六七八九十])(?:(\d{1,2})月([一二三十][一二三四五六七八九十]{0,2})日|([一二三四五六七八九十]{1,2})月(\d{1,2})日)/gu,
    write: (match) => {
      const [, month, dayInHan, monthInHan, day] = match;
      // After a year in Han, the day would have to be in Han too.
      if (match.input?.slice(0, match.index).match(/[〇零○一二三四五六七八九]年$/u)) return null;
      const [m, d] = [month ?? small(monthInHan), day ?? small(dayInHan)];
      return m === null || d === null || Number(m) > 12 || Number(d) > 31 ? null : `${m}月${d}日`;
    },
    message: '同一个日期里汉字数字和阿拉伯数字混用，请统一。',
  },
  {
    id: 'mixed-century',
    pattern: /(二十一|二十|十九|十八|十七)世纪(?=\d0年代)/gu,
    write: ([, century]) => `${small(century)}世纪`,
    message: '世纪和年代的数字写法要一致，如“20世纪90年代”。',
  },
  {
    id: 'mixed-number',
    pattern:
      /(?<![\d.,，-])([1-9])([百千])(?=[多余]?(?:名|人|个|元|册|亩|家|所|件|项|次|场)|[万亿](?:元|人|吨|亩|字))/gu,
    write: ([, digit = '', scale]) => `${digit}${scale === '百' ? '00' : '000'}`,
    message: '阿拉伯数字后面只用“万”“亿”作单位，“百”“千”要写成数字，如“3000人”（GB/T 15835 5.1.3）。',
  },
  {
    id: 'digits-and-some',
    pattern: /(?<![\d.])([1-9])0几(?=[个名人位次年天岁家项]|所|多)/gu,
    write: ([, digit = '']) => `${digit === '1' ? '' : tens.charAt(Number(digit))}十几`,
    message: '带“几”的概数用汉字，如“二十几”（GB/T 15835 4.2.2）。',
  },
  {
    id: 'hundredths',
    pattern: /百分之(\d+(?:\.\d+)?)(?![\d.])/gu,
    write: ([, number = '']) => `${number}%`,
    message: '“百分之”后面用了阿拉伯数字，写作“50%”或“百分之五十”。',
  },
  {
    id: 'about-and-around',
    pattern: /((?:大约|大概|约)(?:有|为|占|需|达|在)?)(\d[\d,.]*[万亿]?[一-鿿%]{0,3})左右/gu,
    write: ([, about = '', number = '']) => `${about}${number}`,
    message: '“约”和“左右”意思重复，保留一个。',
  },
  {
    id: 'about-and-more',
    pattern: /(?:约|近|将近)\d[\d,.]*[万亿]?(?:余|多)(?=[一-鿿])/gu,
    write: null,
    message: '“约”“近”和“余”“多”矛盾，保留一个。',
  },
  {
    id: 'exceeds-and-more',
    pattern: /(?:超过|突破)\d[\d,.]*[万亿]?(?:余|多)(?=[一-鿿])/gu,
    write: null,
    message: '“超过”和“余”“多”意思重复，保留一个。',
  },
  {
    id: 'fewer-by-times',
    pattern:
      /(?:下降|减少|降低|缩小|缩短|减轻)了?(?:近|约|超过)?(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)倍/gu,
    write: null,
    message: '减少、下降不能用“倍”，请用百分数或分数。',
  },
  {
    id: 'thousands-mark',
    pattern: /(?<![\d，,.])\d{1,3}(?:，\d{3})+(?=[元人名亩件册万吨])/gu,
    write: null,
    message: '数字的分节号不能用中文逗号，写作“1,200”或“1200”。',
  },
  {
    id: 'range-unit',
    pattern: /(?<![\d.])\d+(?:\.\d+)?[～~]\d+(?:\.\d+)?[万亿](?=[元人亩吨])/gu,
    write: null,
    level: 'info',
    message: '范围两端都带上“万”“亿”，如“3万元～8万元”，免得读成“3元”（GB/T 15835 5.1.4）。',
  },
  {
    id: 'unit-case',
    pattern: new RegExp(
      `(?<=\\d ?)(?:${Object.keys(units)
        .toSorted((a, b) => b.length - a.length)
        .join('|')})(?![A-Za-z])`,
      'gu',
    ),
    write: ([unit = '']) => units[unit] ?? null,
    message: '计量单位的大小写不对（GB 3100）。',
  },
  {
    id: 'lunar-digits',
    pattern: /农历(?:正|[一二三四五六七八九十冬腊]{1,2}|\d{1,2})月(?:初?\d{1,2})日?/gu,
    write: null,
    message: '农历日期用汉字，如“农历正月初五”（GB/T 15835 4.2.1）。',
  },
];
