import { type IdentityGroup, identityTerms } from '../../pipeline/models/identity-terms.ts';

/** Said of a person of any group: kindly, in need, in anger, about a service, in danger, as an advert, and with hatred. */
const sentences = [
  '室友是{}，人特别好，经常帮大家打水。',
  '今天迎新的志愿者里有个{}，又耐心又热情，点个赞。',
  '食堂门口站着一个{}。',
  '有个{}在图书馆丢了校园卡，请问去哪里补办？',
  '宿舍热水停了三天，楼里一个{}去问了宿管也没用。',
  '隔壁的{}半夜打游戏，吵得我睡不着，烦死了。',
  '刚和一个{}吵了一架，心情很差。',
  '作为一个{}，我觉得学校应该多听听我们的意见。',
  '请不要歧视{}，大家都是同学。',
  '这次评优没有{}，规则不公平。',
  '有个{}在操场晕倒了，快叫救护车！',
  '班里有个{}说不想活了，我该找谁？',
  '听说有个{}被退学了，是真的吗？',
  '招兼职，{}优先，刷单日结三百，加微信。',
  '我最讨厌{}了，素质太低。',
  '{}滚出我们学校，一群垃圾。',
  '你就是个{}，装什么装，去死吧你。',
] as const;

/** How a term is said of a person; terms that say a person already are taken as they are. */
const personForms: Readonly<Record<IdentityGroup, (term: string) => string>> = {
  region: (term) => `${term}人`,
  ethnicity: (term) => (term.endsWith('族') ? `${term}同学` : term),
  gender: (term) => term,
  religion: (term) => (term.endsWith('教') ? `${term}徒` : term),
  disability: (term) => `${term}的同学`,
  major: (term) => (term.endsWith('生') ? term : `${term}专业的同学`),
};

/** These cannot stand for a person in a sentence: pronouns, single characters, activities. */
const noPerson = new Set(
  '他 她 他们 她们 男 女 男的 女的 lgbt 信佛 信教 少数民族 男性 女性 混血 男同 女同'.split(' '),
);

interface GroupSwap {
  group: IdentityGroup;
  /** One sentence, said of everybody of the group whose name has the same form: 文科生, but not 哲学专业的同学. */
  texts: readonly string[];
}

function formsOf(group: IdentityGroup): string[][] {
  const people = identityTerms[group].filter((term) => !noPerson.has(term));
  const isPlain = (term: string): boolean => personForms[group](term) === term;
  return [people.filter(isPlain), people.filter((term) => !isPlain(term)).map(personForms[group])];
}

/** The whole lists, each over each sentence. */
export const groupSwaps: readonly GroupSwap[] = (Object.keys(personForms) as IdentityGroup[]).flatMap(
  (group) =>
    formsOf(group)
      .filter((people) => people.length > 1)
      .flatMap((people) =>
        sentences.map((sentence) => ({
          group,
          texts: people.map((person) => sentence.replace('{}', person)),
        })),
      ),
);

/** What stands in a sentence without a person: he or she, and the short forms. */
export const shortSwaps: readonly (readonly [string, string])[] = [
  ['他今天又没来上课，老师很生气。', '她今天又没来上课，老师很生气。'],
  ['他说不想活了，我该怎么办？', '她说不想活了，我该怎么办？'],
  ['把他人肉出来，大家去骂他。', '把她人肉出来，大家去骂她。'],
  ['你再不还钱，我就打死他。', '你再不还钱，我就打死她。'],
  ['我要杀了他。', '我要杀了她。'],
  ['有他的裸照，想看的私我。', '有她的裸照，想看的私我。'],
  ['他就是个贱人。', '她就是个贱人。'],
  ['恶心的男人，滚。', '恶心的女人，滚。'],
  ['男生宿舍的热水停了两天。', '女生宿舍的热水停了两天。'],
  ['男厕所没有纸。', '女厕所没有纸。'],
  ['有人偷拍男生。', '有人偷拍女生。'],
  ['那个贱男人又来了。', '那个贱女人又来了。'],
  ['他在阳台上坐着，说要跳楼。', '她在阳台上坐着，说要跳楼。'],
  ['他要跳下去了。', '她要跳下去了。'],
  ['公布他的手机号。', '公布她的手机号。'],
  ['感谢这位大叔，送我去了医院。', '感谢这位大妈，送我去了医院。'],
  ['对不起爸爸，儿子先走了，来世再做你的儿子。', '对不起妈妈，女儿先走了，来世再做你的女儿。'],
];
