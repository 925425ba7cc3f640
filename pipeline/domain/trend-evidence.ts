import { z } from 'zod';
import { Speaker } from './item-fact.ts';
import { noneValue, TrendFilter, type TrendQuestion } from './trend.ts';

export const EvidenceAbout = z.enum(['items', 'cases', 'handovers']);
/** By which of its instants a case (the first three) or a slip falls into the days; `…-now` looks at no days. */
export const EvidenceMoment = z.enum([
  'opened',
  'decided',
  'undecided-now',
  'sent',
  'received',
  'answered',
  'with-unit-now',
]);
export type EvidenceMoment = z.infer<typeof EvidenceMoment>;

/** What a figure was counted from. */
export const EvidenceQuery = z.object({
  about: EvidenceAbout,
  fromDay: z.iso.date(),
  toDay: z.iso.date(),
  /** Of items. */
  speaker: Speaker.optional(),
  /** Of cases and slips. */
  moment: EvidenceMoment.optional(),
  /** Of slips: answered late, or with their unit and due by now. */
  late: z.boolean().optional(),
  filter: TrendFilter,
});
export type EvidenceQuery = z.infer<typeof EvidenceQuery>;

/** As it stands in the address of `GET /api/trends/evidence`, without the `?`. */
export function writeEvidence({ filter, late, ...rest }: EvidenceQuery): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, value);
  if (late === true) query.set('late', 'yes');
  for (const [name, values] of Object.entries(filter)) {
    if (values !== undefined) query.set(name, values.join(','));
  }
  return query.toString().replaceAll('%2C', ',');
}

export function itemEvidence({ fromDay, toDay, speaker, filter }: TrendQuestion): string {
  return writeEvidence({ about: 'items', fromDay, toDay, speaker, filter });
}

/** Of no unit, or without a service: as a filter names the key of a day. */
export const valueOfKey = (key: string): string => (key === '' ? noneValue : key);
