import type { WeiboChannel } from '../../../pipeline/domain/channel.ts';
import type { LedgerPage } from '../../../pipeline/domain/crawl.ts';
import type { SourceReading, SourceScope } from '../../source.ts';
import type { Call } from './calls.ts';

/** One answer while it is being read. */
export interface Reading {
  page: LedgerPage;
  call: Call;
  scope: SourceScope<WeiboChannel>;
}

export const emptyReading: Omit<SourceReading, 'dueAt'> = {
  state: 'ok',
  posts: [],
  pages: [],
  reachedBack: null,
  newestItemAt: null,
  objected: 0,
  gone: [],
};
