/** When a matter begins, in whatever school year. */
interface YearDay {
  /** From 1. */
  month: number;
  day: number;
  /** Of the Shanghai clock. */
  hour: number;
}

/**
 * How it grows. `sudden`: most of it within a few hours, over in two days. `slow`: more every day for nine days, then less.
 * `two-waves`: sudden, quiet, and again after five days. `small`: four remarks in an afternoon.
 */
export type Growth = 'sudden' | 'slow' | 'two-waves' | 'small';

/** A matter of the months, with what people say of it: invented. */
export interface InventedMatter {
  name: string;
  /** One line, as in a list of topics. */
  says: string;
  /** What a person would name as its key phrases. */
  phrases: readonly string[];
  begins: YearDay;
  growth: Growth;
  /** How many remarks, at one hundred remarks an ordinary day; four where it is `small`. */
  size: number;
  /** What the school's account writes of it, some hours after it began; null: nothing. */
  announced: string | null;
  /** A line each, with slots such as `{floor}`. */
  said: string;
}
