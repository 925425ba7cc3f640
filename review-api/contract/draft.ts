import { z } from 'zod';
import { DraftState, ReviewPurpose } from '../../pipeline/domain/draft.ts';
import { Genre } from '../../pipeline/domain/draft-content.ts';
import { FileHash } from '../../pipeline/domain/draft-document.ts';
import { draftFilters } from '../../pipeline/domain/draft-filter.ts';
import { DraftEvent, DraftMove } from '../../pipeline/domain/draft-move-command.ts';
import { ChainMode, StepName, StepRole } from '../../pipeline/domain/review-chain.ts';
import { Role } from '../../pipeline/domain/role.ts';
import { SealRecord } from '../../pipeline/domain/seal-record.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { DraftContent, DraftContentRequest } from './draft-content.ts';
import { Cursor, IdText, PageLimit, PageOf, TypedText } from './fields.ts';

const opinionLength = 2000;
const mostErrors = 9999;

/** A unit, a channel or a person by name. */
export const Named = z.object({ id: z.string(), name: z.string() });

/** A draft in a list, without any text but its title. */
export const DraftSummary = z
  .object({
    id: z.string(),
    revision: z.int().positive(),
    /** 审核编号; null before the first submission. */
    number: z.string().nullable(),
    title: z.string(),
    genre: Genre,
    state: DraftState,
    purpose: ReviewPurpose,
    round: z.int().nonnegative(),
    contentVersion: z.int().positive(),
    unit: Named,
    draftedByName: z.string().nullable(),
    channels: z.array(Named),
    plannedAt: Instant.nullable(),
    /** Last day of a 公示. */
    publicityUntil: z.iso.date().nullable(),
    /** 急件; `lateBy`: until when the rest of the steps is due. */
    urgent: z.object({ reason: z.string(), lateBy: Instant.nullable() }).nullable(),
    /** What has to be decided now, and what has been. */
    openSteps: z.array(StepName),
    passedSteps: z.array(StepName),
    /** Something of it waits for this person. */
    waitsForMe: z.boolean(),
    isMine: z.boolean(),
    /** A writer asks to let findings through. */
    asksAllowance: z.boolean(),
    /** The earliest time by which a signature on paper has to be confirmed. */
    confirmBy: Instant.nullable(),
    /** Something has to be taken down: since when, and where still. */
    takeDown: z.object({ dueAt: Instant, left: z.array(Named) }).nullable(),
    createdAt: Instant,
    changedAt: Instant,
    submittedAt: Instant.nullable(),
    approvedAt: Instant.nullable(),
    publishedAt: Instant.nullable(),
  })
  .meta({ id: 'DraftSummary' });
export type DraftSummary = z.infer<typeof DraftSummary>;

const DraftFilterName = z.enum(draftFilters);
export const DraftListQuery = z.strictObject({
  filter: DraftFilterName.default('all'),
  /** Part of a title, or a number. */
  words: TypedText(1, 80).optional(),
  cursor: Cursor.optional(),
  limit: PageLimit.default(30),
});
export const DraftPage = PageOf(DraftSummary).meta({ id: 'DraftPage' });
export type DraftPage = z.infer<typeof DraftPage>;

export const DraftCounts = z
  .object({ items: z.array(z.object({ filter: DraftFilterName, count: z.int().nonnegative() })) })
  .meta({ id: 'DraftCounts' });
export type DraftCounts = z.infer<typeof DraftCounts>;

/** Where a person may write, what for. */
export const DraftOptions = z
  .object({
    /** Units for which this person writes; the own one first. */
    units: z.array(Named),
    channels: z.array(Named.extend({ kind: z.string(), state: z.string() })),
    /** Whether a WeChat draft box can be read, and sent to, by account. */
    wechat: z.array(Named.extend({ maySend: z.boolean() })),
  })
  .meta({ id: 'DraftOptions' });
export type DraftOptions = z.infer<typeof DraftOptions>;

const ChainView = z.object({
  id: z.string(),
  name: z.string(),
  mode: ChainMode,
  steps: z.array(
    z.object({
      step: StepName,
      role: StepRole.nullable(),
      /** Who could hold it: nobody who wrote in the draft, or holds another step. Stand-ins with whom they stand in for. */
      people: z.array(Named.extend({ forName: z.string().nullable() })),
    }),
  ),
});

export const ChainPlanQuery = z.strictObject({
  /** Ids, joined by commas, as they are chosen now; else those that are saved. */
  channels: TypedText(0, 2000).optional(),
});
/** Which chain it would go through, and why it could not. */
export const ChainPlan = z
  .object({
    chain: ChainView.nullable(),
    /** In Chinese; empty: nothing is in the way. */
    faults: z.array(z.string()),
  })
  .meta({ id: 'ChainPlan' });
export type ChainPlan = z.infer<typeof ChainPlan>;

/** One line of the ledger 三校台账. */
const PassView = z.object({
  step: StepName,
  round: z.int(),
  contentVersion: z.int(),
  byName: z.string().nullable(),
  onBehalfOfName: z.string().nullable(),
  role: Role,
  unit: Named.nullable(),
  at: Instant,
  opinion: z.string(),
  errorsFound: z.int(),
  readAloud: z.boolean(),
  late: z.boolean(),
  /** 线下签批. */
  offline: z
    .object({
      scan: FileHash,
      recordedByName: z.string().nullable(),
      signedOn: z.iso.date(),
      confirmBy: Instant,
      confirmedAt: Instant.nullable(),
    })
    .nullable(),
});
export type PassView = z.infer<typeof PassView>;

/** `valid`: what is kept is what was signed. `changed`, `forged`, `unknown-key`, `unknown-form`: docs/decisions/0036. */
const SealView = z.object({
  kid: z.string(),
  digest: z.string(),
  at: Instant,
  version: z.int(),
  state: z.enum(['valid', 'changed', 'forged', 'unknown-key', 'unknown-form']),
  parts: SealRecord.shape.parts,
  endedAt: Instant.nullable(),
  endedBy: z.enum(['edited', 'denied', 'corrected', 'recalled']).nullable(),
});
export type SealView = z.infer<typeof SealView>;

const OpeningView = z.object({
  kind: z.enum(['step', 'allowance', 'confirmation']),
  step: StepName,
  role: StepRole.nullable(),
  unit: Named.nullable(),
});

const DraftLinkView = z.object({
  id: z.string(),
  contentVersion: z.int(),
  madeByName: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
  openedAt: Instant.nullable(),
  isOver: z.boolean(),
});

export const DraftDetail = DraftSummary.extend({
  /** The newest version. */
  content: DraftContent,
  savedAt: Instant,
  savedBy: Named,
  isKept: z.boolean(),
  /** Null where this person may write in it now; else why not, in a sentence. */
  closed: z.string().nullable(),
  /** What this person may do with it now. */
  moves: z.array(DraftMove),
  /** What of it waits for this person. */
  openings: z.array(OpeningView),
  chain: ChainView.nullable(),
  passes: z.array(PassView),
  submitted: z.object({ version: z.int(), byName: z.string().nullable(), at: Instant }).nullable(),
  asked: z
    .object({ keys: z.array(z.string()), reason: z.string(), byName: z.string().nullable(), at: Instant })
    .nullable(),
  allowed: z.array(
    z.object({ key: z.string(), reason: z.string(), byName: z.string().nullable(), at: Instant }),
  ),
  recall: z.object({ byName: z.string().nullable(), reason: z.string(), at: Instant }).nullable(),
  publications: z.array(
    z.object({ channel: Named, url: z.string().nullable(), at: Instant, byName: z.string().nullable() }),
  ),
  /** Of what is approved or live; null while nothing is. */
  seal: SealView.nullable(),
  takenDown: z.array(z.object({ channel: Named, byName: z.string().nullable(), at: Instant })),
  /** Null for whoever may make none. */
  links: z.array(DraftLinkView).nullable(),
  /** All who ever wrote in it: none of them holds a step. */
  wrote: z.array(Named),
}).meta({ id: 'DraftDetail' });
export type DraftDetail = z.infer<typeof DraftDetail>;

export const CreateDraftRequest = z
  .strictObject({
    /** Chosen once per intention; becomes the id. */
    commandId: z.uuid(),
    /** Null: the own one. */
    unitId: IdText.nullable().default(null),
    content: DraftContentRequest,
  })
  .meta({ id: 'CreateDraftRequest' });

export const SaveDraftRequest = z
  .strictObject({
    /** The one seen. */
    revision: z.int().positive(),
    content: DraftContentRequest,
    /** This version stays: the next save begins a new one. */
    keep: z.boolean().default(false),
  })
  .meta({ id: 'SaveDraftRequest' });

export const SaveDraftAnswer = z
  .object({ id: z.string(), revision: z.int(), contentVersion: z.int(), savedAt: Instant })
  .meta({ id: 'SaveDraftAnswer' });

/** `commandId` is chosen once per intention; `revision` is the one seen. Which of the rest a move needs: docs/api.md. */
export const MoveDraftRequest = z
  .strictObject({
    commandId: z.uuid(),
    revision: z.int().positive(),
    move: DraftMove,
    text: TypedText(0, opinionLength).nullable().default(null),
    step: StepName.nullable().default(null),
    errorsFound: z.int().min(0).max(mostErrors).nullable().default(null),
    readAloud: z.boolean().nullable().default(null),
    urgentReason: TypedText(0, 500).nullable().default(null),
    keys: z.array(TypedText(1, 300)).max(500).default([]),
    channelId: IdText.nullable().default(null),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .default(null),
    scan: FileHash.nullable().default(null),
    leaderId: IdText.nullable().default(null),
    signedOn: z.iso.date().nullable().default(null),
  })
  .meta({ id: 'MoveDraftRequest' });

export const MoveDraftAnswer = z
  .object({
    id: z.string(),
    revision: z.int(),
    number: z.string().nullable(),
    state: DraftState,
    repeated: z.boolean(),
  })
  .meta({ id: 'MoveDraftAnswer' });

export const DraftEventView = z.object({
  id: z.string(),
  kind: DraftEvent.shape.kind,
  at: Instant,
  byName: z.string().nullable(),
  role: Role.nullable(),
  unit: Named.nullable(),
  onBehalfOfName: z.string().nullable(),
  from: DraftState.nullable(),
  to: DraftState,
  round: z.int(),
  contentVersion: z.int(),
  text: z.string().nullable(),
  step: StepName.nullable(),
  errorsFound: z.int().nullable(),
  readAloud: z.boolean().nullable(),
  late: z.boolean(),
  keys: z.array(z.string()),
  channel: Named.nullable(),
  url: z.string().nullable(),
  leaderName: z.string().nullable(),
  scan: z.string().nullable(),
  sealDigest: z.string().nullable(),
});
export type DraftEventView = z.infer<typeof DraftEventView>;

/** In the order they were made; and all seals that it ever had. */
export const DraftHistory = z
  .object({ items: z.array(DraftEventView), seals: z.array(SealView) })
  .meta({ id: 'DraftHistory' });
export type DraftHistory = z.infer<typeof DraftHistory>;

/** Who could hold the steps that wait now, for a signature on paper: names only. */
export const SignerList = z
  .object({ items: z.array(z.object({ step: StepName, people: z.array(Named) })) })
  .meta({ id: 'SignerList' });
export type SignerList = z.infer<typeof SignerList>;
