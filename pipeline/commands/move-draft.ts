import type { CheckResult } from '../domain/check.ts';
import type { Draft, DraftVersion } from '../domain/draft.ts';
import { findApproval } from '../domain/draft-change.ts';
import type { DraftMoveCommand, FoundForMove } from '../domain/draft-move-command.ts';
import { assertMay } from '../domain/draft-moves.ts';
import type { DraftMover } from '../domain/draft-steps.ts';
import { Conflict, InvalidInput } from '../domain/errors.ts';
import { flattenDocument } from '../domain/flatten-document.ts';
import { buildSeal, canonicalJson, type SealHands } from '../domain/seal.ts';
import { mayEnter } from '../domain/user.ts';
import type { RecordedDraftMove } from '../ports/draft-store.ts';
import type { Ports, Stores } from '../ports/index.ts';
import { assertTypedText } from './assert-typed-text.ts';
import { type CheckPorts, checkContent } from './check-content.ts';
import { noteReport } from './check-memory.ts';
import { getDraft } from './draft-sight.ts';
import { findAppointments } from './find-appointments.ts';
import { findChain } from './find-chain.ts';

export interface MovePorts extends CheckPorts {
  stores: Pick<Stores, 'drafts' | 'checkMemory' | 'settings' | 'users' | 'standIns'>;
  blobs: Pick<Ports['blobs'], 'find'>;
  seal: SealHands;
}

interface Prepared {
  found: FoundForMove;
  report?: CheckResult;
}

async function getVersion(draft: Draft, { stores }: MovePorts): Promise<DraftVersion> {
  const version = await stores.drafts.findVersion(draft.id, draft.contentVersion);
  if (version === null) throw new Conflict('这篇稿件已有更新，请重新打开后再办理。');
  return version;
}

/** Checks what is stored, never what a page says it is. */
async function findBlocking(draft: Draft, ports: MovePorts) {
  const { content } = await getVersion(draft, ports);
  const { result } = await checkContent(content, ports);
  const blocking = result.findings.filter(({ level }) => level === 'block').map(({ key }) => key);
  return { result, blocking: [...new Set(blocking)] };
}

/** Leave is asked for what is found in the draft now, and for nothing that may come. */
async function prepareAsking(draft: Draft, { keys }: DraftMoveCommand, ports: MovePorts): Promise<Prepared> {
  const chain = await findChain(draft, ports);
  const { blocking } = await findBlocking(draft, ports);
  if (keys.some((key) => !blocking.includes(key)))
    throw new InvalidInput('keys', '稿件里现在没有这个必须处理的问题，请重新检查后再申请放行。');
  return { found: { chain } };
}

async function assertWritten(draft: Draft, ports: MovePorts): Promise<void> {
  const { document, attachments } = (await getVersion(draft, ports)).content;
  const { text, images } = flattenDocument(document);
  if (text.trim() === '' && images.length === 0 && attachments.length === 0)
    throw new InvalidInput('document', '还没有正文，不能送审。');
}

async function prepareSubmission(draft: Draft, ports: MovePorts): Promise<Prepared> {
  await assertWritten(draft, ports);
  const chain = await findChain(draft, ports);
  const { result, blocking } = await findBlocking(draft, ports);
  const reportDigest = ports.seal.sha256(canonicalJson(result));
  return { found: { chain, blocking, reportDigest }, report: result };
}

async function findSigner({ leaderId }: DraftMoveCommand, ports: MovePorts): Promise<DraftMover | undefined> {
  const user = leaderId === null ? null : await ports.stores.users.find(leaderId);
  if (user === null || !mayEnter(user, ports.clock.now())) return undefined;
  return { id: user.id, student: user.student, appointments: await findAppointments(user, ports) };
}

async function prepareSignature(command: DraftMoveCommand, ports: MovePorts): Promise<FoundForMove> {
  if (command.scan !== null && (await ports.blobs.find('publication', command.scan)) === null)
    throw new InvalidInput('scan', '扫描件还没有上传，请重新上传。');
  return { signer: await findSigner(command, ports) };
}

/** A step that ends the review is sealed: exactly what was reviewed, with the report on it. */
async function sealIfApproved(
  draft: Draft,
  { command, found }: { command: DraftMoveCommand; found: FoundForMove },
  mover: DraftMover,
  ports: MovePorts,
): Promise<FoundForMove> {
  const at = ports.clock.now();
  const approved = findApproval(draft, { command, found }, mover, at);
  if (approved === null) return found;
  const { content } = await getVersion(draft, ports);
  const reportDigest = approved.submitted?.reportDigest ?? '';
  return { ...found, seal: buildSeal(approved, { content, reportDigest, at }, ports.seal) };
}

async function prepare(
  draft: Draft,
  command: DraftMoveCommand,
  mover: DraftMover,
  ports: MovePorts,
): Promise<Prepared> {
  switch (command.move) {
    case 'submit':
      return prepareSubmission(draft, ports);
    case 'ask-allowance':
      return prepareAsking(draft, command, ports);
    case 'pass':
      return { found: await sealIfApproved(draft, { command, found: {} }, mover, ports) };
    case 'record-offline': {
      const found = await prepareSignature(command, ports);
      return { found: await sealIfApproved(draft, { command, found }, mover, ports) };
    }
    default:
      return { found: {} };
  }
}

/**
 * A named person moves a draft. What takes long is found out first; the store asks everything again in the transaction that
 * writes. The same command again returns what was recorded.
 * @throws NotFound, Conflict, NotPermitted, InvalidInput; then nothing was written
 */
export async function moveDraft(
  command: DraftMoveCommand,
  mover: DraftMover,
  ports: MovePorts,
): Promise<RecordedDraftMove> {
  const { drafts } = ports.stores;
  const draft = await getDraft(command.draftId, mover, ports);
  const isKnown = (await drafts.listEvents(draft.id)).some(({ id }) => id === command.commandId);
  if (isKnown) return drafts.recordMove({ command, found: {} }, mover, ports.clock.now());
  assertMay(draft, command, mover);
  const { text, urgentReason, url, keys } = command;
  const typed = [text, urgentReason, url, ...keys].filter((one) => one !== null).join('\n');
  await assertTypedText([{ field: 'text', called: '意见', text: typed }], ports.stores);
  const prepared = await prepare(draft, command, mover, ports);
  const recorded = await drafts.recordMove({ command, ...prepared }, mover, ports.clock.now());
  const { report } = prepared;
  if (report !== undefined && !recorded.repeated)
    await noteReport({ draftId: draft.id, round: recorded.draft.round }, report, ports);
  return recorded;
}
