import type { ClientSession, Collection, Db } from 'mongodb';
import type { AccessClass } from '../../domain/access-class.ts';
import { CardText } from '../../domain/case-card.ts';
import { Instruction, InstructionEvent, instructionExpiresAt, subjectKey } from '../../domain/instruction.ts';
import { cardExpiresAt, caseIdOf, parseSubject } from '../instruction-record.ts';
import { type CollectionSpec, field } from './schema.ts';

/** The subject as one word, so that an index finds it. */
export type InstructionDocument = Omit<Instruction, 'id' | 'subject'> & {
  _id: string;
  subject: string;
  caseId: string | null;
  expiresAt: string;
};
type InstructionEventDocument = Omit<InstructionEvent, 'id'> & { _id: string };
/** `_id` is the subject. */
type CardDocument = Omit<CardText, 'subject'> & { _id: string; caseId: string | null; expiresAt: string };

export interface InstructionCollections {
  instructions: Collection<InstructionDocument>;
  instructionEvents: Collection<InstructionEventDocument>;
  cards: Collection<CardDocument>;
}

export function instructionCollections(db: Db): InstructionCollections {
  return {
    instructions: db.collection('instructions'),
    instructionEvents: db.collection('instruction_events'),
    cards: db.collection('card_texts'),
  };
}

export const instructionSpecs: readonly CollectionSpec[] = [
  {
    name: 'instructions',
    fields: {
      version: field.number,
      subject: field.text,
      caseId: field.textOrNull,
      state: field.text,
      accessClass: field.accessClass,
      leaderId: field.text,
      submittedBy: field.textOrNull,
      unitId: field.textOrNull,
      dueAt: field.textOrNull,
      createdAt: field.text,
      changedAt: field.text,
      expiresAt: field.text,
    },
    indexes: [
      { key: { changedAt: -1, _id: -1 }, since: '2026-11-23', reason: 'all, last changed first' },
      { key: { leaderId: 1, changedAt: -1, _id: -1 }, since: '2026-11-23', reason: 'those of one leader' },
      { key: { unitId: 1, changedAt: -1, _id: -1 }, since: '2026-11-23', reason: 'those assigned to a unit' },
      { key: { caseId: 1 }, since: '2026-11-23', reason: 'those of a case, when its class changes' },
      { key: { expiresAt: 1 }, since: '2026-11-23', reason: 'the purge' },
    ],
  },
  {
    name: 'instruction_events',
    fields: {
      instructionId: field.text,
      version: field.number,
      move: field.text,
      at: field.text,
      actorId: field.text,
      onBehalfOf: field.textOrNull,
      unitId: field.textOrNull,
      dueAt: field.textOrNull,
      text: field.text,
    },
    indexes: [
      {
        key: { instructionId: 1, version: 1 },
        options: { unique: true },
        since: '2026-11-23',
        reason: 'in the order they were made; one event a version',
      },
    ],
  },
  {
    name: 'card_texts',
    fields: {
      caseId: field.textOrNull,
      version: field.number,
      gist: field.text,
      nextStep: field.text,
      stockAnswerId: field.textOrNull,
      accessClass: field.accessClass,
      updatedBy: field.text,
      updatedAt: field.text,
      expiresAt: field.text,
    },
    indexes: [
      { key: { caseId: 1 }, since: '2026-11-23', reason: 'that of a case, when its class changes' },
      { key: { updatedAt: -1, _id: 1 }, since: '2026-11-23', reason: 'last changed first' },
      { key: { expiresAt: 1 }, since: '2026-11-23', reason: 'the purge' },
    ],
  },
];

export function parseInstructionDocument({ _id, subject, ...fields }: InstructionDocument): Instruction {
  return Instruction.parse({ id: _id, subject: parseSubject(subject), ...fields });
}

export function toInstructionDocument({ id, subject, ...fields }: Instruction): InstructionDocument {
  const expiresAt = instructionExpiresAt(fields);
  return { _id: id, ...fields, subject: subjectKey(subject), caseId: caseIdOf(subject), expiresAt };
}

export function parseInstructionEvent({ _id, ...fields }: InstructionEventDocument): InstructionEvent {
  return InstructionEvent.parse({ id: _id, ...fields });
}

export function parseCardDocument({ _id, ...fields }: CardDocument): CardText {
  return CardText.parse({ ...fields, subject: parseSubject(_id) });
}

export function toCardDocument({ subject, ...fields }: CardText): CardDocument {
  const expiresAt = cardExpiresAt(fields.updatedAt);
  return { _id: subjectKey(subject), ...fields, caseId: caseIdOf(subject), expiresAt };
}

/** The class goes wherever words about the case stand: to the people on duty, and back. */
export async function reclassifyInstructions(
  { instructions, cards }: Pick<InstructionCollections, 'instructions' | 'cards'>,
  session: ClientSession,
  one: { id: string; accessClass: AccessClass },
): Promise<void> {
  const change = { $set: { accessClass: one.accessClass } };
  await instructions.updateMany({ caseId: one.id }, change, { session });
  await cards.updateMany({ caseId: one.id }, change, { session });
}
