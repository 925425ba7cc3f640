import type { LedgerPage } from '../../pipeline/domain/crawl.ts';
import type { FetchTask } from '../fetch/page-fetcher.ts';
import { maxAttachmentBytes } from './visit-attachment.ts';

/** Files may be larger than pages. */
export function asFetchTask(page: LedgerPage): LedgerPage & FetchTask {
  if (page.role !== 'attachment') return page;
  return { ...page, call: { url: page.url, maxBytes: maxAttachmentBytes } };
}
