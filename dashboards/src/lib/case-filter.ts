import type { Facets, SavedFilterView } from '../../../review-api/contract/case-filter.ts';
import type { CaseListQuery } from '../../../review-api/contract/case-summary.ts';
import { t } from '../i18n/t.ts';
import type { Category, PostKind, RiskLevel, ServiceKind, ServiceTopic } from './codes.ts';
import {
  categoryLabels,
  levelLabels,
  postKindLabels,
  serviceKindLabels,
  serviceTopicLabels,
} from './labels.ts';

export type CaseFilter = SavedFilterView['filter'];
export type CaseSort = NonNullable<CaseListQuery['sort']>;

export const sortLabels: Record<CaseSort, string> = {
  risk: t('queue.sortRisk'),
  oldest: t('queue.sortOldest'),
  newest: t('queue.sortNewest'),
  deadline: t('queue.sortDeadline'),
};

/** Lists of which any value will do, in the order of the form. */
export const listNames = [
  'levels',
  'serviceKinds',
  'topics',
  'categories',
  'channelIds',
  'kinds',
  'unitIds',
  'labels',
] as const;
export type ListName = (typeof listNames)[number];

export const listLabels: Record<ListName, string> = {
  levels: t('queue.level'),
  serviceKinds: t('queue.serviceKind'),
  topics: t('app.topic'),
  categories: t('app.category'),
  channelIds: t('app.channel'),
  kinds: t('app.kind'),
  unitIds: t('app.unit'),
  labels: t('queue.routingLabel'),
};

type FacetName =
  | 'levels'
  | 'serviceKinds'
  | 'topics'
  | 'categories'
  | 'channels'
  | 'kinds'
  | 'units'
  | 'labels';
export const facetOf: Record<ListName, FacetName> = {
  levels: 'levels',
  serviceKinds: 'serviceKinds',
  topics: 'topics',
  categories: 'categories',
  channelIds: 'channels',
  kinds: 'kinds',
  unitIds: 'units',
  labels: 'labels',
};

/** Of a code; channels and units bring their names along. */
export function valueLabel(list: ListName, value: string, name: string | null = null): string {
  if (list === 'levels') return levelLabels[value as RiskLevel] ?? value;
  if (list === 'serviceKinds') return serviceKindLabels[value as ServiceKind] ?? value;
  if (list === 'topics') return serviceTopicLabels[value as ServiceTopic] ?? value;
  if (list === 'categories') return categoryLabels[value as Category] ?? value;
  if (list === 'kinds') return postKindLabels[value as PostKind] ?? value;
  return name ?? value;
}

export const flagLabels = {
  hasDeadline: t('queue.hasDeadline'),
  edited: t('queue.sourceEdited'),
  deleted: t('queue.sourceDeleted'),
} as const;
export type FlagName = keyof typeof flagLabels;
export const flagNames = Object.keys(flagLabels) as FlagName[];

export const heldLabels = { nobody: t('queue.heldByNobody'), me: t('queue.heldByMe') } as const;

/** As the address of a request has it. */
export function toQuery(filter: CaseFilter): Record<string, string> {
  const query: Record<string, string> = {};
  for (const list of listNames) {
    const values = filter[list];
    if (values !== undefined && values.length > 0) query[list] = values.join(',');
  }
  for (const flag of flagNames) if (filter[flag] === true) query[flag] = 'yes';
  for (const name of ['openedFrom', 'openedTo', 'held'] as const) {
    const value = filter[name];
    if (value !== undefined) query[name] = value;
  }
  return query;
}

/** With or without one value of a list. */
export function toggleValue(filter: CaseFilter, list: ListName, value: string): CaseFilter {
  const values: readonly string[] = filter[list] ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  const { [list]: _, ...others } = filter;
  return next.length === 0 ? others : ({ ...others, [list]: next } as CaseFilter);
}

export function without(filter: CaseFilter, name: keyof CaseFilter): CaseFilter {
  const { [name]: _, ...others } = filter;
  return others;
}

export interface Chip {
  key: string;
  label: string;
  removed: CaseFilter;
}

/** Each thing that is asked for, and the filter without it. */
export function chipsOf(filter: CaseFilter, nameOf: (list: ListName, value: string) => string): Chip[] {
  const lists = listNames.flatMap((list) =>
    (filter[list] ?? []).map((value) => ({
      key: `${list}:${value}`,
      label: t('queue.chip', { list: listLabels[list], name: nameOf(list, value) }),
      removed: toggleValue(filter, list, value),
    })),
  );
  const flags = flagNames
    .filter((flag) => filter[flag] === true)
    .map((flag) => ({ key: flag, label: flagLabels[flag], removed: without(filter, flag) }));
  const day = (instant: string) => shanghaiDate(instant);
  return [
    ...lists,
    ...flags,
    ...(filter.held === undefined
      ? []
      : [{ key: 'held', label: heldLabels[filter.held], removed: without(filter, 'held') }]),
    ...(filter.openedFrom === undefined
      ? []
      : [
          {
            key: 'from',
            label: t('queue.fromDay', { day: day(filter.openedFrom) }),
            removed: without(filter, 'openedFrom'),
          },
        ]),
    ...(filter.openedTo === undefined
      ? []
      : [
          {
            key: 'to',
            label: t('queue.untilDay', { lastDay: lastDay(filter.openedTo) }),
            removed: without(filter, 'openedTo'),
          },
        ]),
  ];
}

const offsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** YYYY-MM-DD in Shanghai. */
export function shanghaiDate(instant: string): string {
  return new Date(Date.parse(instant) + offsetMs).toISOString().slice(0, 10);
}

/** The last day of what ends at this instant. */
export function lastDay(openedTo: string): string {
  return shanghaiDate(new Date(Date.parse(openedTo) - 1).toISOString());
}

/** The beginning of a day in Shanghai, or of the day after; null for what is no day. */
export function startOfDay(day: string, plusDays = 0): string | null {
  const at = Date.parse(`${day}T00:00:00.000Z`);
  return Number.isNaN(at) ? null : new Date(at - offsetMs + plusDays * dayMs).toISOString();
}

export const noFacets: Facets = {
  ...{ total: 0, complete: true, withDeadline: 0, edited: 0 },
  ...{
    channels: [],
    kinds: [],
    categories: [],
    serviceKinds: [],
    topics: [],
    levels: [],
    units: [],
    labels: [],
  },
};
