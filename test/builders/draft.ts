import { createHash } from 'node:crypto';
import type { CheckResult } from '../../pipeline/domain/check.ts';
import type { Draft, DraftChain } from '../../pipeline/domain/draft.ts';
import { findApproval } from '../../pipeline/domain/draft-change.ts';
import { DraftContent } from '../../pipeline/domain/draft-content.ts';
import { DraftMoveCommand, type FoundForMove } from '../../pipeline/domain/draft-move-command.ts';
import type { DraftMover } from '../../pipeline/domain/draft-steps.ts';
import { stepsOf } from '../../pipeline/domain/review-chain.ts';
import type { Appointment, Role } from '../../pipeline/domain/role.ts';
import type { SealRecord } from '../../pipeline/domain/seal-record.ts';

export function buildContent(
  overrides: Partial<DraftContent> = {},
  text = '图书馆开馆时间调整。',
): DraftContent {
  const paragraph = { type: 'paragraph', content: [{ type: 'text', text }] };
  const document = { type: 'doc', content: [paragraph] };
  return DraftContent.parse({ title: '关于开馆时间的通知', document, channels: ['main-site'], ...overrides });
}

export function appointmentOf(
  role: Role,
  unitId: string | null = null,
  onBehalfOf: string | null = null,
): Appointment {
  return { role, unitId, onBehalfOf };
}

export function buildDraftMover(id: string, ...appointments: Appointment[]): DraftMover {
  return { id, student: false, appointments };
}

/** The people of one small school: those of the library write, review and head it; the others are the office's and above. */
export const draftPeople = {
  writer: buildDraftMover('user-writer', appointmentOf('editor', 'library')),
  colleague: buildDraftMover('user-colleague', appointmentOf('editor', 'library')),
  student: { ...buildDraftMover('user-student', appointmentOf('editor', 'library')), student: true },
  reviewer: buildDraftMover('user-unit-reviewer', appointmentOf('unit-reviewer', 'library')),
  head: buildDraftMover('user-head', appointmentOf('unit-head', 'library')),
  otherHead: buildDraftMover('user-other-head', appointmentOf('unit-head', 'logistics')),
  otherWriter: buildDraftMover('user-other-writer', appointmentOf('editor', 'logistics')),
  officer: buildDraftMover('user-officer', appointmentOf('reviewer', 'publicity')),
  director: buildDraftMover('user-director', appointmentOf('director', 'publicity')),
  deputy: buildDraftMover('user-deputy', appointmentOf('director', 'publicity')),
  leader: buildDraftMover('user-leader', appointmentOf('leader')),
  principal: buildDraftMover('user-principal', appointmentOf('principal')),
} satisfies Record<string, DraftMover>;

export const mergedChain: DraftChain = buildChain('merged', ['unit-reviewer', 'unit-head', 'director']);
export const fullChain: DraftChain = buildChain('full', [
  ...(['unit-reviewer', 'unit-head', 'director', 'reviewer', 'leader', 'principal'] as const),
]);

type Holder = NonNullable<DraftChain['steps'][number]['role']>;

/** @param holders of each step: a role, or persons by id */
export function buildChain(
  mode: DraftChain['mode'],
  holders: readonly (Holder | readonly string[])[],
): DraftChain {
  const steps = stepsOf[mode].map((step, index) => {
    const holder = holders[index] ?? [];
    return typeof holder === 'string'
      ? { step, role: holder, personIds: [] }
      : { step, role: null, personIds: [...holder] };
  });
  return { id: `chain-${mode}`, name: mode, mode, steps };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
export const cleanReport: CheckResult = {
  findings: [],
  unchecked: [],
  stages: [{ name: 'typo', version: '1' }],
};
export const reportDigest = sha256('clean');

/** Fits its draft as one made by the key would; its signature is none. */
export function buildSealRecord(
  draft: Pick<Draft, 'id' | 'contentVersion' | 'submitted'>,
  at: string,
): SealRecord {
  const part = sha256('part');
  return {
    ...{
      kid: 'seal-1',
      algorithm: 'Ed25519',
      normalForm: '1',
      version: draft.contentVersion,
      signature: 'c2ln',
      at,
    },
    parts: { title: part, text: part, images: part, links: part, attachments: part, report: part },
    digest: sha256(JSON.stringify([draft.id, draft.contentVersion, at])),
    reportDigest: draft.submitted?.reportDigest ?? '',
  };
}

export function buildDraftMoveCommand(
  overrides: Partial<DraftMoveCommand> & Pick<DraftMoveCommand, 'commandId' | 'draftId' | 'move'>,
): DraftMoveCommand {
  return DraftMoveCommand.parse({ revision: 1, ...overrides });
}

/** What a command would have found out before the store is asked. */
export function findForMove(
  draft: Draft,
  command: DraftMoveCommand,
  { mover, at, ...found }: FoundForMove & { mover: DraftMover; at: string },
): FoundForMove {
  const known: FoundForMove = { chain: mergedChain, blocking: [], reportDigest, ...found };
  if (command.move !== 'pass' && command.move !== 'record-offline') return known;
  const approved = findApproval(draft, { command, found: known }, mover, at);
  return approved === null ? known : { ...known, seal: buildSealRecord(approved, at) };
}
