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
