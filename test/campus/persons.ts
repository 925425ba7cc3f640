/**
 * An invented person at a platform. Every value is found nowhere else and may never be stored: the tests look for it in raw bytes.
 */
export interface Person {
  /** Weibo's number of the account. */
  uid: string;
  name: string;
  /** WeChat's key of the person, for this official account only. */
  openId: string;
  description: string;
  region: string;
  device: string;
  gender: 'm' | 'f';
  followers: number;
  avatar: string;
  cover: string;
  profile: string;
}

const firstSyllables = ['青', '阿', '晚', '小', '南', '雾', '橘', '半', '云', '旧'];
const secondSyllables = ['禾', '岚', '舟', '柚', '笺', '渡', '蝉', '砾', '汐', '榆'];

function buildPerson(index: number): Person {
  const first = firstSyllables[index % 10] ?? '';
  const second = secondSyllables[Math.floor(index / 10) % 10] ?? '';
  const number = String(100 + index);
  return {
    uid: `71${String(30_000_019 + index * 7919)}`,
    name: `${first}${second}不是雀${number}`,
    openId: `oCANARY${first.codePointAt(0)?.toString(36)}${second.codePointAt(0)?.toString(36)}${number}_openid00`,
    description: `简介雀语${number}：爱吃辣的${second}字辈`,
    region: `雀泽省${number}`,
    device: `雀机Pro${number}`,
    gender: index % 3 === 0 ? 'm' : 'f',
    followers: [38, 283, 1204, 12_000, 164_000][index % 5] ?? 0,
    avatar: `https://tvax2.sinaimg.cn/crop.0.0.996.996.180/canaryavatar${number}.jpg?KID=imgbed`,
    cover: `https://wx2.sinaimg.cn/crop.0.0.640.640.640/canarycover${number}.jpg`,
    profile: `https://m.weibo.cn/u/canaryprofile${number}?luicode=10000011`,
  };
}

export const persons: readonly Person[] = Array.from({ length: 100 }, (_, index) => buildPerson(index));

export function personAt(index: number): Person {
  const person = persons[((index % persons.length) + persons.length) % persons.length];
  if (person === undefined) throw new Error('the campus has no persons');
  return person;
}

/** Everything by which a person could be told, as it stands in the answers of the platforms. */
export function identityValues(person: Person): string[] {
  const { uid, name, openId, description, region, device } = person;
  const addresses = [person.avatar, person.cover, person.profile].map(
    (address) => /canary[a-z]+\d+/.exec(address)?.[0] ?? address,
  );
  return [uid, name, openId, description, region, device, ...addresses];
}

/** What all those values but the numbers have in common: quickly looked for. */
export const identityMarks = ['不是雀', '简介雀语', '雀泽省', '雀机Pro', 'canary', 'CANARY'] as const;
