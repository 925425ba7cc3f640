import { z } from 'zod';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import { ReasonCode } from '../../pipeline/domain/case.ts';
import { QueueName } from '../../pipeline/domain/category.ts';
import { PostKind } from '../../pipeline/domain/post.ts';
import { LexiconRule, RuleState } from '../../pipeline/domain/rule.ts';
import { RuleMoveReason } from '../../pipeline/domain/rule-history.ts';
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

const Changed = z.object({
  at: z.string(),
  /** Null for whoever may write to the data, and for accounts that are gone. */
  byName: z.string().nullable(),
});

export const RuleList = z
  .object({
    items: z.array(RuleView),
    /** Of rules that were changed since they came from a file. */
    lastChanges: z.array(Changed.extend({ ruleId: z.string() })),
  })
  .meta({ id: 'RuleList' });
export type RuleList = z.infer<typeof RuleList>;

export const RuleHistory = z
  .object({
    /** Newest first. */
    items: z.array(
      Changed.extend({
        rule: LexiconRule,
        by: z.enum(['person', 'file']),
        /** Of a move, where one was given. */
        reason: RuleMoveReason.nullable(),
      }),
    ),
    /** What this person may make of it now. */
    nextStates: z.array(RuleState),
    mayEdit: z.boolean(),
  })
  .meta({ id: 'RuleHistory' });
export type RuleHistory = z.infer<typeof RuleHistory>;

const RuleContent = LexiconRule.omit({ version: true, state: true });

/** A new rule begins as a draft. `seenVersion` is the one that the person saw; 0 for a new rule. */
export const SaveRuleRequest = z
  .strictObject({ rule: RuleContent, seenVersion: z.int().nonnegative() })
  .meta({ id: 'SaveRuleRequest' });

export const RuleStateRequest = z
  .strictObject({
    to: RuleState,
    seenVersion: z.int().positive(),
    reason: RuleMoveReason.nullable().default(null),
  })
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
    /** Chosen by whoever asks, to be told meanwhile how far it is. */
    trialId: z.uuid().optional(),
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
    /** Hits that the rule as it is in force does not make; all where it is not in force, or is tried as it stands. */
    gained: z.int(),
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
        /** Newly hit, hit as before, or no longer hit; at most twenty hits and twenty lost ones. */
        becomes: z.enum(['gained', 'kept', 'lost']),
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

export type WhatIfView = z.infer<typeof WhatIfView>;

/** Nulls: this process knows nothing of it, not begun or already done. */
export const TrialProgress = z
  .object({ scanned: z.int().nullable(), total: z.int().nullable() })
  .meta({ id: 'TrialProgress' });

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
