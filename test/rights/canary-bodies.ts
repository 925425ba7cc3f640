/**
 * Answers of Weibo in the shapes that were recorded, with a value of its own wherever an answer tells of a person. Each is found
 * nowhere else, and none of them may be stored.
 */
export const ownUid = '7650023174';

let made = 0;
const canary = (label: string) => `CANARY-${label}-${++made}`;
/** Ten digits, so that it is found as a packed number too. */
const personId = () => 7_300_000_000 + ++made * 7919;

/** Every field of a user that was seen in a recorded answer of any door. */
function user(id: number | string = personId()) {
  return {
    ...{ id: Number(id), idstr: String(id), class: 1, screen_name: canary('screen'), name: canary('name') },
    ...{ province: canary('province'), city: canary('city'), location: canary('location') },
    ...{ description: canary('description'), url: `https://${canary('homepage')}.example/` },
    ...{ profile_image_url: `https://tvax2.sinaimg.cn/crop/${canary('avatar')}.jpg` },
    ...{ avatar_large: `https://tvax2.sinaimg.cn/${canary('large')}.jpg` },
    ...{ avatar_hd: `https://tvax2.sinaimg.cn/${canary('hd')}.jpg` },
    ...{ cover_image: `https://wx2.sinaimg.cn/${canary('cover')}.jpg` },
    ...{ cover_image_phone: `https://wx2.sinaimg.cn/${canary('phone-cover')}.jpg` },
    ...{ profile_url: `https://m.weibo.cn/u/${id}?${canary('profile')}`, domain: canary('domain') },
    ...{ weihao: canary('weihao'), gender: canary('gender'), remark: canary('remark'), lang: 'zh-cn' },
    ...{ verified: true, verified_type: 0, verified_reason: canary('verified') },
    ...{ verified_reason_modified: canary('modified'), verified_contact_email: canary('email') },
    ...{ verified_contact_name: canary('contact'), created_at: 'Fri Apr 26 15:54:43 +0800 2013' },
    ...{ followers_count: 132, badge: {}, insecurity: {}, status: { text: canary('latest-status') } },
    ...{ icon_list: [{ type: 'vip', data: { nickname: canary('icon') } }], avatargj_id: canary('frame') },
  };
}

const institution = { id: Number(ownUid), idstr: ownUid, screen_name: '沧澜师范学院', verified_type: 4 };

/** What stands beside the text of every entry: device, region, badges. */
function around() {
  return {
    source: `<a href="http://app.weibo.com/t/feed/1" rel="nofollow">${canary('device')}</a>`,
    region_name: `发布于 ${canary('region')}`,
    comment_badge: [{ name: canary('badge'), scheme: `https://weibo.com/${canary('badge-link')}` }],
    in_reply_to_user_id: String(personId()),
    in_reply_to_screen_name: canary('in-reply-to'),
    geo: { type: 'Point', coordinates: [36, 103], address: canary('place') },
    annotations: [{ client_mblogid: canary('client'), place: { title: canary('poi') } }],
    like_users: [user()],
    more_info_users: [user()],
    analysis_extra: `author_uid:${personId()}`,
    mark: canary('mark'),
    rid: canary('rid'),
    reads_count: 3,
  };
}

/** Names within a text, in every quoting that was seen, and as typed. */
function namings(): string {
  const name = () => canary('mention');
  const [a, b, c, d, e, f, g] = [name(), name(), name(), name(), name(), name(), name()];
  return [
    `<a href='/n/${a}'>@${a}</a>`,
    `<a href="https://m.weibo.cn/n/${b}">@${b}</a>`,
    `<a href=/n/${c}>@${c}</a>`,
    `<a target="_blank" href="//weibo.com/n/${d}?from=feed&loc=at" usercard="name=${d}">@${d}</a>`,
    `//@${e}:转 回复@${f}:好 ＠${g} 看`,
    `<a href="https://weibo.com/u/${personId()}">@${name()}的微博视频</a>`,
    `<a href="https://m.weibo.cn/u/${personId()}">网页链接</a>`,
    `https://weibo.com/${personId()}/HyTZc60ew`,
    `<span class="url-icon"><img alt=[doge] title="${canary('alt')}" src="x.png"></span>`,
  ].join(' ');
}

const plainNamings = () =>
  `回复@${canary('mention')}:好//@${canary('mention')}：转 ＠${canary('mention')} https://weibo.com/u/${personId()}`;

export const keptStatus = '食堂二楼恢复供应';
export const keptComment = '热水什么时候恢复';

const statusId = '5234567890123456';
const dates = { created_at: 'Sun Nov 22 10:00:00 +0800 2026' };
const counts = { reposts_count: 1, comments_count: 3, attitudes_count: 2 };

function comment(id: string, text: string, more: object = {}) {
  return {
    ...{ id, mid: id, idstr: id, rootid: id, rootidstr: id, floor_number: 1, ...dates, text, user: user() },
    ...{ like_count: 1, like_counts: 1, disable_reply: 0, ...around() },
    ...{ reply_original_text: canary('original'), reply_text: `@${canary('reply')}:好`, bid: 'HyUbKF0wh' },
    ...{ pic: { pid: 'p', url: `https://wx1.sinaimg.cn/large/${canary('picture')}.jpg`, user: user() } },
    ...more,
  };
}

function status(text: string, more: object = {}) {
  return {
    ...{ id: statusId, mid: statusId, idstr: statusId, bid: 'HyTZc60ew', ...dates, text, ...counts },
    ...{ user: institution, visible: { type: 0, list_id: 0 }, isLongText: false, ...around(), ...more },
  };
}

const shared = () => ({
  ...{ id: '5234567890120000', mid: '5234567890120000', ...dates, ...counts, user: user(), ...around() },
  text: `${canary('shared-text')} ${namings()}`,
});

/** By the path that asks for it. */
export function mobileBodies(): Record<string, unknown> {
  const mblog = status(`${keptStatus} ${namings()}`, { retweeted_status: shared() });
  return {
    '/api/container/getIndex': {
      ok: 1,
      data: {
        cardlistInfo: { containerid: `107603${ownUid}`, total: 2, userInfo: user() },
        cards: [
          {
            card_type: 9,
            itemid: `${canary('item')}`,
            scheme: `https://m.weibo.cn/${canary('scheme')}`,
            mblog,
          },
          { card_type: 11, card_group: [{ card_type: 10, user: user(), desc1: canary('recommended') }] },
          { card_type: 9, mblog: { ...shared(), text: canary('foreign-status') } },
        ],
      },
    },
    '/statuses/show': { ok: 1, data: mblog },
    '/statuses/extend': { ok: 1, data: { ok: 1, longTextContent: `${keptStatus} ${namings()}`, ...counts } },
    '/comments/hotflow': {
      ok: 1,
      data: {
        data: [
          comment('5234567890200001', `${keptComment} ${namings()}`, {
            comments: [comment('5234567890200002', `同问 ${namings()}`, { rootid: '5234567890200001' })],
            total_number: 1,
          }),
        ],
        ...{ total_number: 2, max_id: 0, max_id_type: 0, max: 1, status: { user: user() } },
      },
    },
    '/api/comments/show': {
      ok: 1,
      data: {
        data: [comment('5234567890200003', `${keptComment}呢 ${namings()}`)],
        hot_data: [comment('5234567890200004', namings())],
        ...{ total_number: 2, max: 1 },
      },
    },
  };
}

export function platformBodies(): Record<string, unknown> {
  const page = { hasvisible: false, previous_cursor: 0, next_cursor: 0, total_number: 1, interval: 0 };
  const own = status(`${keptStatus} ${plainNamings()}`, { retweeted_status: shared() });
  const said = (id: string) =>
    comment(id, `${keptComment} ${plainNamings()}`, {
      status: own,
      reply_comment: comment('5234567890200009', canary('answered-text')),
    });
  return {
    '/2/statuses/user_timeline.json': { ...page, statuses: [own], ad: [], marks: [canary('marks')] },
    '/2/statuses/show.json': own,
    '/2/comments/show.json': { ...page, comments: [said('5234567890200005')] },
    '/2/comments/to_me.json': { ...page, comments: [said('5234567890200006')] },
  };
}

/** No parser knows these, though they are full of persons: what is kept of them must not be. */
export function strangeBodies(): Record<string, unknown> {
  const strange = { code: 0, result: { rows: [{ who: user(), said: canary('said'), [canary('key')]: 1 }] } };
  return { '/api/container/getIndex': strange, '/2/statuses/user_timeline.json': strange };
}

/** Everything in an answer by which a person could be told: canaries, numbers of accounts, devices. */
export function personValues(body: unknown, own: string): string[] {
  const found = new Set<string>();
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') {
      for (const [name] of value.matchAll(/CANARY[\w-]*/g)) found.add(name);
      for (const [number] of value.matchAll(/\b73\d{8}\b/g)) found.add(number);
      if (key === 'source') addDevice(value, found);
    } else if (Array.isArray(value)) {
      for (const one of value) walk(one, key);
    } else if (typeof value === 'object' && value !== null) {
      if (key === 'user' || 'screen_name' in value) addIds(value, found);
      for (const [name, inner] of Object.entries(value)) walk(inner, name);
    }
  };
  walk(body, '');
  found.delete(own);
  return [...found];
}

function addIds(account: object, found: Set<string>): void {
  for (const [name, value] of Object.entries(account))
    if (/^(?:id|idstr|uid)$/.test(name) && /^\d{5,}$/.test(String(value))) found.add(String(value));
}

function addDevice(source: string, found: Set<string>): void {
  const device = source.replace(/<[^>]*>/g, '').trim();
  if (device.length > 5) found.add(device);
}
