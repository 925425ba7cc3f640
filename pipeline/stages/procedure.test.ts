import { describe, expect, it } from 'vitest';
import { readSeedRules } from '../../test/builders/seed-rules.ts';
import type { PostKind } from '../domain/post.ts';
import type { Verdict } from '../domain/verdict.ts';
import { createJudge } from './judge.ts';

const judge = createJudge({
  rules: readSeedRules(),
  settingsVersion: 1,
  dictionaryWords: ['沧澜师范学院', '听澜湖'],
});

function decide(text: string, kind: PostKind = 'comment'): Verdict {
  return judge.decide({ stored: text, kind, metrics: {}, textVersion: 1 });
}

describe('ordinary notices of the school stay out of the queues', () => {
  it.each([
    '关于开展消防应急疏散演练的通知\n演练模拟宿舍起火、有同学晕倒的情形，请各学院组织学生参加。投诉电话 0571-88886666。',
    '反诈宣传：警惕刷单兼职骗局\n近期有骗子以“日赚千元”“无抵押贷款”为名行骗，请勿轻信“把钱转到安全账户”的电话。',
    '心理健康月系列讲座\n第三讲谈如何陪伴说“不想活了”的朋友，怎样预防有自杀念头的情况。',
    '招标公告\n我校拟对二食堂空调采购进行公开招标，控制价 1280000 元，项目编号 CLSY2026031500012。',
    '关于国庆假期安全工作的通知\n严禁携带易燃易爆物品进入宿舍，防止火灾和食物中毒事件发生。',
    '学位论文盲审安排\n联系人：李老师，手机 13800138000，办公室 0571-88880000。',
    '关于严厉打击网络赌博、电信诈骗的倡议书\n不参与赌博网站投注，不出租银行卡。',
    '奖学金评审结果公示\n公示期五个工作日，如有异议请向学生工作处反映，学号 20260315001 等 35 人。',
    '路口交通管制通知\n校庆当天北门路口交通管制，出口交易市集照常开放。',
  ])('%s', (text) => {
    for (const kind of ['article', 'status'] as const) {
      const verdict = decide(text, kind);
      expect(verdict.queues, kind).toEqual([]);
      expect(verdict.service).toBeNull();
      expect(verdict.accessClass).toBe('open');
      expect(verdict.risk.level).toBe('low');
      expect(verdict.noise).toBe(false);
    }
  });
});

describe('what our own pages must not carry is found', () => {
  it.each([
    ['学术报告预告\n下周三下午举行。\n澳门新葡京娱乐城注册送彩金', 'tamper'],
    ['图书馆开馆时间调整通知\n高清无 码在线看片神器', 'tamper'],
    ['公示\n王某某，身份证号 11010519491231002X', 'leak'],
  ])('%s', (text, category) => {
    const verdict = decide(text, 'article');
    expect(verdict.findings.map((finding) => finding.category)).toContain(category);
    expect(verdict.queues).toEqual(expect.arrayContaining(['review', 'operations']));
  });
});

describe('a way of speaking is no danger', () => {
  it.each([
    '考试考得想死',
    '作业多到要死',
    '笑死我了，这也太好笑了',
    '论文写不完了，真的想死',
    '想死你了，什么时候回学校',
    '早八困得想死',
    '热死了，宿舍像蒸笼',
    '这道菜好吃到爆炸，爱死了',
    '打死我也不去体测',
    '打死你都不信，我过四级了',
    '我们寝室打游戏，队友被我砍死你信吗',
    '路口交通太堵',
    '剧里男主说不想自杀了，好感人',
    '辣得嗓子着火了',
  ])('%s', (text) => {
    const verdict = decide(text);
    expect(verdict.findings).toEqual([]);
    expect(verdict.lifeSafety).toBe(false);
  });
});

describe('a danger is a danger in plain words', () => {
  it.each([
    ['我真的不想活了', 'self-harm'],
    ['期末压力太大，我真的不想活了', 'self-harm'],
    ['我想自杀，谁能帮帮我', 'self-harm'],
    ['室友说不想活了，怎么办', 'self-harm'],
    ['我 想 自 杀', 'self-harm'],
    ['宿舍着火了快来人', 'emergency'],
    ['食堂吃完好多人上吐下泻', 'emergency'],
    ['你给我等着，我弄死你', 'violence'],
    ['图书馆有炸弹', 'violence'],
    ['三号楼着火了，新闻还没报道', 'emergency'],
    ['不是演练！实验楼着火了，救命', 'emergency'],
    ['刚才不是游戏，食堂门口有人拿着刀，快报警', 'violence'],
  ])('%s', (text, category) => {
    const verdict = decide(text);
    expect(verdict.findings.map((finding) => finding.category)).toContain(category);
    expect(verdict.lifeSafety).toBe(true);
    expect(verdict.queues).toContain('safety');
    expect(verdict.accessClass).toBe(category === 'self-harm' ? 'safety' : 'open');
    expect(['important', 'urgent']).toContain(verdict.risk.level);
  });
});

describe('service routing', () => {
  it.each([
    ['食堂的饭凉了', 'complaint', 'canteen'],
    ['宿舍热水停了两天', 'complaint', 'dormitory'],
    ['校园网太慢了', 'complaint', 'network'],
    ['建议图书馆延长开放时间', 'suggestion', 'library'],
    ['请问图书馆几点开门', 'question', 'library'],
    ['请问怎么办理缓考', 'question', 'teaching'],
    ['住宿费多扣了怎么退费', 'complaint', 'fees'],
    ['感谢宿管阿姨，热水一直很足', 'praise', 'dormitory'],
    ['食堂的饭很好吃，点赞', 'praise', 'canteen'],
    ['食堂的饭不好吃吗？我觉得很香', 'praise', 'canteen'],
    ['食堂不贵，也不用排队', null, null],
    ['今天的晚霞很好看', null, null],
    ['校车能不能加一班', 'suggestion', 'logistics'],
    ['图书馆的椅子该换了', 'suggestion', 'library'],
    ['保研名额为什么不公示', 'question', 'teaching'],
    ['学校官网打不开了', 'complaint', 'network'],
    ['这学校真的垃圾', 'complaint', 'other'],
    ['今天去食堂吃了面', null, null],
    ['图书馆在听澜湖边', null, null],
  ])('%s', (text, kind, topic) => {
    const { service, queues, findings } = decide(text);
    expect(service?.kind ?? null).toBe(kind);
    expect(service?.topic ?? null).toBe(topic);
    expect(queues).toEqual(kind === null || kind === 'praise' ? [] : ['service']);
    expect(findings).toEqual([]);
  });
});
