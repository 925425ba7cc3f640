import { z } from 'zod';
import { CaseFilter, CaseSort, CaseStateFilter } from '../../pipeline/domain/case-filter.ts';
import { Category, QueueName, ServiceKind, ServiceTopic } from '../../pipeline/domain/category.ts';
import { PostKind } from '../../pipeline/domain/post.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { RiskLevel } from '../../pipeline/domain/verdict.ts';
import { IdText, TypedText } from './fields.ts';

/** `a,b`: any of these. */
function AnyOf<T extends z.ZodType<string, string>>(value: T) {
  return z
    .string()
    .max(600)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(value).max(20))
    .optional();
}
const Yes = z
  .literal('yes')
  .transform(() => true as const)
  .optional();

/** What narrows a queue down, as it stands in an address; several values of one list are parted by commas. */
const filterFields = {
  channelIds: AnyOf(z.string().min(1).max(60)),
  kinds: AnyOf(PostKind),
  categories: AnyOf(Category),
  serviceKinds: AnyOf(ServiceKind),
  topics: AnyOf(ServiceTopic),
  levels: AnyOf(RiskLevel),
  unitIds: AnyOf(z.string().min(1).max(60)),
  labels: AnyOf(z.string().min(1).max(12)),
  openedFrom: Instant.optional(),
  openedTo: Instant.optional(),
  held: z.enum(['nobody', 'me']).optional(),
  hasDeadline: Yes,
  edited: Yes,
  deleted: Yes,
};

const FacetQuery = z.strictObject({
  queue: QueueName,
  state: CaseStateFilter.default('undecided'),
  /** As in the list. */
  due: z.enum(['near', 'overdue']).optional(),
  /** Words of its text, all of them. */
  words: TypedText(1, 100).optional(),
  ...filterFields,
});

export { FacetQuery };
export type FacetQuery = z.infer<typeof FacetQuery>;

/** The part of a question that is the filter, and nothing of the page. */
export function filterOf(query: FacetQuery): CaseFilter {
  const { queue: _queue, state: _state, due: _due, words: _words, ...filter } = query;
  return CaseFilter.parse(
    Object.fromEntries(Object.keys(filterFields).map((key) => [key, filter[key as keyof typeof filter]])),
  );
}

const FacetValue = z.object({
  value: z.string(),
  /** Of a channel or a unit; null for a code. */
  name: z.string().nullable(),
  count: z.int().positive(),
});

export const Facets = z
  .object({
    total: z.int().nonnegative(),
    /** False where there are more cases than are counted: then every number is at least so many. */
    complete: z.boolean(),
    channels: z.array(FacetValue),
    kinds: z.array(FacetValue),
    categories: z.array(FacetValue),
    serviceKinds: z.array(FacetValue),
    topics: z.array(FacetValue),
    levels: z.array(FacetValue),
    units: z.array(FacetValue),
    labels: z.array(FacetValue),
    withDeadline: z.int().nonnegative(),
    edited: z.int().nonnegative(),
  })
  .meta({ id: 'Facets' });
export type Facets = z.infer<typeof Facets>;

const filterContent = {
  name: TypedText(1, 20).refine((name) => name.trim() !== '', '不能为空'),
  queue: QueueName,
  state: CaseStateFilter,
  sort: CaseSort,
  filter: CaseFilter,
  /** What the queue opens with. */
  isDefault: z.boolean(),
};

/** `stale`: what it names is there no more, so that it finds nothing of it. */
const SavedFilterView = z
  .object({ id: z.string(), ...filterContent, name: z.string(), stale: z.array(z.string()) })
  .meta({ id: 'SavedFilter' });
export type SavedFilterView = z.infer<typeof SavedFilterView>;

export const SavedFilters = z
  .object({ own: z.array(SavedFilterView), shared: z.array(SavedFilterView), mayShare: z.boolean() })
  .meta({ id: 'SavedFilters' });
export type SavedFilters = z.infer<typeof SavedFilters>;

/** Words that are looked for are no part of it: they may quote somebody, and would outlive the text. */
export const SaveFilterRequest = z.strictObject({
  id: z.uuid(),
  shared: z.boolean(),
  ...filterContent,
});

export const FilterOwnerQuery = z.strictObject({
  shared: z
    .enum(['yes', 'no'])
    .default('no')
    .transform((shared) => shared === 'yes'),
});

export const ArrangeFiltersRequest = z.strictObject({
  shared: z.boolean(),
  ids: z.array(IdText).max(30),
});
