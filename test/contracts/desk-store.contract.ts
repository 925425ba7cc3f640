import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessClass } from '../../pipeline/domain/access-class.ts';
import type { Case } from '../../pipeline/domain/case.ts';
import { type CaseFilter, type CaseSort, statesOf } from '../../pipeline/domain/case-filter.ts';
import type { QueueName, ServiceTopic } from '../../pipeline/domain/category.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import type { GatheredPost } from '../../pipeline/domain/post.ts';
import type { CaseRouting } from '../../pipeline/domain/routing.ts';
import type { RiskLevel, Verdict } from '../../pipeline/domain/verdict.ts';
import type { CaseStore } from '../../pipeline/ports/case-store.ts';
import type { DeskStore, FilteredQuery } from '../../pipeline/ports/desk-store.ts';
import type { PostStore } from '../../pipeline/ports/post-store.ts';
import { buildDecisionCommand, otherReviewer, reviewer } from '../builders/case.ts';
import { buildFinding, buildGathered, buildVerdict } from '../builders/post.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

export interface DeskStoreFixture {
  desk: DeskStore;
  posts: PostStore;
  cases: CaseStore;
  clock: FakeClock;
  close(): Promise<void>;
}

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
const publicity = ['open', 'victim'] as const;
const levels: readonly RiskLevel[] = ['low', 'watch', 'important', 'urgent'];
const topics: readonly ServiceTopic[] = ['canteen', 'dormitory', 'fees'];

type Found = Awaited<ReturnType<DeskStore['listFiltered']>>;

export function deskStoreContract(open: () => Promise<DeskStoreFixture>): void {
  let opened: DeskStoreFixture;
  const now = () => opened.clock.now();
  const ask = (more: Partial<FilteredQuery> = {}): FilteredQuery => ({
    queue: 'review',
    states: ['open', 'reopened'],
    filter: {},
    words: null,
    reader: { actorId: reviewer.id, now: now() },
    ...everything,
    ...more,
  });

  type OnePost = Partial<GatheredPost> & Pick<GatheredPost, 'externalId'>;
  const idOf = ({ channelId = 'main-site', kind = 'comment', externalId }: OnePost) =>
    `${channelId}:${kind}:${externalId}`;

  /** One of many: every facet in turn. */
  function describeOne(index: number) {
    const level = levels[index % 4] ?? 'low';
    const topic = topics[index % 3] ?? 'fees';
    const queues: QueueName[] = index % 5 === 0 ? ['review', 'service'] : ['review'];
    const accessClass: AccessClass = index % 11 === 0 ? 'victim' : index % 13 === 0 ? 'safety' : 'open';
    const kind = index % 2 === 0 ? ('complaint' as const) : ('question' as const);
    const found = ['leak' as const, 'fraud' as const].map((category) => buildFinding({ category }));
    const routing: CaseRouting = {
      ...{ version: 1, ruleIds: ['one'], queue: null, unitId: 'logistics', executorId: null },
      ...{ dueWorkingDays: null, label: index % 16 === 0 ? '线索' : null },
    };
    return {
      post: {
        externalId: `${index}`,
        channelId: index % 2 === 0 ? 'main-site' : 'weibo',
        kind: index % 7 === 0 ? ('status' as const) : ('comment' as const),
      },
      verdict: {
        ...{ queues, accessClass, lifeSafety: index % 10 === 0 },
        risk: { score: 10 * (index % 3), level, parts: {} },
        service: index % 4 === 3 ? null : { kind, topic, confidence: 1 },
        findings: index % 3 === 0 ? found : [],
      },
      routing: index % 8 === 0 ? routing : null,
      word: index % 6 === 0 ? '暖气' : '食堂',
      isGone: index % 9 === 0,
    };
  }

  interface Row {
    post: OnePost;
    verdict: Partial<Verdict>;
    word: string;
    routing?: CaseRouting | null;
    textVersion?: number;
  }
  async function judgeAll(rows: readonly Row[]): Promise<void> {
    const items = rows.map(({ post }) => ({
      post: buildGathered({ kind: 'comment', title: '', ...post }),
      snapshotHash: null,
    }));
    await opened.posts.storePosts(items, now());
    const judgements = rows.map(({ post, verdict, word, routing = null, textVersion = 1 }) => ({
      ...{ postId: idOf(post), textVersion, verdict: buildVerdict(verdict), tokens: [word], routing },
      caseId: opened.clock.newId(),
    }));
    await opened.posts.storeJudgements(judgements, now());
  }

  /** Page by page, until there is no more. */
  async function listAll(query: FilteredQuery, sort: CaseSort, limit = 7): Promise<Case[]> {
    const found: Case[] = [];
    let cursor: string | null = null;
    do {
      const page: Found = await opened.desk.listFiltered({ ...query, sort, cursor, limit });
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  }

  describe('a desk with many cases', () => {
    let cases: Case[];
    /** By case: whether its source is gone, and the words of its text. */
    const gone = new Set<string>();
    const wordOf = new Map<string, string>();

    beforeAll(async () => {
      opened = await open();
      const rows = Array.from({ length: 60 }, (_, index) => describeOne(index));
      for (let start = 0; start < rows.length; start += 12) {
        opened.clock.advance(3_600_000);
        await judgeAll(rows.slice(start, start + 12));
      }
      const edited = rows.filter((_, index) => index % 12 === 1);
      await judgeAll(
        edited.map(({ post, word, verdict: { queues, risk } }) => ({
          ...{ word, post: { ...post, text: `改过的正文${post.externalId}` } },
          ...{ verdict: { queues, risk: { ...risk, score: 5 } }, textVersion: 2 },
        })),
      );
      for (const { post, isGone } of rows) if (isGone) await opened.posts.markDeleted(idOf(post), now());
      cases = await listAll(ask({ states: statesOf('any') }), 'oldest', 200);
      for (const one of cases) {
        const index = Number(one.postIds[0]?.split(':')[2]);
        if (index % 9 === 0) gone.add(one.id);
        wordOf.set(one.id, index % 6 === 0 ? '暖气' : '食堂');
      }
      const free = cases.filter(({ accessClass }) => accessClass === 'open');
      for (const [index, one] of free.slice(0, 6).entries()) {
        const actorId = index % 2 === 0 ? reviewer.id : otherReviewer.id;
        const expiresAt = new Date(Date.parse(now()) + (index % 3 === 0 ? -1000 : 3_600_000)).toISOString();
        const claim = { caseId: one.id, actorId, token: `t${index}`, at: now(), expiresAt };
        await opened.cases.claimCase({ ...claim, ...everything });
      }
      for (const one of free.slice(20, 23)) {
        const command = buildDecisionCommand({ commandId: opened.clock.newId(), caseId: one.id });
        await opened.cases.recordDecision({ ...command, version: one.version }, reviewer, now());
      }
      cases = await listAll(ask({ states: statesOf('any') }), 'oldest', 200);
    });
    afterAll(() => opened.close());

    /** The same question, asked of a list in memory. */
    function expected(
      { filter, states, queue, accessClasses, reader, words }: FilteredQuery,
      sort: CaseSort,
    ) {
      const any = <T>(wanted: readonly T[] | undefined, has: readonly (T | null | undefined)[]) =>
        wanted === undefined || wanted.length === 0 || wanted.some((one) => has.includes(one));
      const held = (one: Case) => one.claim !== null && one.claim.expiresAt > reader.now;
      const left = cases.filter(
        (one) =>
          one.queues.includes(queue) &&
          states.includes(one.state) &&
          accessClasses.includes(one.accessClass) &&
          any(filter.channelIds, [one.channelId]) &&
          any(filter.kinds, [one.postIds[0]?.split(':')[1]] as never) &&
          any(filter.categories, one.categories) &&
          any(filter.serviceKinds, [one.service?.kind]) &&
          any(filter.topics, [one.service?.topic]) &&
          any(filter.levels, [one.level]) &&
          any(filter.unitIds, [one.unitId ?? one.routing?.unitId]) &&
          any(filter.labels, [one.routing?.label]) &&
          (filter.openedFrom === undefined || one.openedAt >= filter.openedFrom) &&
          (filter.openedTo === undefined || one.openedAt < filter.openedTo) &&
          (filter.held !== 'nobody' || !held(one)) &&
          (filter.held !== 'me' || (held(one) && one.claim?.actorId === reader.actorId)) &&
          (filter.edited !== true || one.textVersion > 1) &&
          (filter.deleted !== true || gone.has(one.id)) &&
          (words === null ||
            (words.words.includes(wordOf.get(one.id) ?? '') &&
              words.accessClasses.includes(one.accessClass))),
      );
      const risk = (one: Case) => [one.lifeSafety ? 0 : 1, -one.riskScore, one.openedAt, one.id] as const;
      const key = (one: Case) => (sort === 'risk' ? risk(one) : ([one.openedAt, one.id] as const));
      const ordered = [...left].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        const at = x.findIndex((part, index) => part !== y[index]);
        return at < 0 ? 0 : (x[at] ?? 0) < (y[at] ?? 0) ? -1 : 1;
      });
      return sort === 'newest' ? ordered.reverse() : ordered;
    }

    it('finds what a list in memory would find, in every order, page by page', async () => {
      const maybe = <T>(values: readonly T[]) =>
        fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined, freq: 2 });
      const hours = [...new Set(cases.map(({ openedAt }) => openedAt))];
      const instant = fc.option(fc.constantFrom(...hours), { nil: undefined, freq: 1 });
      const yes = fc.option(fc.constant(true as const), { nil: undefined, freq: 1 });
      const filters: fc.Arbitrary<CaseFilter> = fc.record({
        channelIds: maybe(['main-site', 'weibo', 'gone']),
        kinds: maybe(['comment', 'status'] as const),
        categories: maybe(['leak', 'fraud'] as const),
        serviceKinds: maybe(['complaint', 'question'] as const),
        topics: maybe(topics),
        levels: maybe(levels),
        unitIds: maybe(['logistics']),
        labels: maybe(['线索']),
        openedFrom: instant,
        openedTo: instant,
        held: fc.option(fc.constantFrom('nobody' as const, 'me' as const), { nil: undefined, freq: 1 }),
        edited: yes,
        deleted: yes,
      });
      // Mostly one or two questions at once, so that something is found.
      const narrow = fc
        .tuple(filters, fc.subarray([...Object.keys(CaseFilterKeys)], { maxLength: 2 }))
        .map(([filter, keys]) =>
          Object.fromEntries(Object.entries(filter).filter(([key, value]) => keys.includes(key) && value)),
        );
      const asked = fc.record({
        filter: narrow,
        states: fc.constantFrom(statesOf('undecided'), statesOf('decided'), statesOf('any')),
        queue: fc.constantFrom('review' as const, 'service' as const),
        accessClasses: fc.constantFrom<readonly AccessClass[]>(['open'], publicity, everything.accessClasses),
        words: fc.option(
          fc.record({
            words: fc.constantFrom(['暖气'], ['食堂']),
            accessClasses: fc.constant<readonly AccessClass[]>(['open']),
          }),
          { nil: null, freq: 1 },
        ),
      });
      let hits = 0;
      await fc.assert(
        fc.asyncProperty(asked, fc.constantFrom('risk', 'oldest', 'newest'), async (more, sort) => {
          const query = ask(more as Partial<FilteredQuery>);
          const found = await listAll(query, sort);
          hits += found.length;
          expect(found.map(({ id }) => id)).toEqual(expected(query, sort).map(({ id }) => id));
        }),
        { numRuns: 60, seed: 7 },
      );
      expect(hits).toBeGreaterThan(100);
    });

    it('counts what the filter leaves by facet, of the visible classes only', async () => {
      const query = ask({ filter: { levels: ['urgent', 'watch'] }, accessClasses: ['open'] });
      const { total, complete, counts } = await opened.desk.countFacets(query);
      const left = expected(query, 'oldest');
      expect({ total, complete }).toEqual({ total: left.length, complete: true });
      const count = (has: (one: Case) => boolean) => left.filter(has).length;
      expect(counts['topic:canteen']).toBe(count((one) => one.service?.topic === 'canteen'));
      expect(counts['channel:weibo']).toBe(count((one) => one.channelId === 'weibo'));
      expect(counts['level:urgent']).toBe(count((one) => one.level === 'urgent'));
      expect(counts['level:low']).toBeUndefined();
    });

    it('tells the newest case of a post, and none where that is not for these eyes', async () => {
      const hidden = cases.find(({ accessClass }) => accessClass === 'safety');
      const shown = cases.find(({ accessClass }) => accessClass === 'open');
      const ids = [hidden?.postIds[0] ?? '', shown?.postIds[0] ?? '', 'main-site:comment:none'];
      const found = await opened.desk.findNewestCases(ids, { accessClasses: publicity });
      expect([...found].map(([postId, { id }]) => [postId, id])).toEqual([[ids[1], shown?.id]]);
    });

    it('follows a decision with its states and its unit', async () => {
      const one = cases.find(
        (each) => each.state === 'open' && each.accessClass === 'open' && each.claim === null,
      );
      const command = buildDecisionCommand({ commandId: opened.clock.newId(), caseId: one?.id ?? '' });
      const handOver = { kind: 'hand-over', reason: 'service-need', unitId: 'finance' } as const;
      await opened.cases.recordDecision(
        { ...command, ...handOver, version: one?.version ?? 0 },
        reviewer,
        now(),
      );
      const of = (states: FilteredQuery['states']) =>
        listAll(ask({ states, filter: { unitIds: ['finance'] } }), 'risk');
      expect((await of(['handed-over'])).map(({ id }) => id)).toEqual([one?.id]);
      expect(await of(['open', 'reopened'])).toEqual([]);
    });

    it('loads what a list shows in the order asked for, each version by itself, and nothing of other classes', async () => {
      const { posts, desk } = opened;
      const item = (text: string) => [
        {
          post: buildGathered({ channelId: 'main-site', kind: 'comment', externalId: 'shown', text }),
          snapshotHash: null,
        },
      ];
      await posts.storePosts(item('热水停了'), now());
      const postId = 'main-site:comment:shown';
      const verdict = buildVerdict({ findings: [buildFinding()] });
      const judgement = { postId, textVersion: 1, verdict, tokens: [], caseId: opened.clock.newId() };
      await posts.storeJudgements([judgement], now());
      await posts.storePosts(item('热水停了三天'), now());

      expect([...(await desk.loadPosts([postId, 'nobody', postId])).keys()]).toEqual([postId]);
      const wanted = [2, 9, 1, 2].map((textVersion) => ({ postId, textVersion }));
      const sight = { accessClasses: ['open', 'victim', 'safety'] as const, now: now() };
      const texts = await desk.loadTexts(wanted, sight);
      expect(texts.map((one) => one?.text.text ?? null)).toEqual([
        '热水停了三天',
        null,
        '热水停了',
        '热水停了三天',
      ]);
      expect(texts.map((one) => one?.findings?.length ?? null)).toEqual([null, null, 1, null]);
      expect(texts[2]?.text).toEqual(await posts.findText(postId, { textVersion: 1, ...sight }));
      expect(await desk.loadTexts(wanted, { ...sight, accessClasses: [] })).toEqual(wanted.map(() => null));
      const late = await desk.loadTexts(wanted, { ...sight, now: texts[2]?.text.expiresAt ?? '' });
      expect(late[2]).toBeNull();
      expect(await desk.loadTexts([], sight)).toEqual([]);
    });

    it('refuses a cursor of another order', async () => {
      const { nextCursor } = await opened.desk.listFiltered({
        ...ask(),
        sort: 'risk',
        cursor: null,
        limit: 1,
      });
      const other = { ...ask(), sort: 'oldest' as const, cursor: nextCursor, limit: 1 };
      await expect(opened.desk.listFiltered(other)).rejects.toThrow(InvalidInput);
    });
  });
}

const CaseFilterKeys: Record<keyof CaseFilter, true> = {
  channelIds: true,
  kinds: true,
  categories: true,
  serviceKinds: true,
  topics: true,
  levels: true,
  unitIds: true,
  labels: true,
  openedFrom: true,
  openedTo: true,
  held: true,
  hasDeadline: true,
  edited: true,
  deleted: true,
};
