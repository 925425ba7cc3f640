import type { RingPurpose } from '../../config/key-ring.ts';
import type { NoticeOfChannel } from '../../pipeline/commands/tell-notices.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import type { ChannelNotice } from '../../pipeline/domain/silence.ts';
import type { User } from '../../pipeline/domain/user.ts';
import type { WorkCalendar } from '../../pipeline/domain/work-calendar.ts';

export interface Result {
  mark: 'ok' | 'warn' | 'fail';
  says: string;
}

export const ok = (says: string): Result => ({ mark: 'ok', says });
export const warn = (says: string): Result => ({ mark: 'warn', says });
export const fail = (says: string): Result => ({ mark: 'fail', says });

/** As the store holds it; absent while that is not known. */
export interface FoundSchool {
  settings: Pick<Settings, 'roster' | 'chains'>;
  calendar: WorkCalendar;
  users: readonly User[];
  at: string;
}

/** What one check learnt and a later one needs. */
export interface Found {
  /** The names of the keys that signed what the store holds; null while that is not known. */
  anchorKids: ReadonlySet<string> | null;
  /** The names of the keys that sealed credentials, and of those that digested objections. */
  ringKids: Record<Exclude<RingPurpose, 'contact'>, readonly string[]>;
  /** Of the keys that sealed what is approved or live. */
  sealKids: readonly string[];
  /** What keeps channels from being read in full; absent while that is not known. */
  notices?: readonly NoticeOfChannel[];
  /** Of the store; absent while that is not known. */
  accounts?: readonly User[];
  /** What has gone quiet, and what the register lacks; absent while that is not known. */
  registerNotices?: readonly (ChannelNotice & { channelId: string })[];
  /** Calendar, roster and chains of the store; absent while they are not known. */
  school?: FoundSchool;
}
