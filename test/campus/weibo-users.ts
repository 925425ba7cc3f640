import { identityValues, type Person, personAt, persons } from './persons.ts';
import { countText } from './weibo-dates.ts';

/** How the mobile site answered in 2019 and how it answers since 2022: dates, counts and paging differ. */
export type WeiboEra = '2019' | '2022';

/** The school's own account: an institution, whose name is no secret. */
export const ownWeibo = { uid: '7650023174', name: '沧澜师范学院' } as const;

const noOne: Person = personAt(0);

function institution(): Person {
  return {
    ...noOne,
    uid: ownWeibo.uid,
    name: ownWeibo.name,
    description: '沧澜师范学院官方微博',
    region: '河北',
    device: '微博网页版',
    followers: 71_648,
    avatar: 'https://tvax2.sinaimg.cn/crop.0.0.600.600.180/school.jpg',
    cover: 'https://wx2.sinaimg.cn/crop.0.0.640.640.640/school.jpg',
    profile: `https://m.weibo.cn/u/${ownWeibo.uid}?uid=${ownWeibo.uid}`,
  };
}

export function speakerOf(remark: { official: boolean; person: number }): Person {
  return remark.official ? institution() : personAt(remark.person);
}

export const schoolSpeaker = institution();

/** The user object inside statuses and hot comments of the mobile site. */
export function mobileUser(person: Person, era: WeiboEra) {
  const own = person.uid === ownWeibo.uid;
  return {
    id: Number(person.uid),
    screen_name: person.name,
    profile_image_url: person.avatar,
    profile_url: person.profile,
    statuses_count: 1008,
    verified: own,
    verified_type: own ? 4 : -1,
    ...(own ? { verified_type_ext: 0, verified_reason: '沧澜师范学院官方微博' } : {}),
    close_blue_v: false,
    description: person.description,
    gender: person.gender,
    mbtype: own ? 12 : 2,
    urank: 9,
    mbrank: 2,
    follow_me: false,
    following: false,
    followers_count: era === '2022' ? String(countText(person.followers)) : person.followers,
    follow_count: 283,
    cover_image_phone: person.cover,
    avatar_hd: person.avatar,
    like: false,
    like_me: false,
    badge: {},
  };
}

/** The user object inside plain comments and below long threads. */
export function briefUser(person: Person) {
  return {
    id: Number(person.uid),
    screen_name: person.name,
    profile_image_url: person.avatar,
    verified: person.uid === ownWeibo.uid,
    verified_type: person.uid === ownWeibo.uid ? 4 : -1,
    followers_count: person.followers,
    mbtype: 2,
    profile_url: person.profile,
    remark: '',
    following: false,
    follow_me: false,
  };
}

/** The user object of the Open Platform. */
export function platformUser(person: Person) {
  const { uid, name, description, region, gender } = person;
  return {
    id: Number(uid),
    idstr: uid,
    class: 1,
    screen_name: name,
    name,
    province: '13',
    city: '9',
    location: region,
    description,
    url: '',
    profile_image_url: person.avatar,
    cover_image_phone: person.cover,
    profile_url: person.profile,
    domain: '',
    weihao: '',
    gender,
    followers_count: person.followers,
    friends_count: 277,
    pagefriends_count: 0,
    statuses_count: 75,
    favourites_count: 47,
    created_at: 'Fri Apr 26 15:54:43 +0800 2013',
    following: false,
    allow_all_act_msg: false,
    geo_enabled: true,
    verified: uid === ownWeibo.uid,
    verified_type: uid === ownWeibo.uid ? 4 : -1,
    remark: '',
    insecurity: {},
    ptype: 0,
    allow_all_comment: true,
    avatar_large: person.avatar,
    avatar_hd: person.avatar,
    verified_reason: '',
    follow_me: false,
    like: false,
    like_me: false,
    online_status: 0,
    bi_followers_count: 16,
    lang: 'zh-cn',
    star: 0,
    mbtype: 0,
    mbrank: 0,
    block_word: 0,
    block_app: 0,
    credit_score: 80,
    user_ability: 1024,
    urank: 26,
    story_read_state: -1,
    vclub_member: 0,
  };
}

/** All that could tell a person at Weibo: none of it may be stored. */
export function weiboIdentityValues(): string[] {
  return persons.flatMap(identityValues);
}
