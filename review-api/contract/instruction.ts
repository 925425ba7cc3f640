import { z } from 'zod';
import { CaseEventKind, CaseState, DecisionKind } from '../../pipeline/domain/case.ts';
import { Category, ServiceKind, ServiceTopic } from '../../pipeline/domain/category.ts';
import { HandoverState } from '../../pipeline/domain/handover.ts';
import { InstructionMove, InstructionState, Subject } from '../../pipeline/domain/instruction.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { RiskLevel } from '../../pipeline/domain/verdict.ts';
import { Cursor, IdText, PageLimit, PageOf, TypedText } from './fields.ts';

const Person = z.object({ id: z.string(), name: z.string() });
const UnitName = z.object({ id: z.string(), name: z.string() });

/** About what: a case by what it is about, or a topic. Without any text of a post. */
export const SubjectView = z.object({
  subject: Subject,
  channelName: z.string().nullable(),
  service: z.object({ kind: ServiceKind, topic: ServiceTopic }).nullable(),
  topic: ServiceTopic.nullable(),
  categories: z.array(Category),
  openedAt: Instant.nullable(),
  /** 事由 as the office wrote it on the card; null before that. */
  gist: z.string().nullable(),
});
export type SubjectView = z.infer<typeof SubjectView>;

export const InstructionView = z
  .object({
    id: z.string(),
    version: z.int().positive(),
    about: SubjectView,
    state: InstructionState,
    leader: Person,
    unit: UnitName.nullable(),
    dueAt: Instant.nullable(),
    isOverdue: z.boolean(),
    createdAt: Instant,
    changedAt: Instant,
    /** What this person may do now. */
    moves: z.array(InstructionMove),
  })
  .meta({ id: 'Instruction' });
export type InstructionView = z.infer<typeof InstructionView>;

export const InstructionEventView = z.object({
  id: z.string(),
  move: InstructionMove,
  at: Instant,
  byName: z.string().nullable(),
  /** In whose stead. */
  onBehalfOfName: z.string().nullable(),
  unit: UnitName.nullable(),
  dueAt: Instant.nullable(),
  text: z.string(),
});
export type InstructionEventView = z.infer<typeof InstructionEventView>;

export const InstructionDetail = InstructionView.extend({
  events: z.array(InstructionEventView),
  /** To whom it can be assigned; empty for who may not. */
  units: z.array(UnitName),
}).meta({
  id: 'InstructionDetail',
});
export type InstructionDetail = z.infer<typeof InstructionDetail>;

export const InstructionPage = PageOf(InstructionView).meta({ id: 'InstructionPage' });

export const InstructionListQuery = z.strictObject({
  /** `running` is everything that has not ended. */
  state: z.enum(['running', 'ended', 'all']).default('running'),
  cursor: Cursor.optional(),
  limit: PageLimit.default(50),
});

const Words = TypedText(0, 1000).default('');
const DueAt = Instant.nullable().default(null);

export const GiveInstructionRequest = z
  .strictObject({ commandId: z.uuid(), subject: Subject, text: TypedText(1, 1000), dueAt: DueAt })
  .meta({ id: 'GiveInstructionRequest' });
export type GiveInstructionRequest = z.input<typeof GiveInstructionRequest>;

export const SubmitToLeaderRequest = z
  .strictObject({ commandId: z.uuid(), subject: Subject, leaderId: IdText, text: Words, dueAt: DueAt })
  .meta({ id: 'SubmitToLeaderRequest' });
export type SubmitToLeaderRequest = z.input<typeof SubmitToLeaderRequest>;

export const MoveInstructionRequest = z
  .strictObject({
    commandId: z.uuid(),
    version: z.int().positive(),
    move: InstructionMove.exclude(['submit']),
    text: Words,
    unitId: IdText.nullable().default(null),
    dueAt: DueAt,
  })
  .meta({ id: 'MoveInstructionRequest' });
export type MoveInstructionRequest = z.input<typeof MoveInstructionRequest>;

export const InstructionAnswer = z
  .object({ instruction: InstructionDetail, repeated: z.boolean() })
  .meta({ id: 'InstructionAnswer' });

export const LeaderList = z
  .object({ items: z.array(Person.extend({ isPrincipal: z.boolean() })) })
  .meta({ id: 'LeaderList' });

/** One step of 进展: what happened, without a word of what was written. */
const CardStep = z.object({
  at: Instant,
  kind: CaseEventKind,
  decision: DecisionKind.nullable(),
  unit: UnitName.nullable(),
  byName: z.string().nullable(),
});

/** The one-minute card 一分钟卡: 事由, 进展, 责任单位, 下一步, 口径. */
export const CardView = z
  .object({
    about: SubjectView,
    /** The version of the office's words; 0 before the first. */
    version: z.int().nonnegative(),
    gist: z.string(),
    nextStep: z.string(),
    updatedAt: Instant.nullable(),
    updatedByName: z.string().nullable(),
    /** Null for a topic. */
    case: z
      .object({
        id: z.string(),
        state: CaseState,
        level: RiskLevel,
        lifeSafety: z.boolean(),
        postCount: z.int().positive(),
        url: z.string().nullable(),
        deadline: Instant.nullable(),
      })
      .nullable(),
    /** Null for a case: cases of the topic since then, by how they stand. */
    topic: z
      .object({
        since: Instant,
        undecided: z.int(),
        handedOver: z.int(),
        done: z.int(),
        oldestUndecidedAt: Instant.nullable(),
      })
      .nullable(),
    units: z.array(UnitName),
    /** The last steps, newest first. */
    progress: z.array(CardStep),
    /** The newest slip 转办单 of the case; null where none was handed over. */
    handover: z
      .object({ number: z.string(), state: HandoverState, dueAt: Instant, isOverdue: z.boolean() })
      .nullable(),
    instructions: z.array(InstructionView),
    /** 口径: as approved and valid today. */
    stockAnswer: z
      .object({ id: z.string(), title: z.string(), body: z.string(), validUntil: z.iso.date() })
      .nullable(),
    /** What can be put on the card, those of its topic first; empty for who may not write it. */
    stockAnswers: z.array(z.object({ id: z.string(), title: z.string() })),
    mayWrite: z.boolean(),
    mayGive: z.boolean(),
    maySubmit: z.boolean(),
  })
  .meta({ id: 'Card' });
export type CardView = z.infer<typeof CardView>;

export const CardList = z
  .object({ items: z.array(z.object({ about: SubjectView, nextStep: z.string(), updatedAt: Instant })) })
  .meta({ id: 'CardList' });
export type CardList = z.infer<typeof CardList>;

export const SaveCardRequest = z
  .strictObject({
    commandId: z.uuid(),
    version: z.int().nonnegative(),
    gist: TypedText(1, 120),
    nextStep: TypedText(0, 120).default(''),
    stockAnswerId: IdText.nullable().default(null),
  })
  .meta({ id: 'SaveCardRequest' });
export type SaveCardRequest = z.input<typeof SaveCardRequest>;
