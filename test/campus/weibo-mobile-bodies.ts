import { personAt } from './persons.ts';
import { plainText, readTokens } from './spoken-text.ts';
import { absoluteDate, countText, relativeDate } from './weibo-dates.ts';
import { weiboId, weiboShortId } from './weibo-ids.ts';
import type { WeiboRemark, WeiboStatus } from './weibo-school.ts';
import { isLong, renderCutHtml, renderWeiboHtml } from './weibo-text.ts';
import { briefUser, mobileUser, ownWeibo, schoolSpeaker, speakerOf, type WeiboEra } from './weibo-users.ts';

/** What a body must know besides the item: the form of the answers and the time they are given at. */
export interface BodyFrame {
  era: WeiboEra;
  now: Date;
}

const goneText = '抱歉，根据作者设置的微博可见时间范围，此微博已不可见。';

function statusCounts(status: WeiboStatus, comments: number, era: WeiboEra) {
  const count = era === '2022' ? countText : (value: number) => value;
  return {
    reposts_count: count(status.source.reposts ?? 3),
    comments_count: count(comments),
    attitudes_count: count(status.source.likes ?? 41),
  };
}

function pictures(status: WeiboStatus, { era }: BodyFrame) {
  const list = Array.from({ length: status.source.pictures ?? 0 }, (_, index) => ({
    pid: `008campus${status.shortId}${index}`,
    url: `https://wx1.sinaimg.cn/orj360/008campus${status.shortId}${index}.jpg`,
    size: 'orj360',
    geo: { width: 360, height: 270, croped: false },
    large: {
      size: 'large',
      url: `https://wx1.sinaimg.cn/large/008campus${status.shortId}${index}.jpg`,
      geo: { width: '1280', height: '960', croped: false },
    },
  }));
  if (list.length === 0) return {};
  // Some answers number them instead of listing them.
  return { pics: era === '2022' && list.length > 3 ? { ...list } : list };
}

function sharedStatus(status: WeiboStatus, frame: BodyFrame) {
  const shared = status.source.shares;
  if (shared === undefined) return {};
  const at = new Date(status.at.getTime() - 5 * 3_600_000);
  const id = weiboId(`${status.key}/shared`, at);
  const base = {
    created_at: dateOf(at, frame),
    id,
    mid: id,
    bid: weiboShortId(id),
    visible: { type: 0, list_id: 0 },
  };
  return {
    raw_text: renderWeiboHtml(status.text),
    retweeted_status: shared.gone
      ? { ...base, text: goneText, deleted: '1', user: null }
      : {
          ...base,
          text: renderWeiboHtml(shared.text),
          source: personAt(shared.person).device,
          user: mobileUser(personAt(shared.person), frame.era),
          reposts_count: 12,
          comments_count: 30,
          attitudes_count: 88,
          isLongText: false,
        },
  };
}

function dateOf(at: Date, { era, now }: BodyFrame): string {
  return era === '2019' ? relativeDate(at, now) : absoluteDate(at);
}

function editFacts(status: WeiboStatus) {
  if (status.editedAt === null) return { edit_config: { edited: false } };
  const facts = { edit_count: status.edits, edit_at: absoluteDate(status.editedAt) };
  return { ...facts, edit_config: { edited: true } };
}

/** A status in lists (`whole` false: its beginning, where it is long) and by itself. */
export function mobileStatus(status: WeiboStatus, comments: number, options: BodyFrame & { whole: boolean }) {
  const long = isLong(status.text);
  const text = long && !options.whole ? renderCutHtml(status.text, status.id) : renderWeiboHtml(status.text);
  return {
    visible: { type: 0, list_id: 0 },
    created_at: options.whole ? absoluteDate(status.at) : dateOf(status.at, options),
    id: status.id,
    mid: status.id,
    can_edit: false,
    ...editFacts(status),
    show_additional_indication: 0,
    text: `${text}${status.edits % 2 === 0 ? ' \u200b' : ''}`,
    textLength: status.text.length * 2,
    source: '微博网页版',
    favorited: false,
    pic_ids: Array.from(
      { length: status.source.pictures ?? 0 },
      (_, index) => `008campus${status.shortId}${index}`,
    ),
    pic_num: status.source.pictures ?? 0,
    is_paid: false,
    mblog_vip_type: 0,
    user: mobileUser(schoolSpeaker, options.era),
    ...sharedStatus(status, options),
    ...statusCounts(status, comments, options.era),
    pending_approval_count: 0,
    isLongText: long,
    mlevel: 0,
    content_auth: 0,
    is_show_bulletin: 2,
    mblogtype: status.source.pinned ? 2 : 0,
    ...(options.era === '2022' ? { region_name: '发布于 河北' } : {}),
    ...(status.source.pinned ? { isTop: 1, title: { text: '置顶', base_color: 1 } } : {}),
    number_display_strategy: {
      apply_scenario_flag: 3,
      display_text_min_number: 1_000_000,
      display_text: '100万+',
    },
    bid: status.shortId,
    ...pictures(status, options),
  };
}

export function statusCard(status: WeiboStatus, comments: number, frame: BodyFrame) {
  return {
    card_type: 9,
    profile_type_id: status.source.pinned ? 'proweibotop_' : `proweibo_${status.id}`,
    itemid: `107603${ownWeibo.uid}_-_${status.id}`,
    scheme: `https://m.weibo.cn/status/${status.shortId}?mblogid=${status.shortId}&luicode=10000011&lfid=107603${ownWeibo.uid}`,
    mblog: mobileStatus(status, comments, { ...frame, whole: false }),
    show_type: 0,
  };
}

/** Cards between the statuses: whom to follow, and what another account says. */
export function strangeCards({ era }: BodyFrame): unknown[] {
  const stranger = personAt(91);
  const id = weiboId('stranger', new Date(1_700_000_000_000));
  const mblog = {
    created_at: absoluteDate(new Date(1_700_000_000_000)),
    id,
    mid: id,
    bid: weiboShortId(id),
    text: '雀语推广：考研英语冲刺营限时三折，私信领取',
    source: stranger.device,
    user: mobileUser(stranger, era),
    reposts_count: 0,
    comments_count: 0,
    attitudes_count: 2,
    isLongText: false,
    visible: { type: 0, list_id: 0 },
  };
  return [
    {
      card_type: 11,
      show_type: 1,
      card_group: [
        { card_type: 6, desc: '你可能感兴趣的人', scheme: 'sinaweibo://cardlist?containerid=231051' },
        { card_type: 10, user: mobileUser(personAt(92), era), desc1: personAt(92).description },
        { card_type: 9, mblog, scheme: `https://m.weibo.cn/status/${mblog.bid}` },
      ],
    },
    { card_type: 22, pic: 'https://wx1.sinaimg.cn/large/advert.jpg', scheme: 'https://example.com/advert' },
  ];
}

/** 回复@某人: stands before what answers an answer. */
function replyPrefix(remark: WeiboRemark, all: readonly WeiboRemark[]): string {
  if (remark.replyTo === null || remark.replyTo === remark.thread) return '';
  const answered = all.find(({ key }) => key === remark.replyTo);
  if (answered === undefined) return '';
  const { name } = speakerOf(answered);
  return `回复<a href='https://m.weibo.cn/n/${name}'>@${name}</a>:`;
}

function hotBase(remark: WeiboRemark, all: readonly WeiboRemark[], { era }: BodyFrame) {
  const speaker = speakerOf(remark);
  return {
    created_at: absoluteDate(remark.at),
    id: remark.id,
    rootid: remark.threadId,
    floor_number: remark.replyTo === null ? all.indexOf(remark) + 1 : 0,
    text: `${replyPrefix(remark, all)}${renderWeiboHtml(remark.text)}`,
    disable_reply: 0,
    user: mobileUser(speaker, era),
    mid: remark.id,
    readtimetype: 'comment',
    bid: weiboShortId(remark.id),
    source: era === '2022' ? `来自 ${speaker.region}` : '',
    like_count: era === '2022' && remark.likes % 2 === 1 ? String(countText(remark.likes)) : remark.likes,
    liked: false,
  };
}

/** A reply inside a hot comment. */
export function hotReply(remark: WeiboRemark, all: readonly WeiboRemark[], frame: BodyFrame) {
  const answered = all.find(({ key }) => key === remark.replyTo);
  return {
    ...hotBase(remark, all, frame),
    ...(answered === undefined ? {} : { reply_original_text: plainText(readTokens(answered.text)) }),
    shouldShowColon: 0,
  };
}

/** Replies shown with their comment; more must be asked for by its number. */
const repliesShown = 2;

export function hotComment(remark: WeiboRemark, all: readonly WeiboRemark[], frame: BodyFrame) {
  const replies = all.filter((each) => each.thread === remark.key && each.key !== remark.key);
  const shown = replies.slice(0, repliesShown);
  const hidden = replies.slice(repliesShown);
  return {
    ...hotBase(remark, all, frame),
    // Without replies it is no empty list.
    comments: shown.length === 0 ? false : shown.map((reply) => hotReply(reply, all, frame)),
    max_id: hidden.length === 0 ? 0 : Number(hidden[0]?.id),
    total_number: replies.length,
    isLikedByMblogAuthor: false,
    more_info_type: hidden.length === 0 ? 0 : 2,
    ...(hidden.length === 0 ? {} : { more_info_users: hidden.map((reply) => briefUser(speakerOf(reply))) }),
  };
}

/** A comment as the old list gives it: flat, an answer with the text that it answers. */
export function plainComment(remark: WeiboRemark, all: readonly WeiboRemark[], frame: BodyFrame) {
  const answered = all.find(({ key }) => key === remark.replyTo);
  const speaker = speakerOf(remark);
  const name = answered === undefined ? '' : speakerOf(answered).name;
  const prefix = name === '' ? '' : `回复<a href='https://m.weibo.cn/n/${name}'>@${name}</a>:`;
  return {
    id: Number(remark.id),
    created_at: relativeDate(remark.at, frame.now),
    source: frame.era === '2022' ? `来自 ${speaker.region}` : '',
    user: briefUser(speaker),
    text: `${prefix}${renderWeiboHtml(remark.text)}`,
    ...(answered === undefined
      ? {}
      : { reply_id: Number(answered.id), reply_text: `@${name}:${plainText(readTokens(answered.text))}` }),
    like_counts: remark.likes,
    liked: false,
  };
}
