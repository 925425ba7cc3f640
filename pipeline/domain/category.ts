import { z } from 'zod';
import type { AccessClass } from './access-class.ts';

/**
 * The closed list of what the machine may look for. There is no category for opinion, politics or loyalty (rule R6);
 * `test/rights` holds this list frozen.
 */
export const Category = z.enum([
  'self-harm',
  'violence',
  'emergency',
  'leak',
  'tamper',
  'dead-link',
  'stale',
  'outage',
  'fraud',
  'phishing-link',
  'harassment',
  'unverified-claim',
  'advert',
  'spam',
]);
export type Category = z.infer<typeof Category>;

export const Family = z.enum(['safety', 'integrity', 'fraud', 'abuse', 'assertion', 'noise']);
export type Family = z.infer<typeof Family>;

/** `safety` for the people on duty, `review` for the publicity office, `operations` for the site's keepers, `service` for answers. */
export const QueueName = z.enum(['safety', 'review', 'operations', 'service']);
export type QueueName = z.infer<typeof QueueName>;

interface CategoryFacts {
  family: Family;
  queues: readonly QueueName[];
  access: AccessClass;
  /** Independent of reach and tone: never below `important`. */
  lifeSafety: boolean;
}

export const categoryFacts: Record<Category, CategoryFacts> = {
  'self-harm': { family: 'safety', queues: ['safety'], access: 'safety', lifeSafety: true },
  violence: { family: 'safety', queues: ['safety', 'review'], access: 'open', lifeSafety: true },
  emergency: { family: 'safety', queues: ['safety', 'review'], access: 'open', lifeSafety: true },
  leak: { family: 'integrity', queues: ['operations', 'review'], access: 'victim', lifeSafety: false },
  tamper: { family: 'integrity', queues: ['operations', 'review'], access: 'open', lifeSafety: false },
  'dead-link': { family: 'integrity', queues: ['operations', 'review'], access: 'open', lifeSafety: false },
  stale: { family: 'integrity', queues: ['operations', 'review'], access: 'open', lifeSafety: false },
  outage: { family: 'integrity', queues: ['operations', 'review'], access: 'open', lifeSafety: false },
  fraud: { family: 'fraud', queues: ['review', 'safety'], access: 'open', lifeSafety: false },
  'phishing-link': { family: 'fraud', queues: ['review', 'safety'], access: 'open', lifeSafety: false },
  harassment: { family: 'abuse', queues: ['review'], access: 'victim', lifeSafety: false },
  'unverified-claim': { family: 'assertion', queues: ['review'], access: 'open', lifeSafety: false },
  advert: { family: 'noise', queues: [], access: 'open', lifeSafety: false },
  spam: { family: 'noise', queues: [], access: 'open', lifeSafety: false },
};

export const ServiceKind = z.enum(['complaint', 'suggestion', 'question', 'praise']);
export type ServiceKind = z.infer<typeof ServiceKind>;

export const ServiceTopic = z.enum([
  'canteen',
  'dormitory',
  'teaching',
  'fees',
  'network',
  'medical',
  'admission-employment',
  'logistics',
  'library',
  'security',
  'other',
]);
export type ServiceTopic = z.infer<typeof ServiceTopic>;

/** What a rule may be for, in the office's words: the screen name of every target, and nothing else (R6). */
export const purposeNames: Record<Category | ServiceKind | ServiceTopic, string> = {
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
  complaint: '投诉',
  suggestion: '建议',
  question: '咨询',
  praise: '表扬',
  canteen: '食堂',
  dormitory: '宿舍',
  teaching: '教务',
  fees: '收费',
  network: '网络',
  medical: '医疗',
  'admission-employment': '招生就业',
  logistics: '后勤',
  library: '图书馆',
  security: '安全',
  other: '其他',
};
