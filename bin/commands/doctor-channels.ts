import { type Found, ok, type Result, warn } from './doctor-result.ts';

const told = 3;

/** Whether the channels of the store are read in full, and if not, who must do what. */
export function checkChannels({ notices }: Pick<Found, 'notices'>): Result {
  if (notices === undefined) return warn('not checked: see database');
  if (notices.length === 0) return ok('no gap is open, no credential ends, none rests after failures');
  return warn(`${sumUp(notices)} (guanlan channel status)`);
}

/** Which accounts and columns have gone quiet, and what the register does not know: filings, yearly reviews, names. */
export function checkRegister({ registerNotices }: Pick<Found, 'registerNotices'>): Result {
  if (registerNotices === undefined) return warn('not checked: see database');
  if (registerNotices.length === 0)
    return ok('nothing has gone quiet, and no filing or yearly review is missing');
  return warn(sumUp(registerNotices));
}

function sumUp(notices: readonly { channelId: string; says: string }[]): string {
  const says = notices.slice(0, told).map((notice) => `${notice.channelId}: ${notice.says}`);
  return `${says.join(' | ')}${notices.length > told ? ` … and ${notices.length - told} more` : ''}`;
}
