import { z } from 'zod';
import { type DraftChain, DraftState } from './draft.ts';
import { FileHash } from './draft-document.ts';
import type { DraftMover } from './draft-steps.ts';
import { StepName } from './review-chain.ts';
import { Role } from './role.ts';
import type { SealRecord } from './seal-record.ts';
import { Instant } from './time.ts';

/**
 * What a person can do with a draft: 送审 通过 退回 否决 撤回 重新修改 申请放行 放行 不予放行 线下签批 确认签批 否认签批 补审不通过
 * 登记发布 更正 取消更正 申请撤稿 登记撤下 归档 弃稿.
 */
export const DraftMove = z.enum([
  'submit',
  'pass',
  'return',
  'reject',
  'withdraw',
  'reopen',
  'ask-allowance',
  'allow',
  'refuse-allowance',
  'record-offline',
  'confirm-offline',
  'deny-offline',
  'object-late',
  'mark-published',
  'start-correction',
  'cancel-correction',
  'ask-recall',
  'mark-taken-down',
  'archive',
  'discard',
]);
export type DraftMove = z.infer<typeof DraftMove>;

/** `commandId` is chosen once per intention; `revision` is the one seen. Which of the rest a move needs: domain/draft-moves.ts. */
export const DraftMoveCommand = z.object({
  commandId: z.uuid(),
  draftId: z.string(),
  revision: z.int().positive(),
  move: DraftMove,
  /** Opinion or reason. */
  text: z.string().nullable().default(null),
  /** Which of the open steps, where several are. */
  step: StepName.nullable().default(null),
  errorsFound: z.int().nonnegative().nullable().default(null),
  readAloud: z.boolean().nullable().default(null),
  /** For `submit`: makes it urgent. */
  urgentReason: z.string().nullable().default(null),
  /** Of findings, for the moves about allowances. */
  keys: z.array(z.string()).default([]),
  channelId: z.string().nullable().default(null),
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  /** For `record-offline`. */
  scan: FileHash.nullable().default(null),
  leaderId: z.string().nullable().default(null),
  signedOn: z.iso.date().nullable().default(null),
});
export type DraftMoveCommand = z.infer<typeof DraftMoveCommand>;

export const DraftEvent = z.object({
  id: z.string(),
  draftId: z.string(),
  revision: z.int().positive(),
  kind: z.union([DraftMove, z.enum(['created', 'kept'])]),
  at: Instant,
  actorId: z.string(),
  role: Role.nullable(),
  unitId: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
  from: DraftState.nullable(),
  to: DraftState,
  round: z.int().nonnegative(),
  contentVersion: z.int().positive(),
  text: z.string().nullable(),
  details: z.object({
    step: StepName.nullable(),
    errorsFound: z.int().nullable(),
    readAloud: z.boolean().nullable(),
    late: z.boolean(),
    keys: z.array(z.string()),
    channelId: z.string().nullable(),
    url: z.string().nullable(),
    leaderId: z.string().nullable(),
    scan: z.string().nullable(),
    /** Of the seal that this move made or ended. */
    sealDigest: z.string().nullable(),
  }),
});
export type DraftEvent = z.infer<typeof DraftEvent>;

/** What the command found out before the store writes; it is not said by the caller and not part of what is repeated. */
export interface FoundForMove {
  /** For `submit` and `ask-allowance`: by the settings, for the draft's channels and unit. */
  chain?: DraftChain | undefined;
  /** For `submit`: keys of the `block` findings of exactly this version, and the digest of the report. */
  blocking?: readonly string[] | undefined;
  reportDigest?: string | undefined;
  /** For the last `pass` before it may go out. */
  seal?: SealRecord | undefined;
  /** For `record-offline`: the leader who signed, with what they hold. */
  signer?: DraftMover | undefined;
}
