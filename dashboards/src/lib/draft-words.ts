import type { DraftCounts, DraftDetail, DraftSummary } from '../../../review-api/contract/draft.ts';
import { stepNames } from '../../../review-api/contract/draft-names.ts';

export type DraftMove = DraftDetail['moves'][number];
export type DraftFilter = DraftCounts['items'][number]['filter'];

export const draftFilterLabels: Record<DraftFilter, string> = {
  'to-review': '待我办理',
  mine: '我写的',
  'in-review': '审校中',
  returned: '已退回',
  writing: '起草中',
  approved: '待发布',
  published: '已发布',
  late: '待补审',
  unconfirmed: '待确认签批',
  'take-down': '待撤下',
  closed: '已办结',
  all: '全部',
};

/** Which of its filters are shown although nothing is in them. */
export const standingFilters: readonly DraftFilter[] = [
  'to-review',
  'mine',
  'in-review',
  'approved',
  'published',
  'all',
];

type Field = 'step' | 'errors' | 'urgent' | 'channel' | 'url' | 'offline' | 'keys';

export interface DraftMoveWords {
  label: string;
  /** What it does, before it is done. */
  effect: string;
  textLabel: string;
  needsText: boolean;
  asks: readonly Field[];
  /** Ends something, or goes back: never the first button. */
  grave?: true;
}

export const draftMoveWords: Record<DraftMove, DraftMoveWords> = {
  submit: {
    ...{ label: '送审', textLabel: '给审校人的说明', needsText: false, asks: ['urgent'] },
    effect:
      '现在的文字成为一个版本，送第一个环节的审校人；审校期间不能修改。文字没有改动的，从上次停下的环节继续。',
  },
  pass: {
    ...{ label: '通过', textLabel: '审校意见', needsText: false, asks: ['step', 'errors'] },
    effect: '您的姓名、意见和差错数记入三校台账。最后一个环节通过后，稿件锁定为定稿。',
  },
  return: {
    ...{ label: '退回修改', textLabel: '要修改什么', needsText: true, asks: ['step'], grave: true },
    effect: '稿件回到写稿人。改动后要重新审校；只作说明、不改文字的，从您这里继续。',
  },
  reject: {
    ...{ label: '否决', textLabel: '否决理由', needsText: true, asks: ['step'], grave: true },
    effect: '稿件到此为止，不能再送审。',
  },
  withdraw: {
    ...{ label: '撤回', textLabel: '说明', needsText: false, asks: [], grave: true },
    effect: '审校停止，稿件回到您手里。',
  },
  reopen: {
    ...{ label: '重新修改', textLabel: '为什么修改', needsText: true, asks: [], grave: true },
    effect: '原定稿立即作废，全部环节重新审校。',
  },
  'ask-allowance': {
    ...{ label: '申请放行', textLabel: '为什么可以这样发布', needsText: true, asks: ['keys'] },
    effect: '请终审人决定：标为“必须处理”的问题是否可以保留。',
  },
  allow: {
    ...{ label: '同意放行', textLabel: '放行理由', needsText: true, asks: ['keys'] },
    effect: '所列问题可以保留，理由记入审核登记表。',
  },
  'refuse-allowance': {
    ...{ label: '不予放行', textLabel: '理由', needsText: true, asks: [], grave: true },
    effect: '写稿人必须改正所列问题才能送审。',
  },
  'record-offline': {
    ...{ label: '登记线下签批', textLabel: '签批意见', needsText: false, asks: ['step', 'offline'] },
    effect: '按签批单登记为签批人的意见，签批人要在两天内本人确认。',
  },
  'confirm-offline': {
    ...{ label: '确认是我签批的', textLabel: '说明', needsText: false, asks: ['step'] },
    effect: '确认签批单上是您本人的意见。',
  },
  'deny-offline': {
    ...{ label: '不是我签批的', textLabel: '说明', needsText: true, asks: ['step'], grave: true },
    effect: '定稿立即作废，稿件退回；已经发布的转入更正。',
  },
  'object-late': {
    ...{ label: '补审不通过', textLabel: '问题是什么', needsText: true, asks: ['step'], grave: true },
    effect: '定稿立即作废，稿件退回；已经发布的转入更正。',
  },
  'mark-published': {
    ...{ label: '登记发布', textLabel: '说明', needsText: false, asks: ['channel', 'url'] },
    effect: '登记在哪个渠道发布、地址是什么；系统据此核对线上内容与定稿是否一致。',
  },
  'start-correction': {
    ...{ label: '更正', textLabel: '更正什么', needsText: true, asks: [], grave: true },
    effect: '打开稿件修改，重新审校、重新锁定后再发布。线上内容仍按原定稿核对。',
  },
  'cancel-correction': {
    ...{ label: '取消更正', textLabel: '说明', needsText: true, asks: [], grave: true },
    effect: '线上内容维持原定稿。',
  },
  'ask-recall': {
    ...{ label: '申请撤稿', textLabel: '撤稿理由', needsText: true, asks: [], grave: true },
    effect: '由终审人决定；同意后列出要撤下的渠道。',
  },
  'mark-taken-down': {
    ...{ label: '登记已撤下', textLabel: '说明', needsText: false, asks: ['channel'] },
    effect: '登记这个渠道上的内容已由人撤下。',
  },
  archive: {
    ...{ label: '归档', textLabel: '说明', needsText: false, asks: [], grave: true },
    effect: '办结归档，自今日起保存三年。',
  },
  discard: {
    ...{ label: '弃稿', textLabel: '说明', needsText: false, asks: [], grave: true },
    effect: '不再使用这篇稿件。从未送审的，30 天后清除。',
  },
};

/** What is usually done next, first. */
const usualOrder: readonly DraftMove[] = [
  'submit',
  'pass',
  'confirm-offline',
  'allow',
  'mark-published',
  'mark-taken-down',
];

export function orderMoves(moves: readonly DraftMove[]): DraftMove[] {
  const rank = (move: DraftMove) => {
    const usual = usualOrder.indexOf(move);
    if (usual >= 0) return usual;
    return draftMoveWords[move].grave === true ? 200 : 100;
  };
  return [...moves].sort((a, b) => rank(a) - rank(b));
}

/** What a line of a list says about where the draft stands. */
export function describeStanding(draft: DraftSummary): string {
  const steps = draft.openSteps.map((step) => stepNames[step]).join('、');
  const aim = draft.purpose === 'recall' ? '撤稿' : draft.purpose === 'correction' ? '更正' : '';
  if (draft.state === 'in-review') return `${aim}${aim === '' ? '' : '：'}等待${steps}`;
  if (draft.asksAllowance) return '等待终审人放行';
  if (steps !== '') return `待补审：${steps}`;
  if (draft.takeDown !== null && draft.takeDown.left.length > 0)
    return `${draft.takeDown.left.map(({ name }) => name).join('、')} 待撤下`;
  return '';
}
