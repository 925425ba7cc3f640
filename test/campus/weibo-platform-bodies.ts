import { personAt } from './persons.ts';
import { absoluteDate } from './weibo-dates.ts';
import { weiboId } from './weibo-ids.ts';
import type { WeiboRemark, WeiboStatus } from './weibo-school.ts';
import { renderPlain } from './weibo-text.ts';
import { ownWeibo, platformUser, schoolSpeaker, speakerOf } from './weibo-users.ts';

const goneText = '抱歉，此微博已被作者删除。查看帮助：http://t.cn/A6campus';

function statusTail(status: WeiboStatus, comments: number) {
  return {
    reposts_count: status.source.reposts ?? 3,
    comments_count: comments,
    attitudes_count: status.source.likes ?? 41,
    pending_approval_count: 0,
    isLongText: false,
    mlevel: 0,
    visible: { type: 0, list_id: 0 },
    biz_feature: 0,
    hasActionTypeCard: 0,
    darwin_tags: [],
    hot_weibo_tags: [],
    text_tag_tips: [],
    userType: 0,
    more_info_type: 0,
    positive_recom_flag: 0,
    content_auth: 0,
    gif_ids: '',
    is_show_bulletin: 2,
    comment_manage_info: { comment_permission_type: -1, approval_comment_type: 0 },
  };
}

function sharedStatus(status: WeiboStatus) {
  const shared = status.source.shares;
  if (shared === undefined) return {};
  const at = new Date(status.at.getTime() - 5 * 3_600_000);
  const id = weiboId(`${status.key}/shared`, at);
  const base = { created_at: absoluteDate(at), id: Number(id), mid: id, idstr: id };
  return {
    retweeted_status: shared.gone
      ? { ...base, text: goneText, deleted: '1', source: '', user: null }
      : {
          ...base,
          text: renderPlain(shared.text, 1),
          source: `<a href="http://app.weibo.com/t/feed/6vtZb0" rel="nofollow">${personAt(shared.person).device}</a>`,
          user: platformUser(personAt(shared.person)),
        },
  };
}

/** A status of the Open Platform: plain text, whole. With `trimmed` the author is a number only. */
export function platformStatus(status: WeiboStatus, comments: number, trimmed: boolean) {
  const pictures = Array.from({ length: status.source.pictures ?? 0 }, (_, index) => ({
    thumbnail_pic: `https://wx1.sinaimg.cn/thumbnail/008campus${status.shortId}${index}.jpg`,
  }));
  const first = pictures[0]?.thumbnail_pic;
  return {
    created_at: absoluteDate(status.at),
    id: Number(status.id),
    mid: status.id,
    idstr: status.id,
    can_edit: false,
    ...(status.editedAt === null
      ? {}
      : { edit_count: status.edits, edit_at: absoluteDate(status.editedAt), edit_config: { edited: true } }),
    text: renderPlain(status.text, status.text.length),
    textLength: status.text.length * 2,
    source_allowclick: 0,
    source_type: 1,
    source: '<a href="http://app.weibo.com/t/feed/6vtZb0" rel="nofollow">微博网页版</a>',
    favorited: false,
    truncated: false,
    in_reply_to_status_id: '',
    in_reply_to_user_id: '',
    in_reply_to_screen_name: '',
    pic_urls: pictures,
    ...(first === undefined
      ? {}
      : {
          thumbnail_pic: first,
          bmiddle_pic: first.replace('thumbnail', 'bmiddle'),
          original_pic: first.replace('thumbnail', 'large'),
        }),
    geo: null,
    is_paid: false,
    mblog_vip_type: 0,
    ...(trimmed ? { uid: Number(ownWeibo.uid) } : { user: platformUser(schoolSpeaker) }),
    ...sharedStatus(status),
    annotations: [{ mapi_request: true }],
    ...statusTail(status, comments),
  };
}

function replyPrefix(remark: WeiboRemark, all: readonly WeiboRemark[]): string {
  const answered = all.find(({ key }) => key === remark.replyTo);
  return answered === undefined ? '' : `回复@${speakerOf(answered).name}:`;
}

function bareComment(remark: WeiboRemark, all: readonly WeiboRemark[]) {
  const speaker = speakerOf(remark);
  return {
    created_at: absoluteDate(remark.at),
    id: Number(remark.id),
    rootid: Number(remark.threadId),
    floor_number: remark.replyTo === null ? all.indexOf(remark) + 1 : 0,
    text: `${replyPrefix(remark, all)}${renderPlain(remark.text, 1)}`,
    source_allowclick: 0,
    source_type: 2,
    source: `<a href="http://weibo.com/" rel="nofollow">${speaker.device}</a>`,
    user: platformUser(speaker),
    mid: remark.id,
    idstr: remark.id,
  };
}

/** A comment of the Open Platform, with the status it stands under. */
export function platformComment(remark: WeiboRemark, all: readonly WeiboRemark[], status: WeiboStatus) {
  const answered = all.find(({ key }) => key === remark.replyTo);
  return {
    disable_reply: 0,
    ...bareComment(remark, all),
    status: platformStatus(status, all.length, false),
    ...(answered === undefined ? {} : { reply_comment: bareComment(answered, all) }),
  };
}
