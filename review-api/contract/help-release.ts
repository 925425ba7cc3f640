import { z } from 'zod';
import { HelpReleaseState, Locator } from '../../pipeline/domain/help-release.ts';
import { Role } from '../../pipeline/domain/role.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { IdText, TypedText } from './fields.ts';

/** Who may be asked to post a help reply, by name; `onDuty` by today's roster. */
export const CollectorList = z
  .object({
    items: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(Role), onDuty: z.boolean() })),
  })
  .meta({ id: 'CollectorList' });
export type CollectorList = z.infer<typeof CollectorList>;

/** `caseVersion` is the one seen. Words that differ from the approved ones wait for a second person on duty. */
export const HelpReleaseRequest = z
  .strictObject({
    commandId: z.uuid(),
    caseVersion: z.int().positive(),
    collectorId: IdText,
    stockAnswerId: IdText,
    stockAnswerVersion: z.int().positive(),
    replyText: TypedText(5, 2000),
  })
  .meta({ id: 'HelpReleaseRequest' });
export type HelpReleaseRequest = z.input<typeof HelpReleaseRequest>;

/** As those on duty see it, with its case. */
export const HelpReleaseView = z
  .object({
    id: z.string(),
    version: z.int().positive(),
    state: HelpReleaseState,
    replyText: z.string(),
    edited: z.boolean(),
    collectorName: z.string().nullable(),
    proposedByName: z.string().nullable(),
    releasedByName: z.string().nullable(),
    byMe: z.boolean(),
    createdAt: Instant,
    settledAt: Instant.nullable(),
    reason: z.string().nullable(),
    expiresAt: Instant,
  })
  .meta({ id: 'HelpReleaseView' });
export type HelpReleaseView = z.infer<typeof HelpReleaseView>;

export const HelpReleaseList = z.object({ items: z.array(HelpReleaseView) }).meta({ id: 'HelpReleaseList' });

export const HelpReleaseMoveRequest = z
  .strictObject({ commandId: z.uuid(), version: z.int().positive(), move: z.enum(['approve', 'withdraw']) })
  .meta({ id: 'HelpReleaseMoveRequest' });

/** All that who posts it learns: what to write, and where. Nothing of the case, and nothing of what the item says. */
export const CollectedReply = z
  .object({
    id: z.string(),
    version: z.int().positive(),
    state: z.enum(['released', 'posted', 'declined']),
    replyText: z.string(),
    channelName: z.string(),
    locator: Locator,
    releasedByName: z.string().nullable(),
    releasedAt: Instant,
    settledAt: Instant.nullable(),
    reason: z.string().nullable(),
    expiresAt: Instant,
  })
  .meta({ id: 'CollectedReply' });
export type CollectedReply = z.infer<typeof CollectedReply>;

export const CollectedReplyList = z
  .object({ items: z.array(CollectedReply) })
  .meta({ id: 'CollectedReplyList' });

export const CollectedCount = z.object({ waiting: z.int().nonnegative() }).meta({ id: 'CollectedCount' });

/** `reason` is needed for what cannot be posted. */
export const SettleRequest = z
  .strictObject({
    commandId: z.uuid(),
    version: z.int().positive(),
    outcome: z.enum(['posted', 'declined']),
    reason: TypedText(0, 200).nullable().default(null),
  })
  .meta({ id: 'SettleRequest' });
