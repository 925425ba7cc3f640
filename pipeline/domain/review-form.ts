import type { CheckFinding, CheckResult } from './check.ts';
import type { Draft, StepPass } from './draft.ts';
import type { DraftContent } from './draft-content.ts';
import type { DraftEvent } from './draft-move-command.ts';
import {
  checkCategoryNames,
  checkLevelNames,
  draftEventNames,
  draftStateNames,
  genreNames,
  licenceNames,
  sourceNames,
} from './draft-names.ts';
import type { PrintedBlock, PrintedCell, PrintedDocument, PrintedRow } from './printed-document.ts';
import { describeTerm } from './retention-class.ts';
import { stepNames } from './step-names.ts';
import { shanghaiClock } from './time.ts';

/** 审核登记表: what is known of a draft, with the names of people, units and channels by their ids. */
export interface ReviewFormFacts {
  draft: Draft;
  /** The version that was submitted last, or is being written. */
  content: DraftContent;
  /** Where its links go, each once, with what the last test of it said, if it was tested. */
  links: readonly { href: string; tested: string | null }[];
  report: CheckResult | null;
  events: readonly DraftEvent[];
  nameOf: (userId: string) => string;
  unitName: string;
  channelName: (channelId: string) => string;
  at: string;
}

const label = (text: string): PrintedCell => ({ text, isLabel: true });
const minute = (at: string | null) => (at === null ? '' : shanghaiClock(at).slice(0, 16));
const yesNo = (value: boolean) => (value ? '是' : '否');

/** Name and value twice in a row, or once across it. */
const wide = (name: string, text: string): PrintedRow => ({ cells: [label(name), { text, span: 3 }] });
const two = (a: string, textA: string, b: string, textB: string): PrintedRow => ({
  cells: [label(a), { text: textA }, label(b), { text: textB }],
});

function describePersonalData({ declarations }: DraftContent): string {
  const { contains, basis, masked } = declarations.personalData;
  if (!contains) return '不含';
  return `含。依据：${basis ?? '未填'}；已脱敏：${yesNo(masked)}`;
}

function describeAi({ declarations, images }: DraftContent): string {
  const { use, labelled } = declarations.ai;
  const pictures = images.filter(({ aiGenerated }) => aiGenerated).length;
  const words = { none: '未使用', assisted: '辅助使用', generated: '由人工智能生成' }[use];
  const mark = use === 'none' && pictures === 0 ? '' : `；标识：${labelled ?? '未填'}`;
  return `${words}${pictures === 0 ? '' : `，生成图片 ${pictures} 张`}${mark}`;
}

function describeSource({ source }: DraftContent): string {
  const parts = [sourceNames[source.kind], source.from, source.url].filter((part) => part !== null);
  return parts.join('，');
}

function describePlaces({ draft, channelName }: ReviewFormFacts): string {
  if (draft.publications.length === 0) return '尚未登记';
  const lines = draft.publications.map(
    ({ channelId, url, at }) => `${channelName(channelId)}　${minute(at)}　${url ?? '未填地址'}`,
  );
  return lines.join('\n');
}

function describeHead(facts: ReviewFormFacts): PrintedRow[] {
  const { draft, content, nameOf, unitName, channelName } = facts;
  const { publicity, secrecy } = content.declarations;
  const maps = content.images.filter(({ showsMap }) => showsMap).map(({ mapNumber }) => mapNumber ?? '未填');
  const published = draft.publications.map(({ by }) => nameOf(by));
  return [
    wide('标题', content.title),
    two('栏目、渠道', draft.channels.map(channelName).join('、'), '体裁', genreNames[draft.genre]),
    two('拟稿单位', unitName, '拟稿人', draft.writers.map(nameOf).join('、')),
    two('拟稿时间', minute(draft.createdAt), '状态', draftStateNames[draft.state]),
    wide('来源', describeSource(content)),
    wide('保密审查', secrecy.reviewed ? `已审查。${secrecy.opinion ?? ''}` : '未填'),
    wide('个人信息', describePersonalData(content)),
    two(
      '公示起止',
      publicity === null ? '不是公示' : `${publicity.from} 至 ${publicity.until}`,
      '审图号',
      maps.join('、') || '无地图',
    ),
    wide('人工智能', describeAi(content)),
    two('拟发布时间', minute(draft.plannedAt), '发布人', [...new Set(published)].join('、')),
    wide('发布地址', describePlaces(facts)),
  ];
}

function describePass(pass: StepPass, nameOf: ReviewFormFacts['nameOf']): PrintedRow {
  const { step, actorId, onBehalfOf, at, opinion, errorsFound, readAloud, offline, late } = pass;
  const who = onBehalfOf === null ? nameOf(actorId) : `${nameOf(actorId)}（代${nameOf(onBehalfOf)}）`;
  const paper =
    offline === null
      ? ''
      : `线下签批 ${offline.signedOn}，${nameOf(offline.recordedBy)}登记，${offline.confirmedAt === null ? '待本人确认' : `${minute(offline.confirmedAt)} 本人确认`}`;
  const remarks = [late ? '补审' : '', paper, opinion].filter((part) => part !== '').join('；');
  const cells = [stepNames[step], who, minute(at), String(errorsFound), yesNo(readAloud), remarks || '通过'];
  return { cells: cells.map((text) => ({ text })) };
}

function describeSteps({ draft, nameOf }: ReviewFormFacts): PrintedBlock[] {
  const passed = new Set(draft.passes.map(({ step }) => step));
  const missing = (draft.chain?.steps ?? []).filter(({ step }) => !passed.has(step));
  const head = ['环节', '审校人', '时间', '差错数', '通读', '意见'].map(label);
  const rows: PrintedRow[] = [
    { cells: head, isHead: true },
    ...draft.passes.map((pass) => describePass(pass, nameOf)),
    ...missing.map(({ step }) => ({
      cells: [stepNames[step], '', '', '', '', ''].map((text) => ({ text })),
    })),
  ];
  const urgency =
    draft.urgent === null ? [] : [{ kind: 'paragraph' as const, text: `急件：${draft.urgent.reason}` }];
  return [
    { kind: 'heading', text: '三审三校' },
    ...urgency,
    { kind: 'table', widths: [14, 17, 17, 8, 8, 36], rows },
  ];
}

/** How each finding was dealt with, as far as the record tells. */
function describeOutcome(finding: CheckFinding, { draft, nameOf }: ReviewFormFacts): string {
  const allowed = draft.allowed.find(({ key }) => key === finding.key);
  if (allowed !== undefined) return `${nameOf(allowed.by)}放行：${allowed.reason}`;
  return finding.level === 'block' ? '未处理' : '审校人已知悉';
}

function describeChecks(facts: ReviewFormFacts): PrintedBlock[] {
  const { report } = facts;
  if (report === null)
    return [
      { kind: 'heading', text: '机器检查' },
      { kind: 'paragraph', text: '尚未送审。' },
    ];
  const versions = report.stages.map(({ name, version }) => `${name} ${version}`).join('，');
  const head = ['类别', '级别', '所在文字', '处理'].map(label);
  const rows: PrintedRow[] = [
    { cells: head, isHead: true },
    ...report.findings.map((finding) => ({
      cells: [
        checkCategoryNames[finding.category],
        checkLevelNames[finding.level],
        finding.suggestion === null ? finding.text : `${finding.text} → ${finding.suggestion || '（删去）'}`,
        describeOutcome(finding, facts),
      ].map((text) => ({ text })),
    })),
  ];
  const table: PrintedBlock[] =
    report.findings.length === 0
      ? [{ kind: 'paragraph', text: '没有发现问题。' }]
      : [{ kind: 'table', widths: [17, 12, 41, 30], rows }];
  const unchecked = report.unchecked.map(
    ({ part, reason }) => `${part === null ? '' : `${part}：`}${reason}`,
  );
  return [
    { kind: 'heading', text: '机器检查' },
    ...table,
    ...(unchecked.length === 0
      ? []
      : [{ kind: 'paragraph' as const, text: `未能检查：${unchecked.join('；')}` }]),
    { kind: 'paragraph', text: `规则版本：${versions}`, small: true },
  ];
}

function describeFiles({ content, links }: ReviewFormFacts): PrintedBlock[] {
  const images = content.images.map(({ name, source, licence, licenceUntil, hash }) =>
    [
      `图片　${name}`,
      `${source ?? '来源未填'}；${licenceNames[licence]}${licenceUntil === null ? '' : `，至 ${licenceUntil}`}`,
      hash.slice(0, 16),
    ].map((text) => ({ text })),
  );
  const files = content.attachments.map(({ name, bytes, hash }) =>
    [`附件　${name}`, `${Math.ceil(bytes / 1024)} KB`, hash.slice(0, 16)].map((text) => ({ text })),
  );
  const places = links.map(({ href, tested }) =>
    ['链接', href, tested ?? '未检测'].map((text) => ({ text })),
  );
  const rows = [...images, ...files, ...places].map((cells) => ({ cells }));
  if (rows.length === 0) return [];
  const head = { cells: ['名称', '来源与授权、大小、地址', '摘要、检测'].map(label), isHead: true };
  return [
    { kind: 'heading', text: '图片、附件和链接' },
    { kind: 'table', widths: [32, 44, 24], rows: [head, ...rows] },
  ];
}

const told: ReadonlySet<DraftEvent['kind']> = new Set<DraftEvent['kind']>([
  ...(['submit', 'return', 'reject', 'withdraw', 'reopen', 'allow', 'deny-offline', 'object-late'] as const),
  ...(['mark-published', 'start-correction', 'cancel-correction', 'ask-recall', 'mark-taken-down'] as const),
  'archive',
]);

function describeHistory({ events, nameOf }: ReviewFormFacts): PrintedBlock[] {
  const rows = events
    .filter(({ kind }) => told.has(kind))
    .map(({ at, kind, actorId, text, round, contentVersion }) => ({
      cells: [
        minute(at),
        `${draftEventNames[kind]}（第 ${round} 次送审，第 ${contentVersion} 版）`,
        nameOf(actorId),
        text ?? '',
      ].map((one) => ({ text: one })),
    }));
  if (rows.length === 0) return [];
  const head = { cells: ['时间', '事项', '办理人', '说明'].map(label), isHead: true };
  return [
    { kind: 'heading', text: '退改、更正和撤回记录' },
    { kind: 'table', widths: [18, 30, 16, 36], rows: [head, ...rows] },
  ];
}

function describeSeal({ draft }: ReviewFormFacts): PrintedBlock {
  const { seal } = draft;
  const text =
    seal === null
      ? '定稿锁定：没有有效的定稿。'
      : `定稿锁定：SHA-256 ${seal.digest}，密钥 ${seal.kid}，${minute(seal.at)}。以后的任何改动都会使它失效。`;
  return { kind: 'paragraph', text, small: true };
}

/** Pure: the form fills itself from the record. */
export function buildReviewForm(facts: ReviewFormFacts): PrintedDocument {
  const { draft, at } = facts;
  return {
    title: '信息发布审核登记表',
    subtitle: `编号：${draft.number ?? '尚未送审'}`,
    blocks: [
      { kind: 'table', widths: [16, 34, 16, 34], rows: describeHead(facts) },
      ...describeSteps(facts),
      ...describeChecks(facts),
      ...describeFiles(facts),
      ...describeHistory(facts),
      describeSeal(facts),
      { kind: 'paragraph', text: `保管期限：办结之日起${describeTerm('publication')}。`, small: true },
    ],
    footer: `${draft.number ?? ''}　打印时间 ${minute(at)}`,
  };
}
