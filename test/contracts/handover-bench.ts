import type { Case } from '../../pipeline/domain/case.ts';
import type { DecisionCommand } from '../../pipeline/domain/decision.ts';
import { type Handover, usualOrder } from '../../pipeline/domain/handover.ts';
import type { HandoverFilter } from '../../pipeline/domain/handover-filter.ts';
import type { MoveCommand, Mover } from '../../pipeline/domain/handover-moves.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import type { AuditLog } from '../../pipeline/ports/audit-log.ts';
import type { CaseStore } from '../../pipeline/ports/case-store.ts';
import type { HandoverStore } from '../../pipeline/ports/handover-store.ts';
import type { Outbox } from '../../pipeline/ports/outbox.ts';
import type { PostStore } from '../../pipeline/ports/post-store.ts';
import type { RetentionStore } from '../../pipeline/ports/retention-store.ts';
import { buildDecisionCommand, director, reviewer } from '../builders/case.ts';
import { buildMoveCommand, buildMover } from '../builders/handover.ts';
import { buildGathered, buildQueuedVerdict } from '../builders/post.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

export interface HandoverStoreFixture {
  handovers: HandoverStore;
  posts: PostStore;
  cases: CaseStore;
  outbox: Outbox;
  audit: AuditLog;
  retention: RetentionStore;
  clock: FakeClock;
  close(): Promise<void>;
}

export const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
export const allUnits = { units: 'all' as const };
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

export const logisticsHead = buildMover('unit-head', 'logistics');
export const logisticsReviewer = buildMover('unit-reviewer', 'logistics');
export const libraryHead = buildMover('unit-head', 'library', 'user-library');
export const officeReviewer = buildMover('reviewer', 'publicity', reviewer.id);
export const officeDirector = buildMover('director', 'publicity', director.id);

/** What the suites do with a store again and again. */
export function buildHandoverBench(current: () => HandoverStoreFixture) {
  const now = () => current().clock.now();
  const inMs = (ms: number) => new Date(Date.parse(now()) + ms).toISOString();

  async function fileCase(verdict: Partial<Verdict> = {}): Promise<string> {
    const caseId = current().clock.newId();
    const post = buildGathered({
      externalId: caseId,
      kind: 'comment',
      title: '',
      text: `三食堂的汤太咸${caseId}`,
    });
    await current().posts.storePosts([{ post, snapshotHash: null }], now());
    const postId = `${post.channelId}:${post.kind}:${post.externalId}`;
    const judged = buildQueuedVerdict({ findings: [], queues: ['service'], ...verdict });
    await current().posts.storeJudgements(
      [{ postId, textVersion: 1, verdict: judged, tokens: ['汤'], caseId }],
      now(),
    );
    return caseId;
  }
  const getCase = async (caseId: string): Promise<Case> => {
    const found = await current().cases.findCase(caseId, everything);
    if (found === null) throw new Error('no case');
    return found;
  };
  const orderFor = (caseId: string, more: Partial<DecisionCommand> = {}): DecisionCommand => ({
    ...buildDecisionCommand({ commandId: current().clock.newId(), caseId }),
    ...{ kind: 'hand-over', reason: 'service-need', unitId: 'logistics' },
    handover: { ...usualOrder, request: '请核实并答复。', plannedDueAt: inMs(5 * dayMs) },
    ...more,
  });
  async function handOver(verdict: Partial<Verdict> = {}, more: Partial<DecisionCommand> = {}) {
    const command = orderFor(await fileCase(verdict), more);
    await current().cases.recordDecision(command, reviewer, now());
    return getSlip(command.commandId);
  }
  const getSlip = async (id: string): Promise<Handover> => {
    const found = await current().handovers.find(id, allUnits);
    if (found === null) throw new Error('no slip');
    return found;
  };
  const commandFor = (slip: Handover, move: MoveCommand['move'], more: Partial<MoveCommand> = {}) =>
    buildMoveCommand({
      ...{ commandId: current().clock.newId(), handoverId: slip.id, version: slip.version, move },
      ...more,
    });
  const move = async (
    slip: Handover,
    what: MoveCommand['move'],
    who: Mover,
    more: Partial<MoveCommand> = {},
  ) => (await current().handovers.recordMove(commandFor(slip, what, more), who, now())).handover;
  const receive = (slip: Handover) => move(slip, 'receive', logisticsReviewer);
  const answer = async (slip: Handover, more: Partial<MoveCommand> = {}) =>
    move(await receive(slip), 'answer', logisticsHead, {
      text: '已整改，汤每日留样。',
      quoting: false,
      ...more,
    });
  const list = async (filter: HandoverFilter, sight: { units: 'all' | string[] } = allUnits) => {
    const query = { filter, ...sight, now: now(), until: inMs(2 * dayMs), cursor: null, limit: 50 };
    return (await current().handovers.list(query)).items.map(({ id }) => id);
  };
  const count = (sight: { units: 'all' | string[] } = allUnits) =>
    current().handovers.count({ ...sight, now: now(), until: inMs(2 * dayMs) });

  return {
    now,
    inMs,
    fileCase,
    getCase,
    orderFor,
    handOver,
    getSlip,
    commandFor,
    move,
    receive,
    answer,
    list,
    count,
  };
}
