import { z } from 'zod';
import { ServiceTopic } from './category.ts';
import { Conflict, InvalidInput } from './errors.ts';
import { DayKind } from './school-period.ts';
import { Instant } from './time.ts';

/** On a Shanghai clock, as `2026-03-05T14`. */
const HourText = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}$/);

/** Why a person says that it was none. */
export const DismissReason = z.enum(['unrelated', 'calendar', 'copies', 'gathering', 'other']);
export type DismissReason = z.infer<typeof DismissReason>;

export const BurstState = z.enum(['open', 'ended', 'dismissed']);
export type BurstState = z.infer<typeof BurstState>;

/**
 * 异常增长: one wave of public items on a channel, on one matter or on all together. Of volume alone: tone begins none and ends none
 * (R6, R7). Counted from items of class `open` only, so that nothing of another class can be read off it (R19). No text, nobody.
 */
export const Burst = z.object({
  /** Of series and first hour: two processes that find the same wave give it the same name. */
  id: z.string(),
  version: z.int().positive(),
  channelId: z.string(),
  /** Null: all matters. */
  topic: ServiceTopic.nullable(),
  /** By when the items were published, whenever they were gathered. */
  from: HourText,
  /** The last hour that was above what is usual. */
  last: HourText,
  peakHour: HourText,
  peakCount: z.int(),
  /** From the first hour to the last. Near copies count three times at most. */
  observed: z.int(),
  expected: z.number(),
  /** Of the window that told it: how often as many would come on ordinary days. */
  chance: z.number(),
  windowHours: z.int(),
  method: z.enum(['hour-of-week', 'day-type', 'prior']),
  /** What the day was by the calendar when it began; taken into account. */
  calendar: z.array(DayKind),
  noticedAt: Instant,
  /** It was over, or long under way, before its items were gathered. */
  late: z.boolean(),
  state: BurstState,
  dismissed: z.object({ reason: DismissReason, by: z.string(), at: Instant }).nullable(),
});
export type Burst = z.infer<typeof Burst>;

/** A person's answer. */
export const BurstAnswer = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('dismiss'),
    commandId: z.uuid(),
    seenVersion: z.int().positive(),
    reason: DismissReason,
  }),
  z.strictObject({ is: z.literal('reopen'), commandId: z.uuid(), seenVersion: z.int().positive() }),
]);
export type BurstAnswer = z.infer<typeof BurstAnswer>;

/**
 * What an answer makes of a burst. What was dismissed is `ended` when it is taken up again; if it still goes on, the next look says so.
 * @throws Conflict, InvalidInput
 */
export function answerBurst(burst: Burst, answer: BurstAnswer, by: { actorId: string; at: string }): Burst {
  if (burst.version !== answer.seenVersion) throw new Conflict('这次异常增长已有更新，请刷新后再处理。');
  const version = burst.version + 1;
  if (answer.is === 'reopen') {
    if (burst.state !== 'dismissed') throw new InvalidInput('is', '只有已排除的异常增长可以恢复。');
    return { ...burst, version, state: 'ended', dismissed: null };
  }
  if (burst.state === 'dismissed') throw new InvalidInput('is', '这次异常增长已经排除。');
  const dismissed = { reason: answer.reason, by: by.actorId, at: by.at };
  return { ...burst, version, state: 'dismissed', dismissed };
}

export function burstId(channelId: string, topic: ServiceTopic | null, from: string): string {
  return `${channelId}~${topic ?? 'all'}~${from}`;
}
