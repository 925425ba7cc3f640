import { type Glance, plateMarks } from './glance.ts';
import { textBefore } from './number-cues.ts';

export type WordKind = 'e-mail' | 'home-address' | 'licence-plate' | 'birth-date';

export interface WordHit {
  kind: WordKind;
  /** In the normalised text. */
  start: number;
  end: number;
  /** A word near it says that it is somebody's own. */
  isNamed: boolean;
}

/** Whose it is: 她的, 家住, 本人. */
const person =
  /他的|她的|我的|本人|个人|家住|我家|他家|她家|住在|住址|家庭|家长|父亲|母亲|爸爸|妈妈|同学|老师|户籍|收货|姓名|该生/;
const atSign = '@';
const localPart = /[a-z0-9][a-z0-9._+-]{0,63}$/;
const domainPart = /^@((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,10})(?![a-z0-9])/;
const personalHosts =
  /^(?:(?:vip\.)?(?:qq|163|126|sina|sohu|yeah|foxmail|gmail|outlook|hotmail|live|msn|icloud|yahoo|aliyun|tom|21cn|139|189)\.(?:com|net|cn)|(?:vip\.)?sina\.cn|wo\.cn|yahoo\.com\.cn|proton(?:mail)?\.(?:com|me))$/;
const roleName =
  /^(?:info|admin|office|service|contact|support|help|hr|job|jobs|news|press|webmaster|postmaster|noreply|no-reply|library|lib|it|xcb|jwc|xgc|zsb|zhaosheng|zhaoban|jiuye|career|cwc|hqc|bwc|dangban|xiaoban|tuanwei|feedback|editor|mail)/;

function findEmails(text: string): WordHit[] {
  const hits: WordHit[] = [];
  for (let at = text.indexOf(atSign); at >= 0; at = text.indexOf(atSign, at + 1)) {
    const local = localPart.exec(text.slice(Math.max(0, at - 64), at))?.[0];
    const domain = domainPart.exec(text.slice(at, at + 160));
    if (local === undefined || domain === null || roleName.test(local)) continue;
    const start = at - local.length;
    const isNamed = personalHosts.test(domain[1] ?? '') || person.test(textBefore(text, start));
    hits.push({ kind: 'e-mail', start, end: at + domain[0].length, isNamed });
  }
  return hits;
}

/** Signs of an address that is written so that no machine should see it. */
const disguises = ['[at]', '(at)', '艾特', '点com', '点cn'];
const disguised =
  /[a-z0-9][a-z0-9._+-]{1,40}\s?(?:\[at\]|\(at\)|艾特|@)\s?(?:qq|163|126|sina|sohu|yeah|foxmail|gmail|outlook|hotmail|live|icloud|yahoo|aliyun)\s?(?:\.|点|\[dot\]|\(dot\))\s?(?:com|net|cn)(?![a-z0-9])/g;

/** zhangsan[at]qq.com, zhangsan艾特qq点com: of personal hosts only, for elsewhere the words may mean something else. */
function findDisguisedEmails(text: string): WordHit[] {
  if (!disguises.some((sign) => text.includes(sign))) return [];
  return [...text.matchAll(disguised)]
    .filter(({ 0: found }) => !roleName.test(found))
    .map(({ index, 0: found }) => ({
      kind: 'e-mail',
      start: index,
      end: index + found.length,
      isNamed: true,
    }));
}

const provinceMarks = new Set(plateMarks);
const plate =
  /^[a-hj-np-z][\s·.•-]?(?:[a-hj-np-z0-9]{4}[a-hj-np-z0-9挂学]|[abcdefghjk][a-hj-np-z0-9]\d{4}|\d{5}[abcdefghjk])(?![a-z0-9])/;
/** Three digits at least: 京ABCDE is no plate anybody carries. */
const fewestPlateDigits = 3;

function findPlates(text: string): WordHit[] {
  const hits: WordHit[] = [];
  for (let i = 0; i < text.length - 6; i += 1) {
    const next = text.charCodeAt(i + 1);
    if (next < 0x61 || next > 0x7a || !provinceMarks.has(text.charAt(i))) continue;
    const found = plate.exec(text.slice(i + 1, i + 12));
    if (found === null || (found[0].match(/\d/g)?.length ?? 0) < fewestPlateDigits) continue;
    hits.push({ kind: 'licence-plate', start: i, end: i + 1 + found[0].length, isNamed: true });
    i += found[0].length;
  }
  return hits;
}

const door =
  /(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,4})(?:室|户)|(?:单元|栋|幢|号楼|座|号)[\s,-]?\d{3,4}(?![\d年月元号路-])(?:室|房)?/g;
const street =
  /[\u4e00-\u9fff](?:路|街|大道|巷|胡同|里|村)[0-9一二三四五六七八九十百]{1,5}(?:号|弄)|[\u4e00-\u9fff]{2}(?:小区|花园|家园|新村|苑|街道|佳园|豪庭|公馆|名邸)|[市县][\u4e00-\u9fff]{1,8}[区镇乡]/;
/** Of an institution's, not of a home: 教学楼, 会议室. */
const institution =
  /学院|大学|校区|校园|教学|办公|行政|实验|图书|宿舍|寝室|会议|报告厅|大厦|中心|公司|医院|酒店|宾馆|银行|法院|派出所|教室|活动室|体育|食堂|展厅|广场|工业园|产业园|科技园|写字楼|商铺/;
const homeCue =
  /家住|住在|家庭住址|家庭地址|住址|户籍|户口|收货地址|收件地址|家里地址|家地址|住房|住我|他家|她家|我家|家在/;
const addressCharacter = /[\u4e00-\u9fff0-9a-z\s()#-]/;
/** Where the words before an address end. */
const lead =
  /^.*(?:地址|住址|所在地|家住|住在|位于|寄到|送到|寄往|搬到|家在)(?:是|为|在)?|^.{0,12}?[在到于是住](?=[\u4e00-\u9fff]{2})/;
const furthestAddress = 60;
const mostDoors = 500;

function findAddresses(text: string, isOwn: boolean): WordHit[] {
  const hits: WordHit[] = [];
  let reach = 0;
  let doors = 0;
  door.lastIndex = 0;
  for (let found = door.exec(text); found !== null && doors < mostDoors; found = door.exec(text)) {
    doors += 1;
    const end = found.index + found[0].length;
    const hit = readAddress(text, { from: Math.max(reach, found.index - furthestAddress), end }, isOwn);
    if (hit === null) continue;
    // 3单元 then 502室: one address goes on to its last door.
    const previous = hits.at(-1);
    if (previous !== undefined && previous.end >= hit.start) previous.end = hit.end;
    else hits.push(hit);
    reach = hit.end;
  }
  return hits;
}

function readAddress(
  text: string,
  { from, end }: { from: number; end: number },
  isOwn: boolean,
): WordHit | null {
  let start = end;
  while (start > from && addressCharacter.test(text.charAt(start - 1))) start -= 1;
  const run = text.slice(start, end);
  const isNamed = homeCue.test(`${textBefore(text, start)}${run}`);
  const words = run.replace(lead, '').trimStart();
  if (!street.test(words)) return null;
  if (!isNamed && (isOwn || institution.test(words) || institution.test(text.slice(end, end + 8))))
    return null;
  return { kind: 'home-address', start: end - words.length, end, isNamed };
}

const birthCue = /出生(?:年月日?|日期|于)?|生于|生日|birthday|born/g;
const fullDate =
  /(?:19[3-9]\d|20[0-3]\d)\s?[年./-]\s?(?:0?[1-9]|1[0-2])\s?[月./-]\s?(?:0?[1-9]|[12]\d|3[01])(?!\d)日?|(?:19[3-9]\d|20[0-3]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/;
const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const name = new RegExp(
  `姓名|学生:|考生|该生|(?:学生|同学)[${surnames}][\\u4e00-\\u9fff]{1,2}(?=生于)|(?:^|[\\s,。;:、|()])(?:[${surnames}][\\u4e00-\\u9fff]{1,2}|[${surnames}](?:某某?|同学|老师))(?=$|[\\s,。;:、|(),男女0-9的出生])`,
);
const birthScope = 24;

/** A full date of birth counts with a name beside it; alone it is nobody's. */
function findBirthDates(text: string): WordHit[] {
  const hits: WordHit[] = [];
  birthCue.lastIndex = 0;
  for (let cue = birthCue.exec(text); cue !== null; cue = birthCue.exec(text)) {
    const from = Math.max(0, cue.index - birthScope);
    const to = Math.min(text.length, cue.index + cue[0].length + birthScope);
    const scope = text.slice(from, to);
    const date = fullDate.exec(scope);
    if (date === null || !name.test(scope)) continue;
    const start = from + date.index;
    if (hits.at(-1)?.start === start) continue;
    hits.push({ kind: 'birth-date', start, end: start + date[0].length, isNamed: true });
  }
  return hits;
}

const dateDigits = 6;

/** What is written in words, or in words and figures. Linear in the text. */
export function findWords(text: string, seen: Glance, isOwn: boolean): WordHit[] {
  return [
    ...(seen.hasAtSign ? findEmails(text) : []),
    ...findDisguisedEmails(text),
    ...(seen.hasPlateMark && seen.digits >= fewestPlateDigits ? findPlates(text) : []),
    ...(seen.hasDoor && seen.digits > 0 ? findAddresses(text, isOwn) : []),
    ...(seen.hasBirth && seen.digits >= dateDigits ? findBirthDates(text) : []),
  ];
}
