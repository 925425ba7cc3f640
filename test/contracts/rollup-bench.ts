import type { CaseFact, HandoverFact } from '../../pipeline/domain/case-fact.ts';
import { type Cell, listCells } from '../../pipeline/domain/item-cube.ts';
import type { ItemFact, Speaker } from '../../pipeline/domain/item-fact.ts';
import type { GatheredPost } from '../../pipeline/domain/post.ts';
import { type RollupFamily, sumTallies, type Tally } from '../../pipeline/domain/rollup.ts';
import type { TrendDimension } from '../../pipeline/domain/trend.ts';
import { countCubes, planCube } from '../../pipeline/domain/trend-counts.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import type { Page } from '../../pipeline/ports/page.ts';
import type {
  CaseFilter,
  CaseMoment,
  FactPeriod,
  HandoverFilter,
  HandoverMoment,
  ItemFilter,
  RollupStore,
} from '../../pipeline/ports/rollup-store.ts';
import { buildGathered, buildVerdict } from '../builders/post.ts';
import { readAllCubes } from '../rollups/plain-count.ts';
import { buildHandoverBench, type HandoverStoreFixture } from './handover-bench.ts';

export interface RollupStoreFixture extends HandoverStoreFixture {
  rollups: RollupStore;
}

/** Every day that a test may mean, in every class. */
export const always: FactPeriod = {
  fromDay: '2020-01-01',
  toDay: '2039-12-31',
  accessClasses: ['open', 'victim', 'safety'],
};

/** A comment that complains about the canteen; the directory makes logistics answerable. */
export const complaint: Partial<Verdict> = {
  sentiment: { label: 'negative', score: -0.6, confidence: 0.8 },
  service: { kind: 'complaint', topic: 'canteen', confidence: 0.9, unitId: 'logistics' },
  risk: { score: 20, level: 'low', parts: { severity: 20 } },
};

function passes(cell: Cell, filter: Omit<ItemFilter, 'speaker'>): boolean {
  const among = (values: readonly unknown[] | undefined, value: unknown) => values?.includes(value) !== false;
  return (
    among(filter.kinds, cell.kind) &&
    among(filter.channelIds, cell.channelId) &&
    among(filter.unitIds, cell.unitId ?? '') &&
    among(filter.tones, cell.tone) &&
    among(filter.levels, cell.level) &&
    among(filter.serviceKinds, cell.service?.kind) &&
    among(filter.topics, cell.service?.topic) &&
    among(filter.hours, Number(cell.hour.slice(11))) &&
    (filter.categories === undefined || filter.categories.some((one) => cell.categories.includes(one)))
  );
}

/** What the suites of the figures do with a store again and again. */
export function buildRollupBench(current: () => RollupStoreFixture) {
  const bench = buildHandoverBench(current);
  const rollups = () => current().rollups;

  /** Until nothing waits; a few at a time, so that a batch has an end. */
  async function drain(): Promise<void> {
    while ((await rollups().refresh(7)) > 0);
  }
  const idOf = ({ channelId, kind, externalId }: GatheredPost) => `${channelId}:${kind}:${externalId}`;

  /** Stores a comment unless told another kind. @returns its id */
  async function gather(post: Partial<GatheredPost> & Pick<GatheredPost, 'externalId'>): Promise<string> {
    const item = buildGathered({ kind: 'comment', title: '', ...post });
    await current().posts.storePosts([{ post: item, snapshotHash: null }], bench.now());
    return idOf(item);
  }
  /** @returns the case, should one be opened */
  async function judge(postId: string, verdict: Partial<Verdict>, textVersion = 1): Promise<string> {
    const caseId = current().clock.newId();
    await current().posts.storeJudgements(
      [{ postId, textVersion, verdict: buildVerdict(verdict), tokens: [], caseId }],
      bench.now(),
    );
    return caseId;
  }
  /** Of the whole cubes, narrowed cell by cell. */
  const readCells = async (filter: Partial<FactPeriod> & ItemFilter = {}) => {
    const { fromDay, toDay, accessClasses, speaker, ...rest } = { ...always, ...filter };
    const period = { fromDay, toDay, accessClasses, ...(speaker && { speaker }) };
    const cubes = await rollups().readCubes({ ...period, plane: 'whole', hours: true });
    return cubes
      .flatMap(listCells)
      .filter((cell) => passes(cell, rest))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  };
  /** How many items of some days there are, by the values of one dimension. */
  const countBy = async (
    dimension: TrendDimension,
    query: Partial<FactPeriod> & { speaker?: Speaker } = {},
  ) => {
    const question = { filter: {}, by: { dimensions: [dimension], time: 'none' as const } };
    const cubes = await rollups().readCubes({ ...always, ...query, ...planCube(question) });
    const counts = countCubes(cubes, question).map(({ values, count }) => [values.join(), count]);
    return Object.fromEntries(counts) as Record<string, number>;
  };
  const readDays = (family: RollupFamily, query: Partial<Parameters<RollupStore['readDays']>[0]> = {}) =>
    rollups().readDays({ ...always, family, ...query });
  /** Of all days of one key together. */
  const tallyOf = async (
    family: RollupFamily,
    key: string,
    period: Partial<FactPeriod> = {},
  ): Promise<Tally> => {
    const days = await readDays(family, { keys: [key], ...period });
    return sumTallies(days.map(({ tally }) => tally));
  };

  async function listPages<T>(ask: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<T> = await ask(cursor);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }
  const listItems = (filter: Partial<FactPeriod> & ItemFilter = {}, limit = 3): Promise<ItemFact[]> =>
    listPages((cursor) => rollups().listItems({ ...always, ...filter, cursor, limit }));
  const listCases = (
    moment: CaseMoment,
    filter: Partial<FactPeriod> & CaseFilter = {},
    limit = 2,
  ): Promise<CaseFact[]> =>
    listPages((cursor) => rollups().listCases({ ...always, ...filter, moment, cursor, limit }));
  const listHandovers = (
    moment: HandoverMoment,
    filter: Partial<FactPeriod> & HandoverFilter = {},
    limit = 2,
  ): Promise<HandoverFact[]> =>
    listPages((cursor) => rollups().listHandovers({ ...always, ...filter, moment, cursor, limit }));

  /** Everything that the figures say. */
  const readAll = async () => ({
    cells: await readCells(),
    cubes: await readAllCubes(rollups(), always),
    days: (
      await Promise.all((['channel', 'unit', 'topic', 'category'] as const).map((family) => readDays(family)))
    )
      .flat()
      .map((day) => JSON.stringify(day))
      .sort(),
    items: await listItems({}, 200),
    cases: await listCases('opened', {}, 200),
    slips: await listHandovers('sent', {}, 200),
  });

  return {
    ...{ ...bench, rollups, drain, gather, judge, readCells, countBy, readDays, tallyOf },
    ...{ listItems, listCases, listHandovers, readAll },
  };
}
