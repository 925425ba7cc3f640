import { z } from 'zod';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import { CaseState } from '../../pipeline/domain/case.ts';
import { CaseSort } from '../../pipeline/domain/case-filter.ts';
import { Category, QueueName, ServiceKind, ServiceTopic } from '../../pipeline/domain/category.ts';
import { PostKind } from '../../pipeline/domain/post.ts';
import { Instant, PublishedPrecision } from '../../pipeline/domain/time.ts';
import { RiskLevel } from '../../pipeline/domain/verdict.ts';
import { FacetQuery } from './case-filter.ts';
import { Cursor, PageLimit, PageOf } from './fields.ts';
import { LeadFacts } from './lead.ts';

/** Who holds the case now; `byName` is null when it is the person asking. */
export const ClaimView = z.object({
  byMe: z.boolean(),
  byName: z.string().nullable(),
  expiresAt: Instant,
});
export type ClaimView = z.infer<typeof ClaimView>;

export const excerptLength = 60;

export const CaseSummary = z
  .object({
    id: z.string(),
    version: z.int().positive(),
    state: CaseState,
    queues: z.array(QueueName),
    accessClass: AccessClass,
    level: RiskLevel,
    riskScore: z.number(),
    lifeSafety: z.boolean(),
    categories: z.array(Category),
    service: z.object({ kind: ServiceKind, topic: ServiceTopic }).nullable(),
    channel: z.object({ id: z.string(), name: z.string() }),
    postKind: PostKind,
    /** At most 60 characters of the title or, without one, of the text; masked as the role sees it; null when erased. */
    excerpt: z.string().nullable(),
    publishedAt: Instant.nullable(),
    publishedPrecision: PublishedPrecision.nullable(),
    openedAt: Instant,
    decidedAt: Instant.nullable(),
    /** Of a lead that a colleague registered; null for everything else. */
    lead: LeadFacts.nullable(),
    /** When a reply of our own account to one of its posts was first seen. */
    replySeenAt: Instant.nullable(),
    /** How many near copies stand behind the case, itself included. */
    postCount: z.int().positive(),
    claim: ClaimView.nullable(),
  })
  .meta({ id: 'CaseSummary' });
export type CaseSummary = z.infer<typeof CaseSummary>;

/**
 * `undecided` is open and reopened together, `any` is everything. `due` asks for what has a deadline, soonest first: `overdue`, or
 * `near`, which is within three days from now.
 */
export const CaseListQuery = z.strictObject({
  ...FacetQuery.shape,
  /** Riskiest first unless told, and what is due by its deadline; `deadline` lists only what has one. */
  sort: CaseSort.optional(),
  cursor: Cursor.optional(),
  limit: PageLimit.default(50),
});
export type CaseListQuery = z.infer<typeof CaseListQuery>;

export const CasePage = PageOf(CaseSummary).meta({ id: 'CasePage' });
export type CasePage = z.infer<typeof CasePage>;
