import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import type { Me } from '../../../review-api/contract/session.ts';
import { describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { addDays, mostDays, type Preset, presetsOf, type TrendPlace } from '../lib/trend-place.ts';
import { useTrendPlace } from './use-trend-place.ts';

interface Named {
  id: string;
  name: string;
}

/** What every part of the page of trends needs. */
export interface TrendDesk {
  client: Client;
  me: Me;
  place: Readonly<Ref<TrendPlace>>;
  today: string;
  go: (next: TrendPlace) => void;
  /** Opens what a figure was counted from; null closes it. */
  ask: (evidence: string | null) => void;
  channels: Readonly<Ref<readonly Named[]>>;
  units: Readonly<Ref<readonly Named[]>>;
  presets: Readonly<Ref<readonly Preset[]>>;
  nameOf: (dimension: 'channel' | 'unit', id: string) => string | null;
}

const directoryMs = 10 * 60_000;

export function useTrendDesk(client: Client, me: Me): TrendDesk {
  const { place, today, go } = useTrendPlace();
  const speaker = computed(() => place.value.speaker);
  const days = { fromDay: addDays(today, 1 - mostDays), toDay: today };
  // Which channels and units there is something of: the longest period tells them by name.
  const directory = useQuery(
    {
      queryKey: ['trends', me.id, 'directory', speaker],
      queryFn: ({ signal }) =>
        client.call(
          'readTrendTable',
          { query: { ...days, speaker: speaker.value, rows: 'unit', columns: 'channel' } },
          { byItself: true, signal },
        ),
      staleTime: directoryMs,
      placeholderData: keepPreviousData,
    },
    queryClient,
  );
  const calendar = useQuery(
    {
      queryKey: ['calendar', me.id],
      queryFn: ({ signal }) => client.call('readCalendar', {}, { byItself: true, signal }),
      staleTime: directoryMs,
    },
    queryClient,
  );
  const channels = computed(() => directory.data.value?.coverage.map(({ channel }) => channel) ?? []);
  const units = computed(() =>
    (directory.data.value?.rows ?? [])
      .map(({ value, name }) => ({ id: value, name: name ?? value }))
      .filter(({ id }) => id !== '-'),
  );
  const presets = computed(() => {
    const periods = calendar.data.value?.calendar.periods ?? [];
    return presetsOf(
      today,
      periods.filter(({ kind }) => kind === 'term'),
    );
  });
  return {
    ...{ client, me, place, today, go, channels, units, presets },
    ask: (evidence) => go({ ...place.value, evidence }),
    nameOf: (dimension, id) =>
      (dimension === 'channel' ? channels : units).value.find((one) => one.id === id)?.name ?? null,
  };
}

/** An answer to what is asked now; the one before stays until the next is there. */
export function useTrendAnswer<Q, A>(
  desk: TrendDesk,
  name: string,
  ask: { query: (place: TrendPlace) => Q; read: (query: Q, signal: AbortSignal) => Promise<A> },
) {
  const query = computed(() => ask.query(desk.place.value));
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(
    {
      queryKey: ['trends', desk.me.id, name, query],
      queryFn: ({ signal }) => ask.read(query.value, signal),
      placeholderData: keepPreviousData,
    },
    queryClient,
  );
  return {
    data,
    failure: computed(() => (error.value === null ? null : describeFailure(error.value))),
    /** What stands there belongs to another question. */
    isOld: isPlaceholderData,
    isFetching,
    refetch: () => void refetch(),
  };
}
