import { setImmediate } from 'node:timers/promises';
import type { AccessClass } from '../domain/access-class.ts';
import type { BriefKind, BriefSubject } from '../domain/brief.ts';
import type { QueryOf } from '../domain/brief-evidence.ts';
import type { BriefMaterial, DocketFact, DraftFact } from '../domain/brief-material.ts';
import type { CaseFact, HandoverFact } from '../domain/case-fact.ts';
import type { Channel } from '../domain/channel.ts';
import type { Gap } from '../domain/completeness.ts';
import { isCrawled, isWatchedWhole, neededCredential } from '../domain/crawled.ts';
import { credentialStanding } from '../domain/credential.ts';
import type { DocketEntry, DocketKind } from '../domain/docket.ts';
import type { Draft } from '../domain/draft.ts';
import type { DraftEvent } from '../domain/draft-move-command.ts';
import { RetryLater } from '../domain/errors.ts';
import type { ItemFact } from '../domain/item-fact.ts';
import { rollupLayout } from '../domain/rollup.ts';
import { bucketHour, dayBefore, shanghaiDay } from '../domain/time.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import { followMerges } from './find-live-topic.ts';
import { hasComments } from './read-coverage.ts';

export interface BriefPorts {
  stores: Pick<
    Stores,
    | (
        | 'briefs'
        | 'rollups'
        | 'settings'
        | 'ledger'
        | 'credentials'
        | 'drafts'
        | 'live'
        | 'docket'
        | 'oversight'
      )
    | ('cases' | 'users' | 'evidence' | 'bursts' | 'topics')
  >;
  clock: Ports['clock'];
  calendar: Ports['calendar'];
}

/**
 * What briefs count: `open` alone, for every reader the same. What concerns an identifiable person (`victim`) is in no brief, not even as a
 * number: leaders and analysts have no sight of it (R19).
 */
const briefClasses: readonly AccessClass[] = ['open'];

interface Range {
  /** Instants. */
  from: string;
  until: string;
}

const pageSize = 200;

async function readAll<T>(read: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read({ cursor, limit: pageSize });
    all.push(...page.items);
    cursor = page.nextCursor;
    // The embedded store reads in this thread: others have a turn between two pages.
    await setImmediate();
  } while (cursor !== null);
  return all;
}

const uniqueBy = <T>(list: readonly T[], keyOf: (one: T) => string): T[] => [
  ...new Map(list.map((one) => [keyOf(one), one])).values(),
];

/** Answers come, and slips are closed, this long after what began them at most, as far as a brief looks. */
const lookBackDays = 60;

async function readFacts(
  { from, until }: Range,
  { stores: { rollups }, clock }: BriefPorts,
): Promise<{ items: ItemFact[]; cases: CaseFact[]; handovers: HandoverFact[]; referred: CaseFact[] }> {
  const fromDay = shanghaiDay(from);
  const today = shanghaiDay(clock.now());
  const period = { fromDay, toDay: shanghaiDay(until), accessClasses: briefClasses };
  // What was still waiting at the end of the span may have been dealt with since.
  const sinceThen = { ...period, toDay: today };
  const items = await readAll((page) => rollups.listItems({ ...period, ...page }));
  const longAgo = { ...sinceThen, fromDay: dayBefore(fromDay, lookBackDays) };
  const cases: CaseFact[] = [];
  // A reply is seen days after the decision to answer.
  for (const [moment, since] of [
    ['opened', sinceThen],
    ['decided', longAgo],
    ['undecided-now', sinceThen],
  ] as const) {
    cases.push(...(await readAll((page) => rollups.listCases({ ...since, ...page, moment }))));
  }
  const handovers: HandoverFact[] = [];
  for (const moment of ['sent', 'received', 'answered', 'with-unit-now'] as const) {
    handovers.push(...(await readAll((page) => rollups.listHandovers({ ...longAgo, ...page, moment }))));
  }
  const safety = { ...period, accessClasses: ['safety'] as const, moment: 'opened' as const };
  return {
    items,
    cases: uniqueBy(cases, ({ caseId }) => caseId),
    handovers: uniqueBy(handovers, ({ handoverId }) => handoverId),
    referred: await readAll((page) => rollups.listCases({ ...safety, ...page })),
  };
}

const mostGaps = 2000;
/** The window of the last hours is not closed yet: no sign of anything. */
const pendingMs = 26 * 3_600_000;

/** Channels that are watched: their gaps, and of when nothing is known. */
async function readGaps(
  channels: readonly Channel[],
  { from, until }: Range,
  { stores: { ledger } }: BriefPorts,
): Promise<{ gaps: Gap[]; unobserved: BriefMaterial['unobserved'][number][] }> {
  const gaps: Gap[] = [];
  const unobserved: BriefMaterial['unobserved'][number][] = [];
  for (const channel of channels) {
    const { id: channelId } = channel;
    gaps.push(...(await ledger.listGapsOver(channelId, { from, to: until }, mostGaps)));
    if (!isWatchedWhole(channel)) continue;
    const span = await ledger.readSpan(channelId);
    if (span === null) unobserved.push({ channelId, from, to: until });
    else if (span.from > from)
      unobserved.push({ channelId, from, to: span.from < until ? span.from : until });
    if (span !== null && Date.parse(until) - Date.parse(span.to) > pendingMs && span.to > from) {
      unobserved.push({ channelId, from: span.to, to: until });
    }
  }
  return { gaps, unobserved };
}

function momentOf(event: DraftEvent): QueryOf<'drafts'>['moment'] | null {
  if (event.kind === 'submit') return 'submitted';
  if (event.kind === 'return') return 'returned';
  if (event.from === 'in-review' && event.to === 'approved') return 'approved';
  if (event.kind === 'mark-published') return 'published';
  if (event.kind === 'start-correction') return 'correcting';
  return event.to === 'recalled' && event.from !== 'recalled' ? 'recalled' : null;
}

async function readDrafts({ from }: Range, { stores: { drafts }, clock }: BriefPorts): Promise<DraftFact[]> {
  const mover = { id: '', student: false, appointments: [] };
  const asked = { units: 'all' as const, personIds: [], mover, now: clock.now(), words: null };
  const found: Draft[] = await readAll((page) => drafts.list({ ...asked, ...page, filter: 'in-review' }));
  for (let cursor: string | null = null; ; ) {
    const page: Page<Draft> = await drafts.list({ ...asked, filter: 'all', cursor, limit: pageSize });
    const changed = page.items.filter(({ changedAt }) => changedAt >= from);
    found.push(...changed);
    // Last changed first: nothing before it was touched since.
    if (page.nextCursor === null || changed.length < page.items.length) break;
    cursor = page.nextCursor;
  }
  const facts: DraftFact[] = [];
  for (const { id } of uniqueBy(found, (draft) => draft.id)) {
    const events = await drafts.listEvents(id);
    facts.push({
      draftId: id,
      events: events.map((event) => ({
        ...{ moment: momentOf(event), at: event.at, isWaiting: event.to === 'in-review' },
      })),
    });
  }
  return facts;
}

async function readChannels(
  channels: readonly Channel[],
  { stores: { credentials }, clock }: BriefPorts,
): Promise<BriefMaterial['channels'][number][]> {
  const now = clock.now();
  const facts: BriefMaterial['channels'][number][] = [];
  for (const channel of channels) {
    const isRead = isCrawled(channel);
    const needed = isRead ? neededCredential(channel) : null;
    const known = needed === null ? [] : await credentials.listFacts(channel.id);
    const standing = credentialStanding(known, needed === null ? [] : [needed], now);
    const isNeeding = standing !== 'ok' && standing !== 'none-needed';
    facts.push({ id: channel.id, isRead, isNeeding, hasComments: hasComments(channel) });
  }
  return facts;
}

function settledAt(entry: DocketEntry): string | null {
  const { facts } = entry;
  if (facts.kind === 'removal') return facts.done?.at ?? null;
  if (facts.kind === 'public-request') return facts.answeredAt;
  return entry.moves.find(({ kind }) => kind === 'disclosed' || kind === 'refused')?.at ?? null;
}

async function readDocket({ from, until }: Range, { stores: { docket } }: BriefPorts): Promise<DocketFact[]> {
  const [first, last] = [from, until].map((at) => Number(shanghaiDay(at).slice(0, 4)));
  const facts: DocketFact[] = [];
  for (const register of ['lawful-request', 'removal', 'public-request'] as const satisfies DocketKind[]) {
    // What was settled in January came in last year.
    for (let year = (first ?? 0) - 1; year <= (last ?? 0); year += 1) {
      for (const entry of await docket.listYear(register, year)) {
        facts.push({ id: entry.id, register, receivedAt: entry.openedAt, settledAt: settledAt(entry) });
      }
    }
  }
  return facts;
}

/** Topics spoken of in the span, with their public members of it. */
async function readTopics(
  { from, until }: Range,
  { stores: { topics } }: BriefPorts,
): Promise<BriefMaterial['topics'][number][]> {
  const found = await topics.listTopics({ lastItemFrom: from });
  const facts: BriefMaterial['topics'][number][] = [];
  for (const { id, name, firstSeenAt, isDismissed, mergedInto } of found) {
    if (isDismissed || mergedInto !== null || firstSeenAt >= until) continue;
    const members = await readAll((page) => topics.listMembers(id, page));
    const meant = members.filter(({ speaker, at }) => speaker === 'public' && from <= at && at < until);
    facts.push({
      ...{ id, name, firstSeenAt },
      members: meant.map(({ postId, at, channelId }) => ({ postId, at, channelId })),
    });
  }
  return facts;
}

/** Ids of the posts and cases that a special brief is about. */
async function readSubject(
  subject: BriefSubject,
  known: readonly CaseFact[],
  { stores: { cases, topics } }: BriefPorts,
): Promise<{ caseIds: Set<string>; postIds: Set<string> }> {
  const caseIds = new Set<string>();
  const postIds = new Set<string>();
  if (subject.kind === 'topic') {
    const topicId = (await followMerges(subject.topicId, { topics }))?.id ?? subject.topicId;
    for (const { postId } of await readAll((page) => topics.listMembers(topicId, page))) {
      postIds.add(postId);
    }
    for (const { caseId } of known) {
      const found = await cases.findCase(caseId, { accessClasses: briefClasses });
      if (found?.postIds.some((id) => postIds.has(id)) === true) caseIds.add(caseId);
    }
    return { caseIds, postIds };
  }
  for (const caseId of subject.caseIds) {
    const found = await cases.findCase(caseId, { accessClasses: briefClasses });
    if (found === null) continue;
    caseIds.add(caseId);
    for (const id of found.postIds) postIds.add(id);
  }
  return { caseIds, postIds };
}

const mostRefreshed = 200;
const refreshesAtMost = 1000;
const askAgainMs = 60_000;

/**
 * What was noted as changed is counted first, so that late items are in. Of facts that are only half there, as after an update,
 * nothing is told. @throws RetryLater
 */
export async function catchUp({ rollups }: Pick<Stores, 'rollups'>): Promise<void> {
  if ((await rollups.readLayout()) < rollupLayout)
    throw new RetryLater(askAgainMs, '数据正在重新统计，请稍后再试。');
  for (let tries = 0; tries < refreshesAtMost; tries += 1) {
    if ((await rollups.refresh(mostRefreshed)) === 0) return;
    await setImmediate();
  }
  throw new RetryLater(askAgainMs, '新增内容还没有统计完，请稍后再试。');
}

/**
 * Everything that briefs of a kind count over a stretch of time, without a text.
 * @param about narrows to what a special brief is about
 */
export async function gatherMaterial(
  range: Range,
  about: { kind: BriefKind; subject: BriefSubject | null },
  ports: BriefPorts,
): Promise<BriefMaterial> {
  const { stores } = ports;
  await catchUp(stores);
  const { channels } = await stores.settings.read();
  const facts = await readFacts(range, ports);
  const base: BriefMaterial = {
    ...facts,
    ...(await readGaps(channels, range, ports)),
    ...{ drafts: [], live: [], topics: [], docket: [], reads: [] },
    channels: await readChannels(channels, ports),
    bursts: await stores.bursts.listOver({
      fromHour: bucketHour(range.from),
      toHour: bucketHour(range.until),
    }),
  };
  if (about.subject !== null) return narrow(base, await readSubject(about.subject, facts.cases, ports));
  const open = { channelIds: 'all' as const, accessClasses: briefClasses, results: null, openOnly: false };
  return {
    ...base,
    topics: about.kind === 'morning' ? [] : await readTopics(range, ports),
    drafts: await readDrafts(range, ports),
    live: await readAll((page) => stores.live.list({ ...open, ...page })),
    ...(about.kind === 'monthly' ? await readOversight(range, ports) : {}),
  };
}

async function readOversight(
  range: Range,
  ports: BriefPorts,
): Promise<Pick<BriefMaterial, 'docket' | 'reads'>> {
  const { oversight } = ports.stores;
  const reads = await readAll((page) => oversight.listReads({ ...range, ...page }));
  return {
    docket: await readDocket(range, ports),
    reads: reads.map(({ id, at }) => ({ id, at })),
  };
}

function narrow(
  material: BriefMaterial,
  { caseIds, postIds }: { caseIds: ReadonlySet<string>; postIds: ReadonlySet<string> },
): BriefMaterial {
  return {
    ...material,
    items: material.items.filter(({ postId }) => postIds.has(postId)),
    cases: material.cases.filter(({ caseId }) => caseIds.has(caseId)),
    handovers: material.handovers.filter(({ caseId }) => caseIds.has(caseId)),
    ...{ referred: [], bursts: [] },
  };
}
