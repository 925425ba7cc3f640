import { createHash } from 'node:crypto';

export interface FileSheet {
  name: string;
  /** Not shown until somebody asks for it: what was sorted in it is forgotten there. */
  hidden?: true;
  rows: readonly (readonly string[])[];
}

/** ISO 7064 MOD 11-2 over seventeen digits. */
function checkDigit(digits: string): string {
  let weighted = 0;
  for (const digit of digits) weighted = (weighted + Number(digit)) * 2;
  return '10X98765432'[weighted % 11] ?? '';
}

/** Of a district that no province has. */
function inventedIdNumber(place: number): string {
  const born = `200${4 + (place % 3)}${String(1 + (place % 12)).padStart(2, '0')}${String(10 + (place % 18))}`;
  const digits = `1399${String(10 + (place % 80))}${born}${String(100 + place).slice(-3)}`;
  return `${digits}${checkDigit(digits)}`;
}

/** Of a range that is given to nobody. */
function inventedMobile(place: number): string {
  const digits = createHash('sha256').update(`mobile ${place}`).digest().readUInt32BE(0) % 10_000;
  return `1990000${String(digits).padStart(4, '0')}`;
}

const classes = ['汉语言2301', '汉语言2302', '新闻2301', '秘书学2301'];

function aidList(): FileSheet[] {
  const places = Array.from({ length: 24 }, (_, index) => index + 1);
  const number = (place: number) => `2023${String(2_100 + place * 3)}`;
  return [
    {
      name: '认定结果',
      rows: [
        ['序号', '学号', '班级', '等级'],
        ...places.map((place) => [
          String(place),
          number(place),
          classes[place % 4] ?? '',
          place % 3 === 0 ? '困难' : '一般困难',
        ]),
      ],
    },
    {
      name: '原始登记表',
      hidden: true,
      rows: [
        ['学号', '身份证号', '联系电话', '家庭年收入（元）'],
        ...places.map((place) => [
          number(place),
          inventedIdNumber(place),
          inventedMobile(place),
          String(8000 + place * 450),
        ]),
      ],
    },
  ];
}

/** What stands in a file that a site offers; null for one with nothing but its name in it. */
export function sheetsOf(fileName: string): FileSheet[] | null {
  return fileName === '家庭经济困难学生认定名单.xlsx' ? aidList() : null;
}
