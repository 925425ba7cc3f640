import type { ParsedResponse } from '../parsed.ts';
import { parseFeedBytes } from './parse.ts';

/** A recorded feed, as `guanlan parse` reads it. */
export function parseRecorded(
  bytes: Uint8Array,
  { url, fetchedAt }: { url: string | null; fetchedAt: string },
): ParsedResponse {
  return parseFeedBytes({ bytes, contentType: null, url, fetchedAt, kind: 'article' });
}
