import { wholeSecond } from './calendar.ts';
import { namesIn, wordsOf } from './spoken-text.ts';
import type { WeiboRemark, WeiboSchool, WeiboStatus } from './weibo-school.ts';
import { ownWeibo } from './weibo-users.ts';

/** What a crawler should take from a comment or a reply. */
export interface ExpectedRemark {
  key: string;
  id: string;
  /** Pieces of its text in their order; white space, names, faces and addresses aside. */
  words: readonly string[];
  publishedAt: string;
  /** What it answers: the status, or another comment. */
  parentId: string;
  /** The status. */
  rootId: string;
  official: boolean;
  likes: number;
}

/** What a crawler should take from a status of the school's own account. */
export interface ExpectedStatus {
  key: string;
  id: string;
  shortId: string;
  /** Both addresses that people know it by. */
  urls: readonly string[];
  words: readonly string[];
  /** Names that it mentions: never stored. */
  names: readonly string[];
  publishedAt: string;
  pinned: boolean;
  edits: number;
  /** It passes on another's status. `words`: empty when that one can no longer be seen. */
  shares: { gone: boolean; words: readonly string[] } | null;
  remarks: readonly ExpectedRemark[];
}

function expectedRemark(remark: WeiboRemark, status: WeiboStatus): ExpectedRemark {
  return {
    key: remark.key,
    id: remark.id,
    words: wordsOf(remark.text),
    publishedAt: wholeSecond(remark.at),
    parentId: remark.replyToId ?? status.id,
    rootId: status.id,
    official: remark.official,
    likes: remark.likes,
  };
}

/** As things stand now. */
export function buildExpectedStatuses(school: WeiboSchool): ExpectedStatus[] {
  return school.statuses().map((status) => {
    const { id, shortId, source } = status;
    const shared = source.shares;
    return {
      key: status.key,
      id,
      shortId,
      urls: [`https://m.weibo.cn/status/${id}`, `https://weibo.com/${ownWeibo.uid}/${shortId}`],
      words: wordsOf(status.text),
      names: namesIn(status.text),
      publishedAt: wholeSecond(status.at),
      pinned: source.pinned ?? false,
      edits: status.edits,
      shares:
        shared === undefined
          ? null
          : { gone: shared.gone ?? false, words: shared.gone ? [] : wordsOf(shared.text) },
      remarks: school.remarks(status).map((remark) => expectedRemark(remark, status)),
    };
  });
}
