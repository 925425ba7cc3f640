import type { Channel } from './channel.ts';
import { addMonths, reviewDueOn } from './register.ts';

/** An account that says nothing for so long is asked after; a column of a site after so many months. */
const silentAccountDays = 14;
const silentColumnMonths = 6;
/** So long before it is due, the yearly review is told of. */
const reviewSoonDays = 30;
const dayMs = 86_400_000;

/** What the keeper of a channel should know of it. `words` as staff read it, `says` for logs and commands. */
export interface ChannelNotice {
  code:
    | 'silent-account'
    | 'silent-column'
    | 'review-due'
    | 'review-soon'
    | 'review-unknown'
    | 'filing-missing'
    | 'account-missing';
  words: string;
  says: string;
  /** For a column: its address. */
  url: string | null;
}

/** What the ledger knows of how fresh a channel is. Null: nobody has seen a date yet, which says nothing. */
export interface Freshness {
  newestItemAt: string | null;
  /** First pages of lists, with the newest date seen on each. */
  columns: readonly { url: string; newestItemAt: string }[];
}

const isInUse = ({ state }: Channel): boolean => state === 'trial' || state === 'live';
const isRegistered = ({ state }: Channel): boolean => state !== 'deregistered';
const dayOf = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);

const notice = (
  code: ChannelNotice['code'],
  words: string,
  says: string,
  url: string | null = null,
): ChannelNotice => ({ code, words, says, url });

function findSilentAccount(channel: Channel, { newestItemAt }: Freshness, now: string): ChannelNotice[] {
  if (channel.kind === 'site' || channel.kind === 'manual' || newestItemAt === null) return [];
  const days = Math.floor((Date.parse(now) - Date.parse(newestItemAt)) / dayMs);
  if (days < silentAccountDays) return [];
  const since = dayOf(newestItemAt);
  const words = `账号已 ${days} 天没有更新（最近一条 ${since}）`;
  return [notice('silent-account', words, `silent for ${days} days, since ${since}`)];
}

/** The first instant at which a list with this newest date is not silent yet. */
export function columnSilentBefore(now: string): string {
  return `${addMonths(dayOf(now), -silentColumnMonths)}T00:00:00.000Z`;
}

function findSilentColumns(channel: Channel, { columns }: Freshness, now: string): ChannelNotice[] {
  if (channel.kind !== 'site') return [];
  return columns
    .filter(({ newestItemAt }) => newestItemAt < columnSilentBefore(now))
    .map(({ url, newestItemAt }) => {
      const since = dayOf(newestItemAt);
      const words = `栏目已 ${silentColumnMonths} 个月以上没有更新（最近一条 ${since}）`;
      return notice('silent-column', words, `${url}: nothing new since ${since}`, url);
    });
}

/** Pure: what has gone quiet. Only what is crawled can be known to be silent; nothing follows from what nobody has seen. */
export function findSilence(channel: Channel, freshness: Freshness, now: string): ChannelNotice[] {
  if (!isInUse(channel)) return [];
  return [...findSilentAccount(channel, freshness, now), ...findSilentColumns(channel, freshness, now)];
}

function findReviewDue(channel: Channel, today: string): ChannelNotice[] {
  const due = reviewDueOn(channel);
  if (due === null) return [notice('review-unknown', '没有年审记录', 'no yearly review is on record')];
  if (due < today)
    return [notice('review-due', `年审已逾期（应于 ${due} 前完成）`, `the yearly review was due on ${due}`)];
  const daysLeft = Math.round((Date.parse(due) - Date.parse(today)) / dayMs);
  if (daysLeft > reviewSoonDays) return [];
  return [notice('review-soon', `年审 ${daysLeft} 天后到期（${due}）`, `the yearly review is due on ${due}`)];
}

/**
 * Pure: what the register lacks. A closed account needs none of it.
 * @param today YYYY-MM-DD in Shanghai
 */
export function findRegisterGaps(channel: Channel, today: string): ChannelNotice[] {
  if (!isRegistered(channel)) return [];
  const needsAccount = channel.kind !== 'site' && channel.account === undefined;
  return [
    ...(channel.filing === undefined
      ? [notice('filing-missing', '没有备案号', 'no filing is on record')]
      : []),
    ...(needsAccount ? [notice('account-missing', '没有登记账号名称', 'no account name is on record')] : []),
    ...findReviewDue(channel, today),
  ];
}
