import type { LawfulDetail, LawfulEntry } from '../../../review-api/contract/lawful-request.ts';
import type { PublicDetail, PublicEntry } from '../../../review-api/contract/public-request.ts';
import type { RemovalDetail, RemovalEntry } from '../../../review-api/contract/removal.ts';
import { formatMoment } from './shanghai-time.ts';

export type AnyEntry = LawfulEntry | RemovalEntry | PublicEntry;
export type AnyDetail = LawfulDetail | RemovalDetail | PublicDetail;
type Facts = AnyEntry['facts'];
type FactsOf<K extends Facts['kind']> = Extract<Facts, { kind: K }>;
type Pairs<C extends string> = readonly (readonly [C, string])[];

const pairs = <C extends string>(labels: Record<C, string>): Pairs<C> =>
  Object.entries(labels) as [C, string][];

const statuteLabels: Record<FactsOf<'removal'>['basis']['law'], string> = {
  'criminal-procedure': '刑事诉讼法',
  supervision: '监察法',
  'public-security-penalties': '治安管理处罚法',
  cybersecurity: '网络安全法',
  'data-security': '数据安全法',
  'personal-information': '个人信息保护法',
  'counter-terrorism': '反恐怖主义法',
  'counter-espionage': '反间谍法',
  'civil-procedure': '民事诉讼法',
  'administrative-procedure': '行政诉讼法',
  'civil-code': '民法典',
  criminal: '刑法',
  'telecom-fraud': '反电信网络诈骗法',
  minors: '未成年人保护法',
  'state-secrets': '保守国家秘密法',
};
const groundLabels: Record<FactsOf<'removal'>['ground'], string> = {
  'personal-data': '公开他人个人信息',
  'fraud-link': '钓鱼、诈骗链接',
  threat: '性威胁、暴力威胁',
  'official-order': '法院或主管机关的文书',
  'state-secret': '明显泄露国家秘密',
};
const platformLabels: Record<FactsOf<'removal'>['platform'], string> = {
  weibo: '微博',
  wechat: '微信公众号',
  site: '学校网站',
  other: '其他',
};
const wishLabels: Record<FactsOf<'public-request'>['wish'], string> = {
  'wrong-reading': '认错了或答错了',
  erase: '从本系统删除我的评论',
  object: '今后不再处理我的内容',
  'correct-ours': '更正学校发布的错误',
};
const doorLabels: Record<FactsOf<'public-request'>['door'], string> = {
  form: '网上表单',
  phone: '来电',
  letter: '来信',
  'e-mail': '电子邮件',
  visit: '来访',
};
const outcomeLabels: Record<NonNullable<FactsOf<'public-request'>['outcome']>, string> = {
  granted: '同意并已办理',
  partly: '部分同意',
  refused: '未同意',
};

export const statutes = pairs(statuteLabels);
export const grounds = pairs(groundLabels);
export const platforms = pairs(platformLabels);
export const wishes = pairs(wishLabels);
export const outcomes = pairs(outcomeLabels);
/** What is entered by hand; the form is the public's own. */
export const doors = pairs(doorLabels).filter(([code]) => code !== 'form');

type StateOf<K extends Facts['kind']> = FactsOf<K>['state'];
const stateLabels: { [K in Facts['kind']]: Record<StateOf<K>, string> } = {
  'lawful-request': {
    registered: '待审批',
    approved: '已同意，待导出',
    refused: '不予提供',
    disclosed: '已提供',
    closed: '办结',
  },
  removal: {
    proposed: '待第二人审批',
    approved: '已同意，待处置',
    refused: '不同意',
    done: '已处置',
    appealed: '申诉中',
    settled: '申诉已处理',
  },
  'public-request': { received: '办理中', answered: '已答复', closed: '办结' },
};

export function stateOf({ facts }: AnyEntry): string {
  const labels: Record<string, string> = stateLabels[facts.kind];
  return labels[facts.state] ?? facts.state;
}

const moveLabels: Record<string, string> = {
  opened: '登记',
  approved: '同意',
  refused: '不同意',
  disclosed: '导出文件',
  closed: '办结',
  done: '登记处置结果',
  appealed: '登记申诉',
  settled: '处理申诉',
  matched: '核对内容',
  erased: '清除文字',
  listed: '登入不再采集名单',
  corrected: '登记更正',
  answered: '答复',
};
export const moveLabel = (kind: string) => moveLabels[kind] ?? kind;

export const textLabels: Record<AnyDetail['texts'][number]['name'], string> = {
  scope: '调取范围',
  explanation: '处置理由',
  statement: '申请说明',
  quote: '原话',
  link: '网址',
  reason: '不同意的理由',
  answer: '答复',
  appeal: '申诉',
  outcome: '申诉处理理由',
  contact: '联系方式',
  file: '文件',
};

const basisOf = ({ law, article }: FactsOf<'removal'>['basis']) => `《${statuteLabels[law]}》第${article}条`;
const seatLabels = {
  director: '宣传部负责人',
  leadership: '分管领导或书记、校长',
  safety: '值班部门',
} as const;

type Rows = [string, string][];
/** Facts in words; the title of an entry is its first row. */
export function describeEntry(entry: AnyEntry): Rows {
  const { facts, people } = entry;
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? '已停用账号';
  switch (facts.kind) {
    case 'lawful-request':
      return describeLawful(facts, nameOf);
    case 'removal':
      return describeRemoval(facts, nameOf);
    case 'public-request':
      return describePublic(facts);
  }
}

function describeLawful(facts: FactsOf<'lawful-request'>, nameOf: (id: string) => string): Rows {
  const { disclosure } = facts;
  return [
    ['调取机关', `${facts.organ}，${facts.documentNumber}`],
    ['依据', basisOf(facts.basis)],
    ['收到', formatMoment(facts.receivedAt)],
    ['调取内容', facts.items.map(({ id }) => id).join('、')],
    ['纸质文书', facts.paperPlace],
    ['扫描件 SHA-256', facts.scanSha256],
    ['登记人', nameOf(facts.registeredBy)],
    ...facts.approvals.map(({ seat, actorId, at }): [string, string] => [
      `${seatLabels[seat]}同意`,
      `${nameOf(actorId)}，${formatMoment(at)}`,
    ]),
    ...(disclosure === null
      ? []
      : ([
          ['已提供', `${disclosure.provided.length} 条，${formatMoment(disclosure.at)}`],
          ['无可提供', disclosure.withheld.length === 0 ? '无' : disclosure.withheld.join('、')],
          ['文件 SHA-256', disclosure.sha256],
          ['下载截止', formatMoment(disclosure.expiresAt)],
        ] as Rows)),
  ];
}

function describeRemoval(facts: FactsOf<'removal'>, nameOf: (id: string) => string): Rows {
  const { approval, done, appeal } = facts;
  return [
    ['情形', `${groundLabels[facts.ground]}（${platformLabels[facts.platform]}）`],
    ['条款', basisOf(facts.basis)],
    ['信息编号', facts.postId ?? '本系统没有这条信息'],
    ['截图 SHA-256', facts.screenshotSha256],
    ['提出人', nameOf(facts.proposedBy)],
    ...(approval === null ? [] : ([['第二人', nameOf(approval.actorId)]] as Rows)),
    ...(done === null
      ? []
      : ([
          ['平台上处置', `${formatMoment(done.at)}，${nameOf(done.by)}`],
          ['告知发布者', done.toldThere ? '已通过平台告知' : '未能告知'],
        ] as Rows)),
    ...(appeal === null
      ? []
      : ([
          ['申诉', appeal.outcome === null ? '待处理' : appeal.outcome === 'upheld' ? '成立' : '不成立'],
        ] as Rows)),
  ];
}

function describePublic(facts: FactsOf<'public-request'>): Rows {
  const when = (instant: string | null) => (instant === null ? '未办' : formatMoment(instant));
  return [
    ['要求', `${wishLabels[facts.wish]}（${platformLabels[facts.platform]}）`],
    ['来源', doorLabels[facts.door]],
    ['最迟答复', formatMoment(facts.dueAt)],
    ['核对的内容', facts.postIds.length === 0 ? '还没有核对' : facts.postIds.join('、')],
    ...(facts.wish === 'erase' || facts.wish === 'object'
      ? ([['清除文字', when(facts.erasedAt)]] as Rows)
      : []),
    ...(facts.wish === 'object' ? ([['登入名单', when(facts.listedAt)]] as Rows) : []),
    ...(facts.correction === null ? [] : ([['更正公告', facts.correction.text]] as Rows)),
    ...(facts.leadId === null ? [] : ([['线索', facts.leadId]] as Rows)),
    ['结果', facts.outcome === null ? '未答复' : outcomeLabels[facts.outcome]],
    ['联系方式', facts.hasContact ? '有（密封）' : '没有留'],
  ];
}
