import type { PublishedPrecision } from '../../../pipeline/domain/time.ts';
import { findFullDate } from '../site/dates.ts';

interface FeedDate {
  publishedAt: string;
  precision: PublishedPrecision;
}

const shanghaiMs = 8 * 3_600_000;
/** `Sat, 28 May 2005 16:05:36 GMT`, the weekday and the seconds as may be. */
const rfc822 =
  /^(?:[a-z]{3,9},?\s+)?\d{1,2}[\s-]+[a-z]{3,9}[\s-]+\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?<zone>[a-z]{1,5}|[+-]\d{2}:?\d{2})?/i;
const isoWithZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?<zone>Z|[+-]\d{2}:?\d{2})$/;
const shanghaiZones = /^(?:cst|bjt|hkt)$/i;

function instantOf(text: string): FeedDate | null {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  const precision = /\d:\d{2}:\d{2}/.test(text) ? 'second' : 'minute';
  return { publishedAt: new Date(ms).toISOString(), precision };
}

function withZone(text: string): FeedDate | null {
  const match = rfc822.exec(text) ?? isoWithZone.exec(text);
  if (match === null) return null;
  const zone = match.groups?.zone ?? '';
  if (zone === '' || shanghaiZones.test(zone))
    return instantOf(`${text.slice(0, match[0].length - zone.length).trim()} +0800`);
  return instantOf(text);
}

/**
 * The date of a feed's entry. Without a zone it is Shanghai's; one that says GMT and lies ahead of its own fetching was written by
 * a server that forgot the eight hours.
 */
export function readFeedDate(written: string | null, fetchedAt: string): FeedDate | null {
  const text = (written ?? '').trim();
  if (text === '') return null;
  const zoned = withZone(text);
  if (zoned === null) {
    const found = findFullDate(text);
    return found === null ? null : { publishedAt: found.publishedAt, precision: found.precision };
  }
  const isAhead = Date.parse(zoned.publishedAt) > Date.parse(fetchedAt) + 60_000;
  if (!isAhead || !/(?:GMT|UTC|Z|[+-]00:?00)$/i.test(text)) return zoned;
  return { ...zoned, publishedAt: new Date(Date.parse(zoned.publishedAt) - shanghaiMs).toISOString() };
}
