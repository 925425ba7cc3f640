import { type CollectionSpec, field } from './schema.ts';

export const ratesName = 'rates';

export const rateSpecs: readonly CollectionSpec[] = [
  {
    name: ratesName,
    fields: { count: field.number, until: field.text },
    indexes: [{ key: { until: 1 }, since: '2026-11-22', reason: 'the purge removes what is over' }],
  },
];
