import type { ChannelBaseline } from '../../domain/baseline.ts';
import { type CollectionSpec, field } from './schema.ts';

/** One document, `_id` is `set`. */
export interface BaselineSetDocument {
  _id: string;
  version: number;
  builtAt: string;
}

/** `_id` is channel and kind. Numbers only. */
export interface BaselineDocument {
  _id: string;
  baseline: ChannelBaseline;
}

export const baselineSpecs: readonly CollectionSpec[] = [
  { name: 'baseline_set', fields: { version: field.number, builtAt: field.text }, indexes: [] },
  { name: 'baselines', fields: { baseline: field.object }, indexes: [] },
];
