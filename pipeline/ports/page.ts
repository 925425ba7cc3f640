/** One page of a listing. `nextCursor` is opaque, holds a tie-breaker, and is null at the end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export interface PageRequest {
  cursor: string | null;
  /** 1–200. */
  limit: number;
}
