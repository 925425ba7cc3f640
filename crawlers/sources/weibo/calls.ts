import type { WeiboChannel } from '../../../pipeline/domain/channel.ts';
import { NotPermitted } from '../../../pipeline/domain/errors.ts';
import { queryOf } from './addresses.ts';

const mobile = 'https://m.weibo.cn';
const platform = 'https://api.weibo.com/2';

/** Official addresses of the school's own account and of what stands under its statuses; the ledger's keys. */
export const addressOf = {
  list: (uid: string) => `${mobile}/api/container/getIndex?type=uid&value=${uid}&containerid=107603${uid}`,
  status: (id: string) => `${mobile}/statuses/show?id=${id}`,
  longText: (id: string) => `${mobile}/statuses/extend?id=${id}`,
  hotComments: (id: string) => `${mobile}/comments/hotflow?id=${id}&mid=${id}&max_id_type=0`,
  plainComments: (id: string) => `${mobile}/api/comments/show?id=${id}&page=1`,
  /** The status stands in the ledger only: what is asked names the comment alone. */
  replies: (id: string, statusId: string) =>
    `${mobile}/comments/hotFlowChild?cid=${id}&max_id=0&max_id_type=0&mid=${statusId}`,
  timeline: (uid: string) =>
    `${platform}/statuses/user_timeline.json?uid=${uid}&count=100&trim_user=1&page=1`,
  platformStatus: (id: string) => `${platform}/statuses/show.json?id=${id}&isGetLongText=1`,
  platformComments: (id: string) => `${platform}/comments/show.json?id=${id}&count=50`,
  commentsToMe: () => `${platform}/comments/to_me.json?count=50&page=1`,
} as const;

const kinds = {
  '/api/container/getIndex': 'list',
  '/statuses/show': 'status',
  '/statuses/extend': 'long-text',
  '/comments/hotflow': 'hot-comments',
  '/comments/hotFlowChild': 'replies',
  '/api/comments/show': 'plain-comments',
  '/2/statuses/user_timeline.json': 'timeline',
  '/2/statuses/show.json': 'status',
  '/2/comments/show.json': 'platform-comments',
  '/2/comments/to_me.json': 'comments-to-me',
} as const;

type CallKind = (typeof kinds)[keyof typeof kinds];

export interface Call {
  kind: CallKind;
  /** Of the status that it is about; null for lists. */
  statusId: string | null;
}

/**
 * What an address of the ledger asks for.
 * @throws NotPermitted for another account's, and for anything that this source does not ask (R1)
 */
export function readCall(url: string, channel: Pick<WeiboChannel, 'uid' | 'door'>): Call {
  const { origin, pathname } = new URL(url);
  const expected = channel.door === 'open-platform' ? 'https://api.weibo.com' : mobile;
  const kind = Object.hasOwn(kinds, pathname) ? kinds[pathname as keyof typeof kinds] : null;
  if (origin !== expected || kind === null || channel.door === 'import') {
    throw new NotPermitted(`${origin}${pathname} is not read for this channel`);
  }
  const query = queryOf(url);
  if (kind === 'list' || kind === 'timeline' || kind === 'comments-to-me') {
    const uid = kind === 'list' ? query.get('value') : kind === 'timeline' ? query.get('uid') : channel.uid;
    const container = kind === 'list' ? query.get('containerid') : `107603${channel.uid}`;
    if (uid !== channel.uid || container !== `107603${channel.uid}`) {
      throw new NotPermitted('the list of another account is not read');
    }
    return { kind, statusId: null };
  }
  const id = query.get(kind === 'replies' ? 'mid' : 'id');
  if (id === null || !/^\d{10,20}$/.test(id)) throw new NotPermitted('an address that names no status');
  return { kind, statusId: id };
}

/** As it goes out. */
export function askedAddress(url: string, { kind }: Call): string {
  if (kind !== 'replies') return url;
  const asked = new URL(url);
  asked.searchParams.delete('mid');
  return asked.href;
}

/** Host and paths of one door. */
export function allowedPaths(door: 'open-platform' | 'mobile'): { host: string; paths: string[] } {
  const paths = Object.keys(kinds).filter((path) => path.startsWith('/2/') === (door === 'open-platform'));
  return { host: door === 'open-platform' ? 'api.weibo.com' : 'm.weibo.cn', paths };
}
