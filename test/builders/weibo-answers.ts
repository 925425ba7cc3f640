/** Small answers in the platform's shapes, with invented words. Whoever wrote them stands in every place where a person stands. */
export const person = (name: string, id: number) => ({
  id,
  idstr: String(id),
  screen_name: `CANARY-${name}`,
  name: `CANARY-${name}-name`,
  profile_image_url: `https://tvax1.sinaimg.cn/CANARY-${name}.jpg`,
  profile_url: `https://m.weibo.cn/u/${id}?uid=${id}`,
  gender: 'f',
  location: `CANARY-${name}-place`,
  description: `CANARY-${name}-bio`,
  verified_reason: `CANARY-${name}-verified`,
});
export const ownAccount = '6012345678';
export const school = person('school', Number(ownAccount));

export const status = (id: string, more: object = {}) => ({
  id,
  idstr: id,
  mid: id,
  bid: 'HyTZc60ew',
  created_at: 'Thu Mar 05 10:00:00 +0800 2026',
  text: '图书馆今天起延长开放',
  source: 'CANARY-device',
  region_name: '发布于 CANARY-region',
  textLength: 20,
  isLongText: false,
  reposts_count: 3,
  comments_count: '1.2万',
  attitudes_count: '100万+',
  user: school,
  ...more,
});

export const card = (mblog: unknown, more: object = {}) => ({
  card_type: 9,
  itemid: '1076036012345678_-_1',
  mblog,
  ...more,
});

export const cardList = (cards: unknown[], info: object = {}) => ({
  ok: 1,
  data: { cardlistInfo: { containerid: `107603${ownAccount}`, total: 40, ...info }, cards },
});

export const comment = (id: string, more: object = {}) => ({
  id,
  mid: id,
  rootid: id,
  floor_number: 1,
  created_at: 'Thu Mar 05 10:20:00 +0800 2026',
  text: '热水什么时候恢复',
  source: '来自 CANARY-province',
  like_count: 5,
  user: person(`reader-${id}`, 5_000_000_000 + Number(id.slice(-3))),
  comments: false,
  ...more,
});

export const hotflow = (list: unknown[], more: object = {}) => ({
  ok: 1,
  data: { data: list, total_number: 9, max_id: 0, max_id_type: 0, max: 1, ...more },
});
