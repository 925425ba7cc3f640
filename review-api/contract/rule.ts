import { z } from 'zod';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import { ReasonCode } from '../../pipeline/domain/case.ts';
import { QueueName } from '../../pipeline/domain/category.ts';
import { PostKind } from '../../pipeline/domain/post.ts';
import { LexiconRule, RuleState } from '../../pipeline/domain/rule.ts';
import { RiskLevel } from '../../pipeline/domain/verdict.ts';
import { IdText, Purpose, TypedText } from './fields.ts';

const Day = z.iso.date();

/** Input and output differ by what has a default; as answered, everything is there. */
export const RuleView = z
  .object({
    ...LexiconRule.shape,
    /** Decides, or is recorded on trial. */
    running: z.boolean(),
    /** Past its day and running on: 逾期未复审. */
    overdue: z.boolean(),
  })
  .meta({ id: 'RuleView' });
export type RuleView = z.infer<typeof RuleView>;

export const RuleList = z.object({ items: z.array(RuleView) }).meta({ id: 'RuleList' });

const RuleContent = LexiconRule.omit({ version: true, state: true });

/** A new rule begins as a draft. `seenVersion` is the one that the person saw; 0 for a new rule. */
export const SaveRuleRequest = z
  .strictObject({ rule: RuleContent, seenVersion: z.int().nonnegative() })
  .meta({ id: 'SaveRuleRequest' });

export const RuleStateRequest = z
  .strictObject({ to: RuleState, seenVersion: z.int().positive() })
  .meta({ id: 'RuleStateRequest' });

const Days = z.coerce.number().int().min(1).max(90);

/** Just one of `ruleId`, `rule` and `word`. Posts beyond one's own queues are looked at, so that a purpose is asked for (R23). */
export const WhatIfRequest = z
  .strictObject({
    ruleId: IdText.optional(),
    rule: RuleContent.optional(),
    word: TypedText(1, 100).optional(),
    days: z.int().min(1).max(90).default(30),
    purpose: Purpose,
  })
  .meta({ id: 'WhatIfRequest' });

const Standing = z.object({ queues: z.array(QueueName), level: RiskLevel });

export const WhatIfView = z
  .object({
    /** Posts looked at: those that the person may see in full. */
    scanned: z.int(),
    hits: z.int(),
    /** Posts that the rule as it is in force hits, and the one that was tried does not. */
    lost: z.int(),
    byDay: z.array(z.object({ day: Day, hits: z.int() })),
    byChannel: z.array(z.object({ channel: z.object({ id: z.string(), name: z.string() }), hits: z.int() })),
    /** Null for a bare word. `of` posts were judged with and without; `posts` of them would stand elsewhere. */
    changed: z
      .object({
        posts: z.int(),
        of: z.int(),
        changes: z.array(z.object({ from: Standing, to: Standing, posts: z.int() })),
      })
      .nullable(),
    sample: z.array(
      z.object({
        postId: z.string(),
        channel: z.object({ id: z.string(), name: z.string() }),
        postKind: PostKind,
        url: z.string(),
        accessClass: AccessClass,
        excerpt: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'WhatIfView' });

export const RuleStatsQuery = z.strictObject({ days: Days.default(30) });

const RuleStatsItem = z
  .object({
    ruleId: z.string(),
    /** Null for what is built in, such as the finding of ID numbers. */
    state: RuleState.nullable(),
    version: z.int().nullable(),
    running: z.boolean(),
    overdue: z.boolean(),
    /** Posts of these days, those hit on trial among them. */
    hits: z.int(),
    shadowHits: z.int(),
    byDay: z.array(z.object({ day: Day, hits: z.int() })),
    /** Decided cases with a post that the rule hit, and how many for a reason that speaks against the rule. */
    decided: z.int(),
    against: z.int(),
    byReason: z.array(z.object({ reason: ReasonCode, cases: z.int() })),
    /** Null while too few were decided. */
    precision: z.number().nullable(),
    alarm: z
      .object({ day: Day, hits: z.int(), usual: z.number().nullable(), kind: z.enum(['burst', 'cap']) })
      .nullable(),
  })
  .meta({ id: 'RuleStatsItem' });

export const RuleStatsList = z.object({ items: z.array(RuleStatsItem) }).meta({ id: 'RuleStatsList' });
export type RuleStatsList = z.infer<typeof RuleStatsList>;
