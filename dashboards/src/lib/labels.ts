import { caseStateNames, riskLevelNames } from '../../../review-api/contract/case-names.ts';
import type {
  Category,
  EventKind,
  PostKind,
  QueueName,
  RiskLevel,
  SentimentLabel,
  ServiceKind,
  ServiceTopic,
  SourceMark,
} from './codes.ts';

/** What the office reads for every code. Decisions and their reasons are in `decision-labels.ts`. */
export const queueLabels: Record<QueueName, string> = {
  review: '审核',
  service: '服务',
  safety: '安全',
  operations: '运维',
};

/** The order of the tabs: the office's own work first. */
export const queueOrder: readonly QueueName[] = ['review', 'service', 'safety', 'operations'];

export const levelLabels = riskLevelNames;

/** Filled steps of the level bar, of four. */
export const levelSteps: Record<RiskLevel, number> = { low: 1, watch: 2, important: 3, urgent: 4 };

export const stateLabels = caseStateNames;

export const categoryLabels: Record<Category, string> = {
  'self-harm': '自伤风险',
  violence: '暴力威胁',
  emergency: '突发险情',
  leak: '个人信息泄露',
  tamper: '页面篡改',
  'dead-link': '失效链接',
  stale: '久未更新',
  outage: '无法访问',
  fraud: '涉诈信息',
  'phishing-link': '钓鱼链接',
  harassment: '人身攻击',
  'unverified-claim': '待核实说法',
  advert: '广告',
  spam: '垃圾信息',
};

export type CategoryFamily = 'safety' | 'integrity' | 'fraud' | 'abuse' | 'assertion' | 'noise';

/** A family gives a mark its line and tint; the words always say the category too. */
export const categoryFamilies: Record<Category, CategoryFamily> = {
  'self-harm': 'safety',
  violence: 'safety',
  emergency: 'safety',
  leak: 'integrity',
  tamper: 'integrity',
  'dead-link': 'integrity',
  stale: 'integrity',
  outage: 'integrity',
  fraud: 'fraud',
  'phishing-link': 'fraud',
  harassment: 'abuse',
  'unverified-claim': 'assertion',
  advert: 'noise',
  spam: 'noise',
};

export const postKindLabels: Record<PostKind, string> = {
  article: '文章',
  status: '动态',
  comment: '评论',
  lead: '线索',
};

export const serviceKindLabels: Record<ServiceKind, string> = {
  complaint: '投诉',
  suggestion: '建议',
  question: '咨询',
  praise: '表扬',
};

export const serviceTopicLabels: Record<ServiceTopic, string> = {
  canteen: '食堂',
  dormitory: '宿舍',
  teaching: '教务',
  fees: '收费',
  network: '网络',
  medical: '医疗',
  'admission-employment': '招生就业',
  logistics: '后勤',
  library: '图书馆',
  security: '安全保卫',
  other: '其他',
};

const sentimentLabels: Record<SentimentLabel, string> = {
  negative: '偏负面',
  neutral: '中性',
  positive: '偏正面',
};

const surestGuess = 0.5;

/** What is more likely wrong than right is not given a direction. */
export function describeTone({ label, confidence }: { label: SentimentLabel; confidence: number }): string {
  return `语气${confidence < surestGuess ? '不明显' : sentimentLabels[label]}`;
}

export const sourceMarkLabels: Record<SourceMark, string> = {
  'source-edited': '原文已修改',
  'source-deleted': '原文已撤下',
  'text-erased': '正文已到期清除',
};

export const eventLabels: Record<EventKind, string> = {
  opened: '进入队列',
  decided: '处理意见',
  undone: '撤销处理意见',
  'source-edited': '原文有修改',
  'reach-grown': '传播扩大，风险上调',
  joined: '近似信息并入',
  split: '拆出近似信息',
  raised: '从未入队列的信息中捞回',
  'reply-seen': '已见官方回复，建议办结',
  closed: '办结',
  reopened: '重新打开',
  noted: '备注',
  'taken-over': '接手处理',
  'lead-changed': '更正登记内容',
  'lead-withdrawn': '撤回登记',
  'unit-answered': '单位答复',
  'unit-returned': '单位退回',
  'answer-refused': '退回重办',
  reassigned: '改派',
  'handover-withdrawn': '撤回转办单',
};

const stageLabels: Record<string, string> = {
  segment: '分词',
  lexicon: '词库比对',
  'personal-data': '个人信息检查',
  sentiment: '语气判断',
  service: '服务诉求判断',
};

/** Stages are open-ended: an unknown one is shown by its own name. */
export function stageLabel(stage: string): string {
  return stageLabels[stage] ?? stage;
}

const riskPartLabels: Record<string, string> = {
  danger: '所涉事项',
  reach: '传播范围（比本渠道平常）',
  speed: '传播速度（比本渠道平常）',
  service: '服务诉求',
  lifeSafety: '生命安全保底',
  tone: '语气',
};

/** Parts of the risk score are open-ended too. */
export function riskPartLabel(part: string): string {
  return riskPartLabels[part] ?? part;
}
