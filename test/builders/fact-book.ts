import type { AccessClass } from '../../pipeline/domain/access-class.ts';
import type { Category, ServiceTopic } from '../../pipeline/domain/category.ts';
import { buildCubeChanges, changeCube } from '../../pipeline/domain/cube-change.ts';
import { parseCube } from '../../pipeline/domain/item-cube.ts';
import type { ItemFact } from '../../pipeline/domain/item-fact.ts';
import { speakerOf } from '../../pipeline/domain/item-fact.ts';
import { rollupLayout } from '../../pipeline/domain/rollup.ts';
import type { FactPeriod, ItemFilter, RollupStore } from '../../pipeline/ports/rollup-store.ts';

interface Said {
  topic?: ServiceTopic;
  categories?: Category[];
  accessClass?: AccessClass;
  tone?: ItemFact['tone'];
  /** Of all of them the same; each its own unless told. */
  content?: string;
}

/** Facts written down by a test, read as from the rollups: for questions whose answer does not depend on how they are kept. */
export function openFactBook() {
  const facts: ItemFact[] = [];
  const contents = new Map<string, string>();
  const find = ({
    fromDay,
    toDay,
    accessClasses,
    channelIds,
    topics,
    speaker,
  }: FactPeriod & Pick<ItemFilter, 'channelIds' | 'topics' | 'speaker'>) =>
    facts.filter(
      (fact) =>
        fact.hour.slice(0, 10) >= fromDay &&
        fact.hour.slice(0, 10) <= toDay &&
        accessClasses.includes(fact.accessClass) &&
        channelIds?.includes(fact.channelId) !== false &&
        (topics === undefined || (fact.service !== null && topics.includes(fact.service.topic))) &&
        (speaker === undefined || speakerOf(fact.kind) === speaker),
    );
  const rollups: Pick<RollupStore, 'readCubes' | 'listItems' | 'readLayout' | 'countWaiting'> = {
    readLayout: async () => rollupLayout,
    countWaiting: async () => 0,
    readCubes: async (query) =>
      buildCubeChanges(find(query).map((fact) => ({ fact, sign: 1 }))).flatMap((change) => {
        const bytes = change.plane === query.plane ? changeCube(null, change) : null;
        return bytes === null ? [] : [{ ...change, cube: parseCube(bytes) }];
      }),
    listItems: async (query) => ({
      items: find(query).sort((a, b) => (a.hour < b.hour ? 1 : -1)),
      nextCursor: null,
    }),
  };
  return {
    rollups,
    /** @param hour on a Shanghai clock, as `2026-03-05T14` */
    add(channelId: string, hour: string, count: number, { topic, content, ...said }: Said = {}): void {
      for (let n = 0; n < count; n += 1) {
        const postId = `${channelId}:comment:${facts.length}`;
        if (content !== undefined) contents.set(postId, content);
        facts.push({
          ...{ postId, hour, channelId, kind: 'comment', accessClass: 'open', unitId: null, categories: [] },
          service: topic === undefined ? null : { kind: 'complaint', topic },
          ...{ tone: 'neutral', level: 'low', ...said },
        });
      }
    },
    contentOf: (postId: string) => contents.get(postId) ?? postId,
  };
}
