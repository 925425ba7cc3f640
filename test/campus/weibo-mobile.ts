import { jsonAnswer, type PlatformAnswer, type PlatformRequest } from './platform-server.ts';
import {
  type BodyFrame,
  hotComment,
  hotReply,
  mobileStatus,
  plainComment,
  statusCard,
  strangeCards,
} from './weibo-mobile-bodies.ts';
import type { WeiboRemark, WeiboSchool, WeiboStatus } from './weibo-school.ts';
import { renderWeiboHtml } from './weibo-text.ts';
import { mobileUser, ownWeibo, schoolSpeaker, type WeiboEra } from './weibo-users.ts';

const cardsPerPage = 10;
const commentsPerPage = 20;
const oldCommentsPerPage = 10;
const hotShown = 20;

const nothingHere = { ok: 0, msg: '这里还没有内容', data: { cards: [] } };
const noStatus = { ok: 0, msg: '微博不存在或暂无查看权限!' };

/** Numbers between two pages look like ids; this one only counts. */
const cursorBase = 13_800_000_000_000;

function profileAnswer(era: WeiboEra, statuses: number): PlatformAnswer {
  const { uid } = ownWeibo;
  const userInfo = {
    ...mobileUser(schoolSpeaker, era),
    statuses_count: statuses,
    toolbar_menus: [{ type: 'profile_follow', name: '关注', pic: '', params: { uid: Number(uid) } }],
  };
  const tab = (id: number, tabKey: string, tab_type: string, containerid: string) => ({
    id,
    tabKey,
    must_show: id < 3 ? 1 : 0,
    hidden: 0,
    title: tabKey,
    tab_type,
    containerid,
  });
  const tabs = [
    tab(1, 'profile', 'profile', `230283${uid}`),
    { ...tab(2, 'weibo', 'weibo', `107603${uid}`), apipath: '/profile/statuses', url: '/index/my' },
    tab(10, 'album', 'album', `107803${uid}`),
  ];
  return jsonAnswer({
    ok: 1,
    data: {
      isVideoCoverStyle: 1,
      userInfo,
      fans_scheme: `https://m.weibo.cn/p/index?containerid=231051_-_fans_-_${uid}`,
      tabsInfo: { selectedTab: 1, tabs: era === '2022' ? { ...tabs } : tabs },
      scheme: `sinaweibo://userinfo?uid=${uid}&type=uid&value=${uid}`,
      showAppTips: 0,
    },
  });
}

/** What m.weibo.cn answers to somebody who is let in. */
export class WeiboMobile {
  era: WeiboEra = '2022';
  private readonly school: WeiboSchool;

  constructor(school: WeiboSchool) {
    this.school = school;
  }

  answer({ path, query }: PlatformRequest): PlatformAnswer {
    switch (path) {
      case '/api/container/getIndex':
        return query.get('value') === ownWeibo.uid || query.has('containerid')
          ? this.answerIndex(query)
          : jsonAnswer(nothingHere);
      case '/statuses/show':
        return this.answerStatus(query.get('id') ?? '');
      case '/statuses/extend':
        return this.answerLongText(query.get('id') ?? '');
      case '/comments/hotflow':
        return this.answerHotComments(query);
      case '/comments/hotFlowChild':
        return this.answerReplies(query);
      case '/api/comments/show':
        return this.answerPlainComments(query);
      default:
        return { status: 404, body: '' };
    }
  }

  private get frame(): BodyFrame {
    return { era: this.era, now: this.school.now() };
  }

  private card(status: WeiboStatus) {
    return statusCard(status, this.school.remarks(status).length, this.frame);
  }

  private answerIndex(query: URLSearchParams): PlatformAnswer {
    const statuses = this.school.statuses();
    const container = query.get('containerid');
    if (container === null) return profileAnswer(this.era, statuses.length);
    if (container !== `107603${ownWeibo.uid}`) return jsonAnswer(nothingHere);
    const rows = statuses.filter(({ source }) => !source.pinned);
    const page = Number(query.get('page') ?? '1');
    const since = query.get('since_id');
    const from = since === null ? (page - 1) * cardsPerPage : rows.findIndex(({ id }) => id <= since);
    const shown = from < 0 ? [] : rows.slice(from, from + cardsPerPage);
    if (shown.length === 0) return jsonAnswer(nothingHere);
    const first = from === 0;
    const pinned = first ? statuses.filter(({ source }) => source.pinned) : [];
    const next = rows[from + cardsPerPage];
    const paging =
      this.era === '2019'
        ? { page: next === undefined ? null : page + 1 }
        : next === undefined
          ? {}
          : { since_id: Number(next.id) };
    const cards = [...pinned, ...shown].map((status) => this.card(status));
    return jsonAnswer({
      ok: 1,
      data: {
        cardlistInfo: { containerid: container, v_p: 42, show_style: 1, total: statuses.length, ...paging },
        cards: first ? [...cards.slice(0, 3), ...strangeCards(this.frame), ...cards.slice(3)] : cards,
        scheme: `sinaweibo://cardlist?containerid=${container}`,
      },
    });
  }

  private answerStatus(id: string): PlatformAnswer {
    const status = this.school.find(id);
    if (status === null || status === 'gone') return jsonAnswer(noStatus);
    const count = this.school.remarks(status).length;
    return jsonAnswer({
      ok: 1,
      data: { ...mobileStatus(status, count, { ...this.frame, whole: true }), ok: 1 },
    });
  }

  private answerLongText(id: string): PlatformAnswer {
    const status = this.school.find(id);
    if (status === null || status === 'gone') return jsonAnswer(noStatus);
    return jsonAnswer({
      ok: 1,
      data: {
        ok: 1,
        longTextContent: renderWeiboHtml(status.text),
        reposts_count: status.source.reposts ?? 3,
        comments_count: this.school.remarks(status).length,
        attitudes_count: status.source.likes ?? 41,
      },
    });
  }

  private remarksOf(id: string): WeiboRemark[] | null {
    const status = this.school.find(id);
    return status === null || status === 'gone' ? null : this.school.remarks(status);
  }

  /** The liveliest first (type 0), then the rest by time (type 1). */
  private answerHotComments(query: URLSearchParams): PlatformAnswer {
    const all = this.remarksOf(query.get('id') ?? '');
    if (all === null) return jsonAnswer(noStatus);
    const roots = all.filter(({ replyTo }) => replyTo === null);
    const hot = [...roots].sort((a, b) => b.likes - a.likes || a.id.localeCompare(b.id)).slice(0, hotShown);
    const ordered = [...hot, ...roots.filter((root) => !hot.includes(root)).reverse()];
    const cursor = Number(query.get('max_id') ?? '0');
    const from = cursor === 0 ? 0 : cursor - cursorBase;
    const type = from < hotShown ? 0 : 1;
    const shown = ordered.slice(from, from + commentsPerPage);
    // A cursor goes with its type; the other one leads nowhere.
    if (shown.length === 0 || Number(query.get('max_id_type') ?? '0') !== type) {
      return jsonAnswer({ ok: 0, msg: nothingHere.msg });
    }
    const next = from + commentsPerPage;
    return jsonAnswer({
      ok: 1,
      data: {
        data: shown.map((remark) => hotComment(remark, all, this.frame)),
        total_number: all.length,
        status: { comment_manage_info: { comment_permission_type: -1, approval_comment_type: 0 } },
        max_id: next < ordered.length ? cursorBase + next : 0,
        max: Math.ceil(all.length / commentsPerPage),
        max_id_type: next < ordered.length ? Number(next >= hotShown) : 0,
      },
    });
  }

  private answerReplies(query: URLSearchParams): PlatformAnswer {
    const key = this.school.keyOf(query.get('cid') ?? '');
    const status = this.school.statuses().find(({ key: own }) => key?.startsWith(`${own}/`));
    if (key === null || status === undefined) return jsonAnswer({ ok: 0, msg: nothingHere.msg });
    const all = this.school.remarks(status);
    const replies = all.filter((each) => each.thread === key && each.key !== key);
    const from = Math.max(0, Number(query.get('max_id') ?? '0') - cursorBase);
    const shown = replies.slice(from, from + commentsPerPage);
    const next = from + commentsPerPage;
    return jsonAnswer({
      ok: 1,
      data: shown.map((reply) => hotReply(reply, all, this.frame)),
      rootComment: all.filter((each) => each.key === key).map((root) => hotComment(root, all, this.frame)),
      total_number: replies.length,
      max_id: next < replies.length ? cursorBase + next : 0,
      max_id_type: 0,
      max: Math.ceil(replies.length / commentsPerPage),
    });
  }

  private answerPlainComments(query: URLSearchParams): PlatformAnswer {
    const all = this.remarksOf(query.get('id') ?? '');
    if (all === null) return jsonAnswer(noStatus);
    const page = Number(query.get('page') ?? '1');
    const newest = [...all].reverse();
    const shown = newest.slice((page - 1) * oldCommentsPerPage, page * oldCommentsPerPage);
    if (shown.length === 0) return jsonAnswer({ ok: 0, msg: nothingHere.msg });
    const hot = [...all].sort((a, b) => b.likes - a.likes).slice(0, 3);
    const plain = (remark: WeiboRemark) => plainComment(remark, all, this.frame);
    return jsonAnswer({
      ok: 1,
      msg: '数据获取成功',
      data: {
        data: shown.map(plain),
        total_number: all.length,
        max: Math.ceil(all.length / oldCommentsPerPage),
        ...(page === 1 ? { hot_data: hot.map(plain), hot_total_number: hot.length } : {}),
      },
    });
  }
}
