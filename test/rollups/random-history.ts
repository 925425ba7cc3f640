import type { OpenedPorts } from '../../pipeline/adapters/open-stores.ts';
import { type Actor, type Case, DecisionKind, isUndecided } from '../../pipeline/domain/case.ts';
import { reasonsFor } from '../../pipeline/domain/decision.ts';
import { GuanlanError, RetryLater } from '../../pipeline/domain/errors.ts';
import { usualOrder } from '../../pipeline/domain/handover.ts';
import { movesNow } from '../../pipeline/domain/handover-moves.ts';
import type { Post } from '../../pipeline/domain/post.ts';
import { rollupLayout } from '../../pipeline/domain/rollup.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import { buildDecisionCommand, director, reviewer, safetyOfficer } from '../builders/case.ts';
import { copy, text as original, readCopy } from '../builders/copies.ts';
import { buildMoveCommand, buildMover } from '../builders/handover.ts';
import { buildFinding, buildGathered, buildQueuedVerdict, buildVerdict } from '../builders/post.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

/** One thing that happens; `pick` and `how` choose to what, and in which way. */
export interface Step {
  what: What;
  pick: number;
  how: number;
}

export const whats = [
  ...['gather', 'judge', 'edit', 'grow', 'fail', 'judge-late', 'decide', 'undo', 'close', 'reopen'],
  ...['split', 'slip', 'raise', 'lead', 'lead-changed', 'lead-withdrawn', 'source-gone', 'end-texts'],
  ...['wait', 'purge', 'refresh', 'refresh-twice', 'note-all'],
] as const;
type What = (typeof whats)[number];

/** What a history has brought forth, and which of its steps had an effect. */
export interface Lived {
  postIds: Set<string>;
  caseIds: Set<string>;
  slipIds: Set<string>;
  done: Set<string>;
}

type World = Pick<OpenedPorts, 'stores'> & { clock: FakeClock };

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const actors: readonly Actor[] = [reviewer, director, safetyOfficer];
const movers = [
  ...[buildMover('unit-reviewer', 'logistics'), buildMover('unit-head', 'logistics')],
  ...[buildMover('unit-head', 'library', 'user-library'), buildMover('director', 'publicity', director.id)],
];
/** Near copies of one complaint, most of them. */
const bodies = [
  ...[original, copy, original, '图书馆周末几点开门？', copy, '食堂的菜越来越好吃了。'],
  original.replace('东区', '西区'),
];

const service = (
  kind: 'complaint' | 'question' | 'praise',
  topic: 'canteen' | 'library',
  unitId: string | null,
) => ({ kind, topic, confidence: 0.9, unitId }) as const;
const found = (
  ...categories: ('fraud' | 'unverified-claim' | 'leak' | 'self-harm' | 'emergency' | 'advert')[]
) => ({
  findings: categories.map((category) => buildFinding({ category })),
});
const negative = { sentiment: { label: 'negative', score: -0.7, confidence: 0.9 } } as const;
const risky = { risk: { score: 70, level: 'important', parts: { severity: 70 } } } as const;

const complaint = buildQueuedVerdict({
  ...negative,
  findings: [],
  service: service('complaint', 'canteen', 'logistics'),
  queues: ['service'],
});
const verdicts: readonly Verdict[] = [
  buildVerdict(),
  ...[complaint, complaint, complaint],
  buildVerdict({ service: service('praise', 'canteen', 'logistics') }),
  buildQueuedVerdict({
    findings: [],
    service: service('question', 'library', 'library'),
    queues: ['service'],
  }),
  buildQueuedVerdict({ ...found('unverified-claim', 'fraud'), ...negative, ...risky }),
  buildQueuedVerdict({ ...found('leak'), accessClass: 'victim', queues: ['operations', 'review'] }),
  buildQueuedVerdict({
    ...found('self-harm'),
    ...risky,
    accessClass: 'safety',
    queues: ['safety'],
    lifeSafety: true,
  }),
  buildQueuedVerdict({ ...found('emergency'), ...risky, queues: ['safety', 'review'], lifeSafety: true }),
  buildVerdict({ ...found('advert'), noise: true }),
];

function pickFrom<T>(list: readonly T[], n: number): T | undefined {
  return list.length === 0 ? undefined : list[n % list.length];
}

/** Tells the stores what happens, by their ordinary doors; what they refuse is no step. */
export async function live(world: World, steps: readonly Step[]): Promise<Lived> {
  const lived: Lived = { postIds: new Set(), caseIds: new Set(), slipIds: new Set(), done: new Set() };
  for (const step of steps) {
    try {
      if (await take(world, lived, step)) lived.done.add(step.what);
    } catch (error) {
      // Refused by the rules of the office: nothing was written.
      if (!(error instanceof GuanlanError) || error instanceof RetryLater) throw error;
    }
  }
  return lived;
}

const idOf = (post: { channelId: string; kind: string; externalId: string }) =>
  `${post.channelId}:${post.kind}:${post.externalId}`;

async function findPost({ stores }: World, lived: Lived, pick: number): Promise<Post | null> {
  const id = pickFrom([...lived.postIds], pick);
  return id === undefined ? null : stores.posts.findPost(id);
}

async function findCases({ stores }: World, lived: Lived, fits: (one: Case) => boolean): Promise<Case[]> {
  const all = await Promise.all([...lived.caseIds].map((id) => stores.cases.findCase(id, everything)));
  return all.filter((one) => one !== null).filter(fits);
}

/** @returns whether anything came of it */
async function take(world: World, lived: Lived, step: Step): Promise<boolean> {
  switch (step.what) {
    case 'gather':
    case 'edit':
    case 'grow':
      return gather(world, lived, step);
    case 'judge':
    case 'judge-late':
    case 'fail':
      return judge(world, lived, step);
    case 'decide':
    case 'undo':
    case 'close':
    case 'reopen':
    case 'split':
      return decide(world, lived, step);
    case 'slip':
      return moveSlip(world, lived, step);
    case 'lead':
    case 'lead-changed':
    case 'lead-withdrawn':
      return changeLead(world, lived, step);
    case 'raise':
    case 'source-gone':
    case 'end-texts':
    case 'purge':
      return keep(world, lived, step);
    default:
      return pass(world, step);
  }
}

async function gather(world: World, lived: Lived, { what, pick, how }: Step): Promise<boolean> {
  const { stores, clock } = world;
  const known = what === 'gather' ? null : await findPost(world, lived, pick);
  if (what !== 'gather' && (known === null || known.kind === 'lead')) return false;
  // Some come late, by hours, weeks or a year.
  const lateMs = [0, 3 * hourMs, 20 * dayMs, 400 * dayMs][how % 4] ?? 0;
  const shown = new Date(Date.parse(clock.now()) - lateMs).toISOString();
  const parent = pickFrom(
    [...lived.postIds].filter((id) => id.startsWith('main-site:comment:')),
    pick,
  );
  const answers = how % 5 === 4 && parent !== undefined;
  const fresh = buildGathered({
    ...{ externalId: `n${lived.postIds.size}`, title: '', publishedAt: how % 7 === 0 ? null : shown },
    ...{ channelId: how % 3 === 0 ? 'weibo' : 'main-site', text: pickFrom(bodies, how) ?? '' },
    kind: how % 6 === 0 ? 'article' : how % 6 === 1 ? 'status' : 'comment',
    ...(answers
      ? { channelId: 'main-site', kind: 'comment', parentId: parent.split(':')[2] ?? null, official: true }
      : {}),
  });
  const item =
    known === null
      ? fresh
      : {
          ...fresh,
          ...{ channelId: known.channelId, kind: known.kind, externalId: known.externalId },
          ...(known.official ? { official: true as const } : {}),
          ...(what === 'grow' ? await sameText(world, known) : {}),
          metrics: what === 'grow' ? { likes: 5000 * (how + 1) } : known.metrics,
        };
  const [outcome] = await stores.posts.storePosts([{ post: item, snapshotHash: null }], clock.now());
  lived.postIds.add(idOf(item));
  return outcome !== 'unchanged' || what === 'grow';
}

async function sameText({ stores }: World, { id }: Post) {
  const stored = await stores.posts.findText(id, everything);
  return stored === null ? {} : { title: stored.title, text: stored.text };
}

async function judge(world: World, lived: Lived, { what, pick, how }: Step): Promise<boolean> {
  const { stores, clock } = world;
  const post = await findPost(world, lived, pick);
  if (post === null) return false;
  const { id: postId, textVersion } = post;
  if (what === 'fail') {
    await stores.posts.markFailed({ postId, textVersion, reason: 'no answer', retryAt: null });
    return (await stores.posts.findPost(postId))?.state === 'failed';
  }
  const body = (await stores.posts.findText(postId, everything))?.text ?? '';
  const judgement = {
    ...{ postId, caseId: clock.newId(), verdict: pickFrom(verdicts, how) ?? buildVerdict() },
    ...{ textVersion: what === 'judge-late' ? Math.max(1, textVersion - 1) : textVersion, ...readCopy(body) },
  };
  const opened = await stores.posts.storeJudgements([judgement], clock.now());
  for (const id of opened) lived.caseIds.add(id);
  return (await stores.posts.findPost(postId))?.state === 'judged';
}

async function decide(world: World, lived: Lived, { what, pick, how }: Step): Promise<boolean> {
  const { stores, clock } = world;
  const fits = {
    decide: ({ state }: Case) => isUndecided(state),
    undo: ({ decisionId }: Case) => decisionId !== null,
    close: ({ state }: Case) => state === 'decided',
    reopen: ({ state }: Case) => !isUndecided(state),
    split: ({ postIds }: Case) => postIds.length > 1,
  }[what as 'decide'];
  const one = pickFrom(await findCases(world, lived, fits), pick);
  if (one === undefined) return false;
  const actor = pickFrom(actors, how) ?? reviewer;
  const said = { commandId: clock.newId(), caseId: one.id, version: one.version, note: null };
  const at = clock.now();
  if (what === 'undo') {
    await stores.cases.recordUndo({ ...said, decisionId: one.decisionId ?? '' }, director, at);
  } else if (what === 'close') await stores.cases.recordClose(said, director, at);
  else if (what === 'reopen') {
    await stores.cases.recordReopening({ ...said, reason: 'new-facts' }, actor, at);
  } else if (what === 'split') {
    const { partedCaseId } = await stores.cases.recordSplit(
      { ...said, postId: one.postIds[1] ?? '' },
      actor,
      at,
    );
    lived.caseIds.add(partedCaseId);
  } else await recordDecision(world, lived, { one, said, actor, how });
  return true;
}

async function recordDecision(
  { stores, clock }: World,
  lived: Lived,
  { one, said, actor, how }: { one: Case; said: object & { commandId: string }; actor: Actor; how: number },
): Promise<void> {
  // Handing over is the way into most of what is counted.
  const kind =
    how % 2 === 0 ? 'hand-over' : (pickFrom(DecisionKind.options, Math.floor(how / 2)) ?? 'no-action');
  const plannedDueAt = new Date(Date.parse(clock.now()) + 5 * dayMs).toISOString();
  const order = {
    unitId: how % 3 === 0 ? 'library' : 'logistics',
    handover: { ...usualOrder, request: '请答复。', plannedDueAt },
  };
  const command = buildDecisionCommand({
    ...{ ...said, caseId: one.id, kind, reason: pickFrom(reasonsFor[kind], how) ?? 'opinion-only' },
    ...(kind === 'hand-over' ? order : {}),
  });
  await stores.cases.recordDecision(command, actor, clock.now());
  if (kind === 'hand-over') lived.slipIds.add(said.commandId);
}

async function moveSlip({ stores, clock }: World, lived: Lived, { pick, how }: Step): Promise<boolean> {
  const slips = await Promise.all(
    [...lived.slipIds].map((id) => stores.handovers.find(id, { units: 'all' })),
  );
  const ways = slips.flatMap((slip) => {
    if (slip === null) return [];
    return movers.flatMap((mover) =>
      movesNow(slip, mover.appointments, clock.now()).map((move) => ({ slip, mover, move })),
    );
  });
  const way = pickFrom(ways, pick * 7 + how);
  if (way === undefined) return false;
  const { slip, mover, move } = way;
  const needsDate = ['reassign', 'ask-extension', 'grant-extension'].includes(move);
  const command = buildMoveCommand({
    ...{ commandId: clock.newId(), handoverId: slip.id, version: slip.version, move, text: '已核实。' },
    dueAt: needsDate
      ? new Date(Math.max(Date.parse(slip.dueAt), Date.parse(clock.now())) + dayMs).toISOString()
      : null,
    unitId: move === 'reassign' ? 'library' : null,
    unitIds: move === 'add-co-units' ? ['student-affairs'] : [],
    reason: move === 'return' ? 'not-ours' : null,
    quoting: false,
  });
  await stores.handovers.recordMove(command, mover, clock.now());
  return true;
}

async function changeLead(world: World, lived: Lived, { what, pick, how }: Step): Promise<boolean> {
  const { stores, clock } = world;
  const at = clock.now();
  const inMs = (ms: number) => new Date(Date.parse(at) + ms).toISOString();
  const content = {
    source: 'hotline-12345',
    documentNumber: null,
    receivedAt: inMs(-2 * dayMs),
    link: null,
  } as const;
  if (what === 'lead') {
    const command = {
      ...content,
      commandId: clock.newId(),
      deadline: inMs(3 * dayMs),
      summary: `来信第${how}件`,
    };
    lived.postIds.add((await stores.leads.register(command, reviewer, at)).post.id);
    return true;
  }
  const leads = [...lived.postIds].filter((id) => id.startsWith('leads:'));
  const post = await stores.posts.findPost(pickFrom(leads, pick) ?? '');
  if (post?.lead == null) return false;
  const said = { commandId: clock.newId(), postId: post.id, revision: post.lead.revision, reason: '写错了' };
  const sight = { ...everything, at };
  if (what === 'lead-withdrawn') await stores.leads.withdraw(said, director, sight);
  else {
    const summary = how % 2 === 0 ? `来信改为第${how}件` : null;
    await stores.leads.change({ ...content, ...said, summary, deadline: inMs(4 * dayMs) }, director, sight);
  }
  return true;
}

async function keep(world: World, lived: Lived, { what, pick }: Step): Promise<boolean> {
  const { stores, clock } = world;
  const at = clock.now();
  if (what === 'purge') {
    const { posts } = await stores.retention.listExpired(at, 100);
    const result = await stores.retention.purgeExpired(at, posts, 100);
    return Object.values(result).some((count) => count > 0);
  }
  const post = await findPost(world, lived, pick);
  if (post === null) return false;
  if (what === 'source-gone') await stores.posts.markDeleted(post.id, at);
  else if (what === 'end-texts') await stores.retention.endTexts([post.id], at);
  else {
    const command = { commandId: clock.newId(), postId: post.id, textVersion: post.textVersion };
    const raised = await stores.desk.raise(command, reviewer, { accessClasses: ['open', 'victim'], at });
    lived.caseIds.add(raised.case.id);
  }
  return true;
}

async function pass({ stores: { rollups }, clock }: World, { what, how }: Step): Promise<boolean> {
  if (what === 'wait') {
    clock.advance([20 * 60_000, 7 * hourMs, 3 * dayMs, 100 * dayMs, 1100 * dayMs][how % 5] ?? 0);
  } else if (what === 'refresh') await rollups.refresh(1 + (how % 9));
  else if (what === 'refresh-twice') await Promise.all([rollups.refresh(2), rollups.refresh(5)]);
  else await Promise.all([rollups.noteAll(rollupLayout), rollups.refresh(3)]);
  return true;
}
