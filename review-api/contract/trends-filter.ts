import { z } from 'zod';
import { Category, ServiceKind, ServiceTopic } from '../../pipeline/domain/category.ts';
import { FactLevel, ItemKind, Speaker, Tone } from '../../pipeline/domain/item-fact.ts';
import { noneValue, TrendFilter } from '../../pipeline/domain/trend.ts';

/** `a,b`: any of these; an empty list narrows nothing. */
export function AnyOf<T extends z.ZodType<unknown, string>>(value: T) {
  return z
    .string()
    .max(1000)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(value).max(50))
    .transform((values) => (values.length === 0 ? undefined : values))
    .optional();
}

const Key = z.string().regex(/^(?:-|[a-z0-9][a-z0-9-]{0,59})$/, '编号只能有小写字母、数字和连字符');
const None = z.literal(noneValue);

/** What narrows; several values of one field are parted by commas, `-` is for none. */
export const narrowing = {
  channels: AnyOf(Key),
  units: AnyOf(Key),
  topics: AnyOf(z.union([ServiceTopic, None])),
  categories: AnyOf(Category),
  levels: AnyOf(FactLevel),
  tones: AnyOf(Tone),
  kinds: AnyOf(ItemKind),
  serviceKinds: AnyOf(z.union([ServiceKind, None])),
};

/** Days in Shanghai, both included. */
export const days = { fromDay: z.iso.date(), toDay: z.iso.date() };

/** Of items: people outside unless told. */
export const itemQuestion = { ...days, speaker: Speaker.default('public'), ...narrowing };

/** The part of a question that narrows. */
export function filterOf(query: { [N in keyof TrendFilter]?: TrendFilter[N] | undefined }): TrendFilter {
  const names = Object.keys(TrendFilter.shape) as (keyof TrendFilter)[];
  const said = names.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]] as const]));
  return TrendFilter.parse(Object.fromEntries(said));
}
