import type { PersonalSpan } from './personal-kind.ts';

/** What a column's head says of the values under it, and what a value must look like; a masked one doesn't. */
interface ColumnKind {
  kind: PersonalSpan['kind'];
  head: RegExp;
  value: RegExp;
}

const fullDate = /^(?:19|20)\d\d[年./-]?(?:0?[1-9]|1[0-2])[月./-]?(?:0?[1-9]|[12]\d|3[01])日?$/;

const columnKinds: readonly ColumnKind[] = [
  {
    kind: 'identity-number',
    head: /^(?:本人|居民|学生|家长)?(?:身份证(?:件)?(?:号码?)?|公民身份号码|证件号码?)$/,
    value: /^(?:\d{15}|\d{17}[\dxX])$/,
  },
  {
    kind: 'mobile-number',
    head: /^(?:本人|学生|家长|个人|紧急)?(?:联系)?(?:手机|移动电话|电话|联系方式|联系人电话)(?:号码?)?$/,
    value: /^1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}$/,
  },
  {
    kind: 'home-address',
    head: /^(?:家庭|现|户籍|通[讯信]|联系|居住|邮寄|收件)?(?:详细)?(?:住址|地址|户籍所在地|住所)$/,
    value:
      /^(?=.{6,60}$)(?=.*(?:[省市县区旗州].*(?:[路街道巷弄村组号室乡镇屯队栋幢苑]|小区|社区|公寓)|[村组].*(?:号|组))).+$/u,
  },
  {
    kind: 'bank-card',
    head: /^(?:本人|学生)?(?:银行|工行|农行|建行|中行|工资|储蓄)?(?:卡号|卡帐号|卡账号|账号|帐号|账户号?)$/,
    value: /^\d[\d ]{10,22}\d$/,
  },
  { kind: 'birth-date', head: /^(?:出生(?:年月日?|日期)|生日)$/, value: fullDate },
  {
    kind: 'student-number',
    head: /^(?:学号|学籍号|考生号|准考证号|一卡通号?|校园卡号)$/,
    value: /^[0-9A-Za-z]{6,18}$/,
  },
  { kind: 'e-mail', head: /^(?:电子)?(?:邮箱|邮件)(?:地址)?$|^e-?mail$/i, value: /^[\w.+-]+@[\w.-]+\.\w+$/ },
  {
    kind: 'status',
    head: /^(?:困难|贫困|资助|帮扶)?(?:认定)?(?:等级|档次|类别|类型|原因)$|^(?:病情|病史|疾病|残疾(?:类别|等级)?|健康状况|家庭情况|家庭年?收入|申请理由)$/,
    value: /困难|贫困|特困|低保|建档立卡|孤儿|单亲|残|病|癌|重症|抑郁|丧|失业|负债/u,
  },
];

const nameHead = /^(?:学生|考生|本人)?姓\s*名$|^(?:学生|同学|获奖人|拟录取考生)$/;
/** How far an empty cell before it, which no reader writes down, may have moved a value to the left. */
const mostShift = 3;
const marker = /^(?:【[^】]{1,40}】)+/u;

interface Cell {
  text: string;
  start: number;
}

function cellsOf(line: string, lineStart: number): Cell[] {
  let at = lineStart;
  return line.split('\t').map((raw) => {
    const start = at;
    at += raw.length + 1;
    const marked = marker.exec(raw)?.[0].length ?? 0;
    const text = raw.slice(marked);
    const lead = text.length - text.trimStart().length;
    return { text: text.trim(), start: start + marked + lead };
  });
}

interface Head {
  columns: { index: number; kind: ColumnKind }[];
  hasNames: boolean;
}

function readHead(cells: readonly Cell[]): Head | null {
  const columns = cells.flatMap(({ text }, index) => {
    const bare = text.replace(/[\s*（(].*$/u, '');
    const kind = columnKinds.find(({ head }) => head.test(bare));
    return kind === undefined ? [] : [{ index, kind }];
  });
  if (columns.length === 0) return null;
  return { columns, hasNames: cells.some(({ text }) => nameHead.test(text)) };
}

/** A number of a student, or how somebody is, tells of a person only beside a name. */
const onlyWithNames: readonly PersonalSpan['kind'][] = ['student-number', 'status', 'birth-date'];

function readRow(cells: readonly Cell[], head: Head): PersonalSpan[] {
  const taken = new Set<number>();
  return head.columns.flatMap(({ index, kind }) => {
    if (!head.hasNames && onlyWithNames.includes(kind.kind)) return [];
    for (let i = index; i >= Math.max(0, index - mostShift); i -= 1) {
      const cell = cells[i];
      if (cell === undefined || taken.has(i) || !kind.value.test(cell.text)) continue;
      taken.add(i);
      const { start, text } = cell;
      return [{ kind: kind.kind, start, end: start + text.length, isNamed: true }];
    }
    return [];
  });
}

/** Values of tables (cells apart by tabs) under a head that says what they are. Of a run of lines with tabs, the first head counts. */
export function findColumnValues(text: string): PersonalSpan[] {
  const spans: PersonalSpan[] = [];
  let head: Head | null = null;
  let at = 0;
  for (const line of text.split('\n')) {
    const start = at;
    at += line.length + 1;
    if (!line.includes('\t')) {
      if (line.trim() === '' || line.startsWith('【')) head = null;
      continue;
    }
    const cells = cellsOf(line, start);
    const found: Head | null = head === null ? readHead(cells) : null;
    if (found !== null) head = found;
    else if (head !== null) spans.push(...readRow(cells, head));
  }
  return spans;
}

/** Heads that a list of students in need or with a prize has no use for. */
const needless =
  /^(?:性别|民族|籍贯|生源地|政治面貌|婚姻状况|宗教信仰|父亲|母亲|家长姓名|监护人|家庭成员|宿舍(?:号)?|微信号?|QQ号?|绩点|挂科)$/i;

export function findNeedlessHeads(text: string): { start: number; end: number; words: string[] }[] {
  const found: { start: number; end: number; words: string[] }[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const start = at;
    at += line.length + 1;
    if (!line.includes('\t')) continue;
    const cells = cellsOf(line, start);
    if (!cells.some((cell) => nameHead.test(cell.text))) continue;
    const extra = cells.filter((cell) => needless.test(cell.text));
    const [first] = extra;
    const last = extra.at(-1);
    if (first === undefined || last === undefined) continue;
    found.push({
      start: first.start,
      end: last.start + last.text.length,
      words: extra.map((cell) => cell.text),
    });
  }
  return found;
}
