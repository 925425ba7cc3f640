import { z } from 'zod';
import { DraftContent, Genre } from './draft-content.ts';
import { FileHash } from './draft-document.ts';
import { ChainMode, StepName, StepRole } from './review-chain.ts';
import { Role } from './role.ts';
import { SealRecord } from './seal-record.ts';
import { Instant } from './time.ts';

/** 稿件状态: 起草 审校中 已定稿 已发布 已归档; 已退回 已否决 已撤回 更正中 已撤稿. */
export const DraftState = z.enum([
  'draft',
  'in-review',
  'approved',
  'published',
  'archived',
  'returned',
  'rejected',
  'withdrawn',
  'correcting',
  'recalled',
]);
export type DraftState = z.infer<typeof DraftState>;

/** What the present review is for. */
export const ReviewPurpose = z.enum(['publish', 'correction', 'recall']);
export type ReviewPurpose = z.infer<typeof ReviewPurpose>;

/** The chain as it stood at submission, its persons by id: a later change of settings doesn't reach a draft under review. */
export const DraftChain = z.object({
  id: z.string(),
  name: z.string(),
  mode: ChainMode,
  steps: z.array(z.object({ step: StepName, role: StepRole.nullable(), personIds: z.array(z.string()) })),
});
export type DraftChain = z.infer<typeof DraftChain>;

/** 线下签批: signed on paper; a recorder brings the scan, and the leader confirms within two days. */
const OfflineSignature = z.object({
  /** The scan, in the blob store under `publication`. */
  scan: FileHash,
  recordedBy: z.string(),
  signedOn: z.iso.date(),
  confirmBy: Instant,
  confirmedAt: Instant.nullable(),
});

/** One entry of the three-proof ledger 三校台账: who, which step, of which text, with what result. */
export const StepPass = z.object({
  step: StepName,
  round: z.int().positive(),
  contentVersion: z.int().positive(),
  /** Of whoever decided; on paper the leader, not the recorder. */
  actorId: z.string(),
  onBehalfOf: z.string().nullable(),
  role: Role,
  unitId: z.string().nullable(),
  at: Instant,
  opinion: z.string(),
  errorsFound: z.int().nonnegative(),
  readAloud: z.boolean(),
  offline: OfflineSignature.nullable(),
  /** 补审: after the approval, in the urgent lane. */
  late: z.boolean(),
});
export type StepPass = z.infer<typeof StepPass>;

const Submission = z.object({
  version: z.int().positive(),
  reportDigest: z.string(),
  by: z.string(),
  at: Instant,
});

/** 急件: two reviews now, the rest within two hours. */
const Urgency = z.object({
  reason: z.string(),
  /** Set at the approval; null before it. */
  lateBy: Instant.nullable(),
});

/** A `block` finding that the final reviewer lets through, by its key. */
const Allowance = z.object({ key: z.string(), reason: z.string(), by: z.string(), at: Instant });

const Publication = z.object({
  channelId: z.string(),
  url: z.string().nullable(),
  at: Instant,
  by: z.string(),
});

/** 撤下任务: of a 公示 that is over, of what was recalled, or of what is live and turned out not to be approved. */
export const TakeDown = z.object({
  cause: z.enum(['publicity-ended', 'recalled', 'not-approved']),
  dueAt: Instant,
  /** The channels where it was taken down, as a person said. */
  done: z.array(z.object({ channelId: z.string(), by: z.string(), at: Instant })),
});
export type TakeDown = z.infer<typeof TakeDown>;

/** What a correction begins from: it stands as it is until the correction is approved, and again when there is to be none. */
export const LiveState = z.object({
  contentVersion: z.int().positive(),
  title: z.string(),
  genre: Genre,
  channels: z.array(z.string()),
  plannedAt: Instant.nullable(),
  publicityUntil: z.iso.date().nullable(),
  chain: DraftChain.nullable(),
  passes: z.array(StepPass),
  submitted: Submission.nullable(),
  urgent: Urgency.nullable(),
  approvedAt: Instant.nullable(),
});
export type LiveState = z.infer<typeof LiveState>;

/** 稿件: everything but the text, which lies in versions. Every write is compare-and-swap on `revision`. */
export const Draft = z.object({
  id: z.string(),
  revision: z.int().positive(),
  /** 审核编号, given at the first submission, without a gap within the year. */
  number: z.string().nullable(),
  unitId: z.string(),
  authorId: z.string(),
  /** All who ever wrote in it: none of them may hold a step. */
  writers: z.array(z.string()).min(1),
  state: DraftState,
  /** The version that counts: the newest, but for those of a correction that was not to be. */
  contentVersion: z.int().positive(),
  title: z.string(),
  genre: Genre,
  channels: z.array(z.string()),
  plannedAt: Instant.nullable(),
  /** Last day of a 公示, YYYY-MM-DD. */
  publicityUntil: z.iso.date().nullable(),
  purpose: ReviewPurpose,
  /** How often it was submitted. */
  round: z.int().nonnegative(),
  chain: DraftChain.nullable(),
  /** Those that count for the present round. */
  passes: z.array(StepPass),
  /** The newest submission; the same version submitted again carries on where it was. */
  submitted: Submission.nullable(),
  urgent: Urgency.nullable(),
  /** Keys of `block` findings that the writer asks to be let through. */
  asked: z
    .object({ keys: z.array(z.string()).min(1), reason: z.string(), by: z.string(), at: Instant })
    .nullable(),
  allowed: z.array(Allowance),
  /** Of what is approved or live; null while nothing is. */
  seal: SealRecord.nullable(),
  publications: z.array(Publication),
  /** While it is corrected: what is live meanwhile, by right of `seal`. */
  live: LiveState.nullable(),
  takeDown: TakeDown.nullable(),
  /** Asked for, and not decided yet; `before` is where it goes back to if it is refused. */
  recall: z
    .object({
      askedBy: z.string(),
      reason: z.string(),
      at: Instant,
      before: z.enum(['approved', 'published', 'correcting']),
    })
    .nullable(),
  createdAt: Instant,
  changedAt: Instant,
  approvedAt: Instant.nullable(),
  publishedAt: Instant.nullable(),
  /** Three years after it was closed; null before. */
  expiresAt: Instant.nullable(),
});
export type Draft = z.infer<typeof Draft>;

/** A version of the text. The newest is written over by its own writer until it is submitted, or kept on purpose. */
export const DraftVersion = z.object({
  draftId: z.string(),
  version: z.int().positive(),
  content: DraftContent,
  writtenBy: z.string(),
  savedAt: Instant,
  /** Submitted once, or kept: never written over. */
  frozen: z.boolean(),
});
export type DraftVersion = z.infer<typeof DraftVersion>;

/** States in which the text may be written. In all others an edit is refused, never taken silently. */
export const writableStates: readonly DraftState[] = ['draft', 'returned', 'withdrawn', 'correcting'];

/** A seal as it was made; it stays in the record when it no longer holds. */
export const KeptSeal = z.object({
  draftId: z.string(),
  seal: SealRecord,
  /** When it ceased to hold, and why: edited again, denied, replaced by a correction, recalled. */
  endedAt: Instant.nullable(),
  endedBy: z.enum(['edited', 'denied', 'corrected', 'recalled']).nullable(),
});
export type KeptSeal = z.infer<typeof KeptSeal>;
