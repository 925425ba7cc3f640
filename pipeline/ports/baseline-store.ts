import type { BaselineSet, ChannelBaseline, PostFact } from '../domain/baseline.ts';

/** What is usual for a channel, and what it is worked out from. Numbers only: nothing here bears text. */
export interface BaselineStore {
  /**
   * Facts of posts, the latest hour first, a page at a time.
   * @param query `fromHour`: in Shanghai, as `2026-03-05T14`; `limit` up to 5000
   */
  listFacts(query: {
    fromHour: string;
    cursor: string | null;
    limit: number;
  }): Promise<{ items: PostFact[]; nextCursor: string | null }>;

  /** Version 0 when nothing was measured yet. */
  read(): Promise<BaselineSet>;

  /** Of what `read` would give: cheap enough to ask for every batch. */
  readVersion(): Promise<Pick<BaselineSet, 'version' | 'builtAt'>>;

  /**
   * All of them at once, in place of all before.
   * @returns the new version
   * @throws Conflict when `expectedVersion` is stale
   */
  save(
    channels: readonly ChannelBaseline[],
    change: { expectedVersion: number; at: string },
  ): Promise<number>;
}
