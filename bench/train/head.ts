import type { DataFolder } from './data-folder.ts';

/**
 * One text to learn from. Softmax heads: `label` is the index of the right output, or `outputs.length` when none of them
 * is right; `among` limits the choice when the data cannot tell the others apart. Logistic heads: `labels` says of every
 * output whether it is right; null is not known.
 */
export interface Example {
  text: string;
  /** For a text that was rewritten: what it was, so that it is held out with its like. */
  foldText?: string;
  /** Name of the data set: figures are told apart by it. */
  source: string;
  label?: number;
  among?: readonly number[];
  labels?: readonly (0 | 1 | null)[];
  /** How much the example counts; 1 when left out. */
  weight?: number;
  /** Learned from, but never measured. */
  onlyLearned?: boolean;
}

export interface FitOptions {
  epochs: number;
  /** Strength of the pull towards zero, as a share of the sum of losses over all rows. */
  l2: number;
  learningRate: number;
  /** N-grams met in fewer rows are left out. */
  leastRows: number;
  /** Scale every n-gram by its log-count ratio (NB-SVM). */
  ratios?: boolean;
}

/** What a model says of a row that it has not learned from: calibrated log-odds by output. */
export interface HeldOutRow {
  example: Example;
  logits: Float64Array;
}

export interface Figure {
  source: string;
  rows: number;
  [measure: string]: string | number;
}

/** One model: what it learns from, how, and how it is measured. A file each in `heads/`. */
export interface HeadPlan {
  name: string;
  link: 'softmax' | 'logistic' | 'mixed';
  outputs: readonly string[];
  fit: FitOptions;
  /** How much its n-grams count when the table has no room for all, one output apart from the others if need be; 1 when left out. */
  room?: number;
  roomFor?: Readonly<Record<string, number>>;
  readExamples(data: DataFolder): Example[];
  /** The gradient of the loss by output, where neither of the links says it. */
  pull?(example: Example, logits: Float64Array, gradient: Float64Array): void;
  /** Figures over rows that were held out; `settings` are what `tune` gave. */
  measure(rows: readonly HeldOutRow[], settings: Readonly<Record<string, number>>): Figure[];
  /** Thresholds, tuned on rows that were held out; they go into the weights file. */
  tune?(rows: readonly HeldOutRow[]): Record<string, number>;
}
