import { z } from 'zod';
import { ServiceTopic } from './category.ts';
import { ChannelKind } from './channel.ts';
import type { Role } from './role.ts';
import { daysBetween, Instant } from './time.ts';

/** 口径: `service` answers what people ask for, `statement` says where the school stands, `help` shows where help is found. */
export const StockAnswerKind = z.enum(['service', 'statement', 'help']);
export type StockAnswerKind = z.infer<typeof StockAnswerKind>;

export const StockAnswerState = z.enum(['draft', 'in-review', 'approved', 'retired']);
export type StockAnswerState = z.infer<typeof StockAnswerState>;

export const longestBody = 2000;
/** What fits a comment on every platform that is crawled. */
export const longestShortBody = 140;

const Day = z.iso.date();

/** Where the facts stand that an answer tells. */
const FactSource = z.object({
  document: z.string().min(1).max(120),
  date: Day,
  link: z.string().max(1000).nullable(),
});

/** What people write. Days are calendar days in Shanghai, both counted in. */
export const StockContent = z.object({
  title: z.string().min(2).max(80),
  /** Plain words of the questions that it answers. */
  words: z.array(z.string().min(2).max(20)).max(20),
  topics: z.array(ServiceTopic),
  /** Where it fits; empty: everywhere. */
  channelKinds: z.array(ChannelKind),
  body: z.string().min(5).max(longestBody),
  /** For comments; null where the whole is short enough, or nothing shorter will do. */
  shortBody: z.string().max(longestShortBody).nullable(),
  source: FactSource,
  validFrom: Day,
  validUntil: Day,
});
export type StockContent = z.infer<typeof StockContent>;

/** One version. What was approved never changes: a change is the next version, and the one before goes on meanwhile. */
export const StockVersion = StockContent.extend({
  version: z.int().positive(),
  state: StockAnswerState,
  /** Everybody who worked on this version: none of them approves it. */
  writtenBy: z.array(z.string()).min(1),
  writtenAt: Instant,
  submittedAt: Instant.nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: Instant.nullable(),
  retiredBy: z.string().nullable(),
  retiredAt: Instant.nullable(),
  /** Why it was sent back or retired. */
  remark: z.string().nullable(),
});
export type StockVersion = z.infer<typeof StockVersion>;

/** A stock answer with its whole history, oldest version first. */
export const StockAnswer = z.object({
  id: z.string(),
  /** Raised by every change: whoever changes names the one they saw. */
  revision: z.int().positive(),
  kind: StockAnswerKind,
  /** Who answers for the content. */
  unitId: z.string(),
  createdAt: Instant,
  /** When somebody last called the numbers, or asked the place, that a help text names. */
  checked: z.object({ on: Day, by: z.string() }).nullable(),
  versions: z.array(StockVersion).min(1),
});
export type StockAnswer = z.infer<typeof StockAnswer>;

/** Who lets which kind out. Help is approved by those who give it. */
export const approvers: Record<StockAnswerKind, Role> = {
  service: 'director',
  statement: 'director',
  help: 'safety',
};

export function newestVersion(answer: StockAnswer): StockVersion {
  const newest = answer.versions.at(-1);
  if (newest === undefined) throw new Error('a stock answer without a version');
  return newest;
}

/** The one that replies may be drafted from, if it is still valid: the newest approved whose first day has come. */
export function liveVersion(answer: StockAnswer, today: string): StockVersion | null {
  const live = answer.versions.filter(({ state, validFrom }) => state === 'approved' && validFrom <= today);
  return live.at(-1) ?? null;
}

/** Numbers are called every month. */
const daysBetweenChecks = 31;
/** So many days before the end, the nearest first. */
const reminders = [7, 30] as const;

export interface StandingAnswer {
  /** `none`: nothing is approved; `coming`: approved, its first day lies ahead. */
  validity: 'none' | 'coming' | 'valid' | 'expired';
  /** To be renewed: within 7 or 30 days of its end, or past it. */
  renewal: 7 | 30 | 'expired' | null;
  daysLeft: number | null;
  /** Of help texts: whether the numbers were checked within the month. */
  check: 'not-needed' | 'fresh' | 'overdue';
}

/** How it stands on a day: what may be offered, and what wants somebody's attention. */
export function standingOf(answer: StockAnswer, today: string): StandingAnswer {
  const isFresh = answer.checked !== null && daysBetween(answer.checked.on, today) <= daysBetweenChecks;
  const check = answer.kind !== 'help' ? 'not-needed' : isFresh ? 'fresh' : 'overdue';
  const live = liveVersion(answer, today);
  if (live === null) {
    const isComing = answer.versions.some(({ state }) => state === 'approved');
    return { validity: isComing ? 'coming' : 'none', renewal: null, daysLeft: null, check };
  }
  const daysLeft = daysBetween(today, live.validUntil);
  if (daysLeft < 0) return { validity: 'expired', renewal: 'expired', daysLeft, check };
  return {
    validity: 'valid',
    renewal: reminders.find((days) => daysLeft <= days) ?? null,
    daysLeft,
    check,
  };
}
