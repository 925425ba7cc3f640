import type { Channel, ChannelState } from './channel.ts';
import { Conflict, InvalidInput, NotPermitted } from './errors.ts';
import type { Role } from './role.ts';

const keepers: readonly Role[] = ['operator', 'director'];

/**
 * The status table of a channel: what may follow, and who may do it. Nothing follows 注销: what comes back is registered anew.
 */
export const channelMoves: Record<ChannelState, Partial<Record<ChannelState, readonly Role[]>>> = {
  'not-connected': { trial: keepers, live: keepers, deregistered: keepers },
  trial: { live: keepers, 'not-connected': keepers, deregistered: keepers },
  live: { paused: keepers, deregistered: keepers },
  paused: { live: keepers, deregistered: keepers },
  deregistered: {},
};

export interface ChannelMove {
  to: ChannelState;
  /** For `live`: the day from which review is compulsory (启用日), today unless told. For `deregistered`: the day it ended. */
  on: string | null;
  /** For `deregistered`. */
  reason: string | null;
}

/** What this person may make of the channel. */
export function nextStates(state: ChannelState, roles: readonly Role[]): ChannelState[] {
  const moves = Object.entries(channelMoves[state]) as [ChannelState, readonly Role[]][];
  return moves.filter(([, actors]) => roles.some((role) => actors.includes(role))).map(([to]) => to);
}

/**
 * Pure: the channel in its next state, with what that state needs.
 * @param today YYYY-MM-DD in Shanghai
 * @throws Conflict where nothing leads there; NotPermitted; InvalidInput (`reason`, `on`)
 */
export function moveChannel<C extends Channel>(
  channel: C,
  move: ChannelMove,
  { roles, today }: { roles: readonly Role[]; today: string },
): C {
  const actors = channelMoves[channel.state][move.to];
  if (channel.state === 'deregistered') throw new Conflict('已注销的渠道不能恢复，请另行登记。');
  if (actors === undefined) throw new Conflict('这个渠道现在不能改成这种状态。');
  if (!roles.some((role) => actors.includes(role))) throw new NotPermitted('您的角色不能改变渠道状态。');
  const on = move.on ?? today;
  if (move.to === 'live') return { ...channel, state: 'live', reviewFrom: channel.reviewFrom ?? on };
  if (move.to !== 'deregistered') return { ...channel, state: move.to };
  const reason = move.reason?.trim() ?? '';
  if (reason === '') throw new InvalidInput('reason', '注销须写明原因。');
  if (on > today) throw new InvalidInput('on', '注销日期不能晚于今天。');
  return { ...channel, state: 'deregistered', shutDown: { on, reason } };
}

const reviewMonths = 12;

/** The day by which the next yearly review is due, YYYY-MM-DD: a year after the last one, or after the filing; null for neither. */
export function reviewDueOn({ reviewedOn, filing }: Pick<Channel, 'reviewedOn' | 'filing'>): string | null {
  const last = reviewedOn ?? filing?.filedOn ?? null;
  return last === null ? null : addMonths(last, reviewMonths);
}

/** Calendar months; the end of a month stays the end of a month. */
export function addMonths(day: string, months: number): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
