import type { Brief, BriefHand } from '../domain/brief.ts';
import type { BriefEvent, MoveBrief, SaveBriefWords } from '../domain/brief-life.ts';
import { NotFound, NotPermitted } from '../domain/errors.ts';
import { findSeat, isSamePerson, type Official } from '../domain/official.ts';
import type { Role } from '../domain/role.ts';
import type { RecordedBrief } from '../ports/brief-store.ts';
import type { Ports, Stores } from '../ports/index.ts';
import { assertTypedText } from './assert-typed-text.ts';
import { assertBriefClean, assertTextClean } from './scan-brief.ts';

export interface MoveBriefPorts {
  stores: Pick<Stores, 'briefs' | 'evidence' | 'settings'>;
  clock: Ports['clock'];
}

const writers: readonly Role[] = ['analyst', 'reviewer', 'director'];
const approvers: readonly Role[] = ['director'];

/** Who acts, and in whose stead: one's own appointment goes first. */
export function handOf(official: Official, roles: readonly Role[] = writers): BriefHand {
  return { actorId: official.id, onBehalfOf: findSeat(official, roles)?.onBehalfOf ?? null };
}

/** @throws NotFound, Conflict, InvalidInput */
export async function saveBriefWords(
  command: SaveBriefWords,
  official: Official,
  { stores, clock }: MoveBriefPorts,
): Promise<RecordedBrief> {
  const parts = Object.entries(command.words).map(([field, text]) => ({
    ...{ field: `words.${field}`, called: '简报', text },
  }));
  await assertTypedText(parts, stores);
  return stores.briefs.saveWords(command, handOf(official), clock.now());
}

/**
 * What leaves the writer's hands is looked at again by the machine (R16), at the approval once more: texts have come since.
 * @param mayApprove whether the person has that right
 * @throws NotFound, NotPermitted, Conflict, InvalidInput
 */
export async function moveBrief(
  command: MoveBrief,
  official: Official,
  { mayApprove, ...ports }: MoveBriefPorts & { mayApprove: boolean },
): Promise<RecordedBrief> {
  const { stores, clock } = ports;
  const current = await stores.briefs.find(command.briefId);
  if (current === null) throw new NotFound('没有这份简报。');
  if (asksForScan(current, command)) await assertBriefClean(current, ports);
  if (current.version === command.version) await assertReasonClean(command, ports);
  const hand = handOf(official, mayApprove ? approvers : writers);
  if (command.move === 'approve' && hasWritten(hand, await stores.briefs.listEvents(current.id))) {
    throw new NotPermitted('撰写人不能审批自己写的简报。');
  }
  return stores.briefs.move(command, hand, { at: clock.now(), mayApprove });
}

/** A reason stands in the brief's history for good: it is looked at like its words. @throws InvalidInput */
async function assertReasonClean(
  { move, reason }: MoveBrief,
  ports: Pick<MoveBriefPorts, 'stores' | 'clock'>,
): Promise<void> {
  const text = (reason ?? '').trim();
  if ((move !== 'return' && move !== 'withdraw') || text === '') return;
  await assertTypedText([{ field: 'reason', called: '理由', text }], ports.stores);
  await assertTextClean({ field: 'reason', place: '理由', text }, ports);
}

/** Whose words somebody else has gone over since has written them all the same (R12). */
export function hasWritten(hand: BriefHand, events: readonly BriefEvent[]): boolean {
  return events.some(
    ({ kind, actorId, onBehalfOf }) =>
      kind === 'words' && actorId !== null && isSamePerson(hand, { actorId, onBehalfOf }),
  );
}

const asksForScan = ({ state, version }: Brief, { move, version: seen }: MoveBrief): boolean =>
  version === seen &&
  ((move === 'submit' && state === 'draft') || (move === 'approve' && state === 'submitted'));
