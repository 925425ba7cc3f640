import { type Found, ok, type Result, warn } from './doctor-result.ts';

const told = 3;

/** Whether the channels of the store are read in full, and if not, who must do what. */
export function checkChannels({ notices }: Pick<Found, 'notices'>): Result {
  if (notices === undefined) return warn('not checked: see database');
  if (notices.length === 0) return ok('no gap is open, no credential ends, none rests after failures');
  const says = notices.slice(0, told).map((notice) => `${notice.channelId}: ${notice.says}`);
  const more = notices.length > told ? ` … and ${notices.length - told} more` : '';
  return warn(`${says.join(' | ')}${more} (guanlan channel status)`);
}
