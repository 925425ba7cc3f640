import type {
  HandoverCounts,
  HandoverDetail,
  HandoverEventView,
  HandoverPage,
  HandoverSummary,
} from '../../../review-api/contract/handover.ts';

export type HandoverState = HandoverSummary['state'];
export type Urgency = HandoverSummary['urgency'];
export type HandoverMove = HandoverDetail['moves'][number];
export type HandoverFilter = HandoverCounts['items'][number]['filter'];
export type ReturnReason = NonNullable<HandoverEventView['reason']>;
type EventKind = HandoverEventView['kind'];
type Level = NonNullable<HandoverEventView['level']>;
export type ListedHandover = HandoverPage['items'][number];

export const handoverStateLabels: Record<HandoverState, string> = {
  sent: '待签收',
  received: '办理中',
  answered: '已答复',
  closed: '已办结',
  returned: '已退回',
  withdrawn: '已撤回',
};

export const urgencyLabels: Record<Urgency, string> = { normal: '普通', urgent: '加急', top: '特急' };

/** In the order of the tabs. */
export const filterLabels: Record<HandoverFilter, string> = {
  active: '未结',
  sent: '待签收',
  received: '办理中',
  near: '临期',
  overdue: '超期',
  extension: '延期待批',
  answered: '已答复待办结',
  returned: '已退回',
  supervised: '督办',
  done: '已结束',
  all: '全部',
};

export const returnReasonLabels: Record<ReturnReason, string> = {
  'not-ours': '非本单位职责',
  'too-little-known': '信息不全，无法办理',
  other: '其他',
};

export const levelLabels: Record<Level, string> = {
  'unit-head': '承办单位负责人',
  director: '宣传部负责人',
  leader: '分管领导',
};

export const eventWords: Record<EventKind, string> = {
  sent: '发出转办单',
  receive: '签收',
  return: '退回',
  'ask-extension': '申请延期',
  'grant-extension': '批准延期',
  'refuse-extension': '不批准延期',
  'ask-help': '请求协办',
  'add-co-units': '增加协办单位',
  opinion: '协办意见',
  urge: '催办',
  supervise: '列入督办',
  draft: '拟稿',
  answer: '答复',
  redo: '退回重办',
  reassign: '改派',
  close: '办结',
  withdraw: '撤回',
  reminded: '系统提醒：尚未签收',
  escalated: '系统提示：已超期',
};

/** What the form of a move asks for, and what it says. */
export interface MoveWords {
  label: string;
  /** What the move does. */
  effect: string;
  textLabel: string;
  needsText: boolean;
  due?: 'required' | 'optional';
  dueLabel?: string;
  unit?: 'required' | 'optional';
  unitLabel?: string;
  units?: string;
  reason?: true;
  /** Takes the slip out of one's hands: shown apart. */
  grave?: true;
}

const usual = { textLabel: '说明', needsText: false } as const;

export const moveWords: Record<HandoverMove, MoveWords> = {
  receive: { ...usual, label: '签收', effect: '确认由本单位办理，开始办理。' },
  return: {
    ...{ ...usual, label: '退回', effect: '退给宣传部，由其改派或另行处理。', reason: true, grave: true },
    ...{ unit: 'optional', unitLabel: '建议转给的单位' },
  },
  'ask-extension': {
    ...{
      label: '申请延期',
      effect: '由宣传部批准后生效，最多两次。',
      textLabel: '延期理由',
      needsText: true,
    },
    ...{ due: 'required', dueLabel: '延期到' },
  },
  'grant-extension': {
    ...{ ...usual, label: '批准延期', effect: '按申请的期限批准；也可以批得短一些。' },
    ...{ due: 'optional', dueLabel: '批准到（不填为申请的期限）' },
  },
  'refuse-extension': {
    ...{ label: '不批准延期', effect: '原期限不变。', textLabel: '理由', needsText: true },
  },
  'ask-help': {
    ...{ label: '请求协办', effect: '请宣传部增加协办单位。', textLabel: '需要协助的事项', needsText: true },
    units: '希望协助的单位',
  },
  'add-co-units': {
    ...usual,
    label: '加协办单位',
    effect: '协办单位可以看到本单并填写意见。',
    units: '协办单位',
  },
  opinion: {
    label: '填写协办意见',
    effect: '供承办单位答复时参考。',
    textLabel: '协办意见',
    needsText: true,
  },
  urge: { ...usual, label: '催办', effect: '记入办理过程；一小时内只能催一次。' },
  supervise: { ...usual, label: '督办', effect: '列入督办清单，直到办结。' },
  draft: {
    label: '拟答复稿',
    effect: '先存下来，由单位负责人审定后答复。',
    textLabel: '答复稿',
    needsText: true,
  },
  answer: {
    ...{ label: '答复', effect: '以单位名义答复，送宣传部办结。', textLabel: '答复内容', needsText: true },
  },
  redo: {
    ...{
      label: '退回重办',
      effect: '答复不够，请单位补充后再答复。',
      textLabel: '哪里不够',
      needsText: true,
    },
    ...{ due: 'optional', dueLabel: '新的期限（不填为原期限）' },
  },
  reassign: {
    ...{ ...usual, label: '改派', effect: '转给另一个单位承办。', textLabel: '给新单位的说明' },
    ...{ unit: 'required', unitLabel: '承办单位', units: '协办单位', due: 'required', dueLabel: '办理期限' },
  },
  close: { ...usual, label: '办结', effect: '转办单和线索一并办结。' },
  withdraw: {
    ...{ label: '撤回', effect: '线索回到审核队列。', textLabel: '撤回理由', needsText: true, grave: true },
  },
};

const doors: Partial<Record<HandoverMove, 'actOnHandover' | 'answerHandover' | 'superviseHandover'>> = {
  receive: 'actOnHandover',
  return: 'actOnHandover',
  'ask-extension': 'actOnHandover',
  'ask-help': 'actOnHandover',
  opinion: 'actOnHandover',
  draft: 'actOnHandover',
  answer: 'answerHandover',
  supervise: 'superviseHandover',
};

/** By which route a move goes. */
export function doorOf(
  move: HandoverMove,
): 'actOnHandover' | 'answerHandover' | 'superviseHandover' | 'manageHandover' {
  return doors[move] ?? 'manageHandover';
}

const waiting: readonly HandoverState[] = ['sent', 'received'];

export function isWaiting(state: HandoverState): boolean {
  return waiting.includes(state);
}
