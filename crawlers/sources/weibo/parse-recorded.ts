import type { ParsedResponse } from '../parsed.ts';
import { decodePage } from '../site/decode.ts';
import { parseWeibo } from './parse.ts';

export interface RecordedAt {
  url: string | null;
  fetchedAt: string;
  /** Number of the school's own account; other accounts' statuses are then left out (R1). */
  ownAccount?: string | null;
}

/** What the crawler takes from a recorded answer of Weibo. Never throws. */
export function parseRecorded(
  bytes: Uint8Array,
  { url, fetchedAt, ownAccount = null }: RecordedAt,
): ParsedResponse {
  const context = { url, fetchedAt, ownAccount, isObjector: () => false };
  return parseWeibo(decodePage(bytes).html, context);
}
