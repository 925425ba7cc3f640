const counted = '(?=号|食堂|餐厅|饭堂|教|公寓|宿舍|栋|幢|舍|区|实验楼|田径场|操场|校区)';
const inHan = new RegExp(`第?([一二三四五六七八九]?十?[一二三四五六七八九]|十)${counted}`);
const inDigits = new RegExp(`第?([1-9]\\d?)${counted}`);
const han = [...'零一二三四五六七八九'];

function hanOf(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  const head = tens === 0 ? '' : `${tens === 1 ? '' : (han[tens] ?? '')}十`;
  return head + (ones === 0 && tens > 0 ? '' : (han[ones] ?? ''));
}

function numberOf(numeral: string): number {
  const [tens, ones] = numeral.includes('十') ? numeral.split('十') : ['0', numeral];
  const digit = (text: string | undefined, ifEmpty: number): number =>
    text === undefined || text === '' ? ifEmpty : Math.max(0, han.indexOf(text));
  return (tens === '0' ? 0 : digit(tens, 1) * 10) + digit(ones, 0);
}

/** The same name as people write it: 第二食堂, 二食堂, 2食堂, 第2食堂. Nothing for a name that counts nothing. */
export function otherNumerals(name: string): string[] {
  const match = inHan.exec(name) ?? inDigits.exec(name);
  const numeral = match?.[1];
  if (match === null || numeral === undefined) return [];
  const value = /\d/.test(numeral) ? Number(numeral) : numberOf(numeral);
  const forms = [hanOf(value), String(value)].flatMap((form) => [form, `第${form}`]);
  const rest = name.slice(match.index + match[0].length);
  return forms.map((form) => name.slice(0, match.index) + form + rest).filter((form) => form !== name);
}
