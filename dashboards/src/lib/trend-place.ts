import type { z } from 'zod';
import type {
  CompareQuery,
  EvidenceRequest,
  HoursQuery,
  SeriesQuery,
} from '../../../review-api/contract/trends.ts';

export const trendTabs = ['series', 'hours', 'table', 'responses', 'compare'] as const;
export type TrendTab = (typeof trendTabs)[number];
export const dimensions = [
  'channel',
  'unit',
  'topic',
  'category',
  'level',
  'tone',
  'service-kind',
  'kind',
] as const;
export type Dimension = (typeof dimensions)[number];
export type Split = Dimension | 'none';
export const grains = ['hour', 'day', 'week', 'month'] as const;
export type Grain = (typeof grains)[number];
export const filterNames = [
  'channels',
  'units',
  'topics',
  'categories',
  'levels',
  'tones',
  'kinds',
  'serviceKinds',
] as const;
export type FilterName = (typeof filterNames)[number];
type TrendFilter = Partial<Record<FilterName, readonly string[]>>;

/** What a filter narrows. */
export const dimensionOf: Record<FilterName, Dimension> = {
  channels: 'channel',
  units: 'unit',
  topics: 'topic',
  categories: 'category',
  levels: 'level',
  tones: 'tone',
  kinds: 'kind',
  serviceKinds: 'service-kind',
};

/** All that a view is made of: kept in the address, so that it can be sent. Days in Shanghai, both included. */
export interface TrendPlace {
  tab: TrendTab;
  fromDay: string;
  toDay: string;
  speaker: 'public' | 'school';
  filter: TrendFilter;
  grain: Grain;
  split: Split;
  form: 'lines' | 'stacked';
  measure: 'count' | 'share';
  as: 'chart' | 'table';
  rows: Dimension;
  columns: Dimension;
  against: 'previous' | 'last-year' | 'other';
  againstFromDay: string | null;
  /** What is opened: a query of the evidence. */
  evidence: string | null;
}

const dayMs = 86_400_000;
const usualDays = 30;
/** As the API has them. */
export const mostHourlyDays = 14;
export const mostDays = 400;

/** @param days may be negative */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
export const countDays = (fromDay: string, toDay: string): number =>
  Math.round((Date.parse(toDay) - Date.parse(fromDay)) / dayMs) + 1;

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const oneOf = <T extends string>(all: readonly T[], text: string | null, otherwise: T): T =>
  all.find((one) => one === text) ?? otherwise;

/** What is left out, or makes no sense, is as usual: an address that was cut off still shows something. */
export function parseTrendPlace(hash: string, today: string): TrendPlace {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const asked = new URLSearchParams(query);
  const [from, to] = [asked.get('from'), asked.get('to')];
  const hasDays = isDay(from) && isDay(to) && from <= to;
  const filter: TrendFilter = Object.fromEntries(
    filterNames.flatMap((name) => {
      const values = (asked.get(name) ?? '').split(',').filter((one) => one !== '');
      return values.length === 0 ? [] : [[name, values]];
    }),
  );
  const again = asked.get('again');
  return {
    tab: oneOf(trendTabs, path.split('/')[2] ?? null, 'series'),
    fromDay: hasDays ? from : addDays(today, 1 - usualDays),
    toDay: hasDays ? to : today,
    speaker: oneOf(['public', 'school'], asked.get('speaker'), 'public'),
    filter,
    grain: oneOf(grains, asked.get('grain'), 'day'),
    split: oneOf([...dimensions, 'none'], asked.get('split'), 'none'),
    form: oneOf(['lines', 'stacked'], asked.get('form'), 'lines'),
    measure: oneOf(['count', 'share'], asked.get('measure'), 'count'),
    as: oneOf(['chart', 'table'], asked.get('as'), 'chart'),
    rows: oneOf(dimensions, asked.get('rows'), 'topic'),
    columns: oneOf(dimensions, asked.get('columns'), 'level'),
    against: oneOf(['previous', 'last-year', 'other'], asked.get('against'), 'previous'),
    againstFromDay: isDay(again) ? again : null,
    evidence: asked.get('of'),
  };
}

/** The days always stand in it: who opens it tomorrow sees the same. */
export function formatTrendPlace(place: TrendPlace): string {
  const query = new URLSearchParams({ from: place.fromDay, to: place.toDay });
  const usual = parseTrendPlace(`#/trends/${place.tab}`, place.toDay);
  for (const name of ['speaker', 'grain', 'split', 'form', 'measure', 'as', 'rows', 'columns'] as const) {
    if (place[name] !== usual[name]) query.set(name, place[name]);
  }
  for (const name of filterNames) {
    const values = place.filter[name];
    if (values !== undefined && values.length > 0) query.set(name, values.join(','));
  }
  if (place.against !== 'previous') query.set('against', place.against);
  if (place.againstFromDay !== null) query.set('again', place.againstFromDay);
  if (place.evidence !== null) query.set('of', place.evidence);
  return `#/trends/${place.tab}?${query.toString().replaceAll('%2C', ',')}`;
}

/** The same, over other days: by the hour only as many as the API answers. */
export function withDays(place: TrendPlace, fromDay: string, toDay: string): TrendPlace {
  const grain = place.grain === 'hour' && countDays(fromDay, toDay) > mostHourlyDays ? 'day' : place.grain;
  return { ...place, fromDay, toDay, grain };
}

export function withFilter(place: TrendPlace, name: FilterName, values: readonly string[]): TrendPlace {
  const { [name]: _, ...rest } = place.filter;
  return { ...place, filter: values.length === 0 ? rest : { ...rest, [name]: values } };
}

export function countFilters({ filter }: Pick<TrendPlace, 'filter'>): number {
  return Object.values(filter).filter((values) => values.length > 0).length;
}

/** Dimensions that the view breaks down by. */
function splitsOf({
  tab,
  split,
  rows,
  columns,
}: Pick<TrendPlace, 'tab' | 'split' | 'rows' | 'columns'>): Split[] {
  if (tab === 'table') return [rows, columns];
  return tab === 'series' || tab === 'compare' ? [split] : [];
}

/**
 * Tone is described and never told by unit (R7): which of the two is taken, so that the other is not offered. Null where neither is.
 */
export function takenOfToneAndUnit(place: TrendPlace): 'tone' | 'unit' | null {
  const splits = splitsOf(place);
  if (splits.includes('tone') || place.filter.tones !== undefined) return 'tone';
  return splits.includes('unit') || place.filter.units !== undefined ? 'unit' : null;
}

type Sent = z.input<typeof HoursQuery>;
const sendFilter = (filter: TrendFilter) =>
  Object.fromEntries(Object.entries(filter).map(([name, values]) => [name, values.join(',')]));

export function itemQuery({ fromDay, toDay, speaker, filter }: TrendPlace): Sent {
  return { fromDay, toDay, speaker, ...sendFilter(filter) };
}
export function seriesQuery(place: TrendPlace): z.input<typeof SeriesQuery> {
  return { ...itemQuery(place), grain: place.grain, split: place.split };
}
export function compareQuery(place: TrendPlace): z.input<typeof CompareQuery> {
  const { against, againstFromDay, split } = place;
  const days = countDays(place.fromDay, place.toDay);
  const other = { againstFromDay: againstFromDay ?? addDays(place.fromDay, -days) };
  return { ...itemQuery(place), against, split, ...(against === 'other' ? other : {}) };
}
export const responsesQuery = ({ fromDay, toDay, filter }: TrendPlace) => ({
  ...{ fromDay, toDay },
  ...(filter.units === undefined ? {} : { units: filter.units.join(',') }),
});

/** As the API writes it beside a figure: of all that the filter lets through. */
export function wholeEvidence(place: TrendPlace): string {
  const { fromDay, toDay, speaker, filter } = place;
  const query = new URLSearchParams({ about: 'items', fromDay, toDay, speaker, ...sendFilter(filter) });
  return query.toString().replaceAll('%2C', ',');
}

/** A query of evidence as it was given beside a figure. */
export const evidenceQuery = (text: string): z.input<typeof EvidenceRequest> =>
  Object.fromEntries(new URLSearchParams(text)) as z.input<typeof EvidenceRequest>;

export type PresetName = 'week' | 'fortnight' | 'month' | 'quarter' | 'this-month' | 'last-month' | 'term';
export interface Preset {
  name: PresetName;
  fromDay: string;
  toDay: string;
}

/** Periods that people ask for, up to today. @param terms of the school's calendar */
export function presetsOf(today: string, terms: readonly { from: string; to: string }[]): Preset[] {
  const last = (name: PresetName, days: number): Preset => ({
    ...{ name, fromDay: addDays(today, 1 - days), toDay: today },
  });
  const first = `${today.slice(0, 7)}-01`;
  const end = addDays(first, -1);
  const term = terms.find(({ from, to }) => from <= today && today <= to);
  return [
    last('week', 7),
    last('fortnight', 14),
    last('month', 30),
    last('quarter', 90),
    { name: 'this-month', fromDay: first, toDay: today },
    { name: 'last-month', fromDay: `${end.slice(0, 7)}-01`, toDay: end },
    ...(term === undefined ? [] : [{ name: 'term' as const, fromDay: term.from, toDay: today }]),
  ];
}
