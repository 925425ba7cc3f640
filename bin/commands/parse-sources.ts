import type { ParsedResponse } from '../../crawlers/sources/parsed.ts';
import type { ParsedSitePage } from '../../crawlers/sources/site/parse.ts';

/** Where a recorded response comes from, as far as is known. */
export interface RecordedFrom {
  url: string | null;
  /** Relative times are read against it. */
  fetchedAt: string;
  /** The platform's number of the school's own account; null takes whatever account it is. */
  ownAccount: string | null;
}

/** `role` is known of a site's pages alone. */
type PrintedResponse = Pick<ParsedResponse, 'state' | 'next'> &
  Partial<Pick<ParsedSitePage, 'role' | 'reason'>> & { items: readonly object[] };

/** Never throws for what a file holds. */
export type ReadRecorded = (bytes: Uint8Array, from: RecordedFrom) => PrintedResponse;

/** Of each source the reader, loaded only when asked for. */
const readers = {
  site: async (): Promise<ReadRecorded> => {
    const { decodePage } = await import('../../crawlers/sources/site/decode.ts');
    const { parseSitePage } = await import('../../crawlers/sources/site/parse.ts');
    return (bytes, { url, fetchedAt }) => parseSitePage({ url, html: decodePage(bytes).html, fetchedAt });
  },
  weibo: async (): Promise<ReadRecorded> =>
    (await import('../../crawlers/sources/weibo/parse-recorded.ts')).parseRecorded,
  wechat: async (): Promise<ReadRecorded> =>
    (await import('../../crawlers/sources/wechat/parse-recorded.ts')).parseRecorded,
  feed: async (): Promise<ReadRecorded> =>
    (await import('../../crawlers/sources/feed/parse-recorded.ts')).parseRecorded,
};

type ParsedSource = keyof typeof readers;
export const parsedSources = Object.keys(readers);

export function isParsedSource(name: string): name is ParsedSource {
  return Object.hasOwn(readers, name);
}

export function loadReader(source: ParsedSource): Promise<ReadRecorded> {
  return readers[source]();
}
