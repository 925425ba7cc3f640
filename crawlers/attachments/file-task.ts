import type { LedgerPage } from '../../pipeline/domain/crawl.ts';
import type { FetchTask } from '../fetch/page-fetcher.ts';
import { isReadByThisEdition, maxAttachmentBytes } from './visit-attachment.ts';

/** Files may be larger than pages; one that an older program read is asked for whole. */
export function asFetchTask(page: LedgerPage): LedgerPage & FetchTask {
  if (page.role !== 'attachment') return page;
  const call = { url: page.url, maxBytes: maxAttachmentBytes };
  return isReadByThisEdition(page) ? { ...page, call } : { ...page, call, etag: null, lastModified: null };
}
