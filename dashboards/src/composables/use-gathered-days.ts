import { computed } from 'vue';
import type { Me } from '../../../review-api/contract/session.ts';
import type { Client } from '../api/client.ts';
import { useRead } from './use-read.ts';

/** Of some days: which channels there are, units that items concerned, and the days that were not read in full (never drawn as none). */
export function useGatheredDays(
  props: { client: Client; me: Me },
  days: () => { fromDay: string; toDay: string },
) {
  const read = useRead(
    () => [props.me.id, 'gathered-days', days().fromDay, days().toDay],
    () => props.client.call('readTrendSeries', { query: { ...days(), grain: 'day', split: 'unit' } }),
  );
  return {
    channels: computed(() => read.data.value?.coverage.map(({ channel }) => channel) ?? []),
    units: computed(() =>
      (read.data.value?.values ?? []).flatMap(({ value, name }) =>
        name === null ? [] : [{ id: value, name }],
      ),
    ),
    /** Null while that is not known. */
    wholeDays: computed(() => {
      const points = read.data.value?.points;
      return points === undefined
        ? null
        : new Set(points.filter(({ cover }) => cover.complete).map(({ at }) => at));
    }),
  };
}
