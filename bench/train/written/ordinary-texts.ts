import type { Chance } from '../chance.ts';
import { campusWords } from './campus-words.ts';
import { writeTexts } from './fill.ts';
import { servicePatterns } from './service-texts.ts';

/** Ways of speaking that sound like danger and are none: exams, heat, hunger, laughing. */
const hyperbole = [
  '{subject}{toDeath}{end}',
  '{time}{subject}{toDeath}，{feel}{end}',
  '{subject}考得{wantToDie}，{laugh}',
  '作业多到{wantToDie}{end}',
  '这{subject}谁写谁{wantToDie}{end}',
  '{laugh}，{person}也太好笑了',
  '{wantToDie}，ddl 又撞一起了{end}',
  '早八{toDeath}，谁懂啊',
  '热{toDeath}，{place}空调给力点',
  '{place}的{dish}好吃到哭，香{toDeath}',
  '社死现场，当着{person}念错名字，{wantToDie}',
  '复习到崩溃，{subject}杀我{end}',
  '体测跑完感觉{died}，{laugh}',
  '背书背得{wantToDie}，{time}还没背完',
  '{person}鸽了我，气{toDeath}',
  '{dish}排队排到{wantToDie}{end}',
  '这剧{person}死的时候我哭惨了，编剧没有心',
  '打游戏又被队友坑死，自杀式送人头',
  '天台拍到的晚霞，{feel}',
  '歌词写得真好：我曾经跨过山和大海，也想过离开',
  '预防溺水安全教育，远离危险水域',
  '{event}讲了怎样帮助情绪低落的同学，很有收获',
  '活到老学到老，{subject}学到死{end}',
  '高数要我命，{laugh}',
  '减肥减得{wantToDie}，好想吃{dish}',
  '今天又是想回家躺平的一天，累{toDeath}',
];

/** Honest mentions of money, links and numbers, which adverts and swindles are made of. */
const notices = [
  '各位同学，{affair}请登录 http://jw.example.edu.cn 查询，{date}截止。',
  '尊敬的各位家长，{date}放假，请注意孩子的安全。',
  '请点击链接 http://t.cn/Ab0cd 填写{event}报名表，有问题联系学工办。',
  '校园卡充值请到{place}一楼，咨询电话 0571-88880000',
  '谨防电信诈骗：不轻信、不转账、不点击陌生链接。',
  '收到冒充{office}的短信，让我点链接，大家别上当',
  '{price}出一本{subject}教材，加我微信聊',
  '室友被刷单骗了三千块，已经报警了',
  '{event}招募志愿者，有学时，扫码进群',
  '奶茶第二杯半价，{person}请客{end}',
  '{place}今天{dish}打折，{price}一份',
  '银行卡丢了要去哪里补办',
  '学费可以申请国家助学贷款，{date}前到{office}办理',
  '我的快递到了，验证码 482913，谁帮我取一下',
  '收到录取短信了，激动{end}',
  '提醒大家{affair}别错过，系统{date}关闭',
  '双十一买了好多东西，快递都到了',
  '看到有人在群里发兼职广告，群主踢一下',
];

const words = {
  ...campusWords,
  toDeath: ['死我了', '死了', '要死', '死个人', '得要命', '到去世', '死了死了'],
  wantToDie: [
    '想死',
    '想跳楼',
    '要死了',
    '不想活了',
    '想原地去世',
    '想从楼上跳下去',
    '当场去世',
    '死的心都有了',
  ],
  died: ['死过一次', '人没了', '要断气', '魂飞了', '去世了'],
  laugh: ['哈哈哈', '笑死', '笑死我了', '哈哈哈哈哈哈', '笑不活了', 'hhhh', '笑出猪叫'],
};

export interface OrdinaryText {
  text: string;
  about: 'hyperbole' | 'notice' | 'service';
}

/** Everyday texts of a school in which no danger, attack or swindle is: what a model must not alarm at. */
export function writeOrdinaryTexts(count: number, chance: Chance): OrdinaryText[] {
  const each = Math.floor(count / 3);
  const service = Object.values(servicePatterns).flat();
  return [
    ...writeTexts(hyperbole, words, each, chance).map((text) => ({ text, about: 'hyperbole' as const })),
    ...writeTexts(notices, words, each, chance).map((text) => ({ text, about: 'notice' as const })),
    ...writeTexts(service, words, each, chance).map((text) => ({ text, about: 'service' as const })),
  ];
}
