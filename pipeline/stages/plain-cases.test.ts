import { describe, expect, it } from 'vitest';
import { readSeedRules } from '../../test/builders/seed-rules.ts';
import type { Category, ServiceKind, ServiceTopic } from '../domain/category.ts';
import type { PostKind } from '../domain/post.ts';
import type { Verdict } from '../domain/verdict.ts';
import { createJudge } from './judge.ts';

const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1 });

function decide(text: string, kind: PostKind = 'comment'): Verdict {
  return judge.decide({ stored: text, kind, metrics: {}, textVersion: 1 });
}

function found(verdict: Verdict): Category[] {
  return [...new Set(verdict.findings.map(({ category }) => category))];
}

const dangers: Partial<Record<Category, readonly string[]>> = {
  emergency: [
    '宿舍著火了快來人',
    '3号楼起火',
    '3栋起火',
    '宿舍着火了',
    '女生寝室著火啦',
    '食堂吃完十几个人上吐下泻送医院了',
    '我们班七八个同学上吐下泻',
    '电梯困人了快来人救命',
    '我和室友困在电梯了，按铃没人应',
    '实验室漏毒气了',
    '化学楼毒气泄漏，大家快走',
    '三楼一股煤气味，燃气漏了',
    '四号楼有火情，消防车来了',
    '吃了麻辣烫我们宿舍六个人都吐了',
    '电梯卡住了，我们被困在里面',
    '有人在操场晕倒了',
  ],
  violence: [
    '明天我要去学校砍人',
    '我买了刀，等着吧王某',
    '刀已经买好了，等着瞧',
    '后天带刀去教室，一个都别想跑',
    '我要杀了王某某',
    '我要炸了这个学校',
  ],
  'self-harm': [
    '我室友说要跳楼，怎么办',
    '同学一直闹着要跳楼，该联系谁',
    '有同学在女寝顶楼要跳下来了',
    '站在教学楼天台上，风好大，再见了',
    '生无可恋，准备去湖里',
    '好想跳湖，一了百了',
    '对不起爸爸妈妈，我先走了，来世再做你们的孩子',
    '下辈子再做你们的女儿，照顾好自己',
    '每天都在自残',
    '控制不住想伤害自己',
    '輕生的念頭又來了',
    '希望明天不要醒来',
    '要是睡着就再也不要醒来就好了',
    '我买好了百草枯',
    '室友喝了农药，快救人',
    '今天是我在世上最后一天',
    '我想自鲨',
    '我想紫砂',
    '我想跳楼',
    '作业太多，我想跳楼',
    '难过得想死',
    '绝望到想跳楼',
    '活着没有意义',
    '我打算从六楼跳下去',
    '室友在割腕',
    '再见了，这个世界',
    '遗书我已经写好放在抽屉里',
    '把攒的药都吃了',
  ],
  fraud: [
    '日结300，手机刷单，一单一结，加微信abc123',
    '手机刷单日结',
    '您涉嫌洗钱，请配合公安局将资金转入安全账户',
    '我是民警，你名下的卡涉案，请把存款转到安全账户',
    '兼职打字员日赚500，先交押金',
    '您的校园贷账户需要注销，否则影响征信，请加QQ 123456',
    '高价收购银行卡、电话卡',
    '长期收微信号，秒结款',
    '兼职，点赞就能赚钱，日结，加微信abc',
    '代还花呗，低息秒批',
    '公安局说我涉嫌洗钱是真的吗',
    '收到电话说我的校园贷要注销',
  ],
  'phishing-link': [
    '助学金发放，请登录 http://202.1.2.3/login 填写银行卡密码',
    '补贴到账前请验证银行卡密码 http://198.51.100.7/a',
    '助学金领取 http://192.0.2.8/a 填写身份证号和银行卡',
  ],
  harassment: [
    '外语学院王丽就是个贱人',
    '滚出学校，恶心的女人',
    '辅导员就是个贱人',
    '这个不要脸的贱人，大家去骂她，电话19900001111',
    '那个贱女人，见一次骂一次',
    '王某某你这个婊子',
  ],
};

describe('what is said outright is found', () => {
  const rows = Object.entries(dangers).flatMap(([category, texts]) => texts.map((text) => [text, category]));
  it.each(rows)('%s: %s', (text, category) => {
    const verdict = decide(text);
    expect(found(verdict)).toContain(category);
    expect(verdict.risk.level).not.toBe('low');
    expect(verdict.noise).toBe(false);
    if (!['emergency', 'violence', 'self-harm'].includes(category)) return;
    expect(verdict.lifeSafety).toBe(true);
    expect(verdict.queues).toContain('safety');
    expect(verdict.queues).not.toContain('service');
    expect(verdict.service).toBeNull();
    expect(verdict.accessClass).toBe(category === 'self-harm' ? 'safety' : 'open');
  });

  it.each(dangers.harassment ?? [])('an attack on a person is no complaint: %s', (text) => {
    const verdict = decide(text);
    expect(verdict.accessClass).toBe('victim');
    expect(verdict.service).toBeNull();
    expect(verdict.queues).not.toContain('service');
  });

  it('a complaint in the same text as an insult still gets its answer', () => {
    expect(decide('食堂饭菜发霉，打饭的就是个贱人').queues).toEqual(['review', 'service']);
  });

  it.each(['楼着火了', '三号楼着火了，快来人'])(
    'words of one rule that overlap are one finding: %s',
    (text) => {
      const { findings } = decide(text);
      expect(findings.map(({ start, end }) => text.slice(start, end))).toEqual(['楼着火了']);
    },
  );
});

describe('what only sounds like danger is not', () => {
  it.each([
    '作业多到想跳楼哈哈哈哈',
    '作业多到想跳楼',
    '高数想跳楼，哈哈',
    '背单词背得想跳楼',
    '作业多得我想跳楼，笑死',
    '这食堂辣得我想死',
    '尴尬得想从楼上跳下去',
    '这周早八早得想死',
    '想紫砂壶很久了，攒钱买一把',
    '站在天台上看日落，真美',
    '周末准备去湖里划船',
    '猫从桌上跳下来了',
    '商家说要跳楼价甩卖',
    '我想跳楼机玩三次',
    '这道题我想死磕到底',
    '刚看完电影，男主跳楼那段哭死',
    '再见了世界杯，四年后见',
    '这系统就是个傻逼',
    '周末睡到自然醒，不想醒来',
    '我一个人上吐下泻，校医院几点开门',
    '买了刀削面，等着同学来吃',
    '睡著了没听见闹钟',
    '这本著作很著名',
    '同城约跑，晚上操场见',
    '辅导员说话太冲了',
    '奶茶店招兼职，按月发工资',
    '公司去年日赚千万',
    '银行卡丢了在哪里补办',
    '农学院的农药残留实验课很有意思',
    '强制打卡滚出学校',
    '宿舍楼道的灯亮得像着火',
  ])('%s', (text) => {
    const verdict = decide(text);
    expect(verdict.findings).toEqual([]);
    expect(verdict.risk.level).toBe('low');
    expect(verdict.lifeSafety).toBe(false);
  });

  it.each([
    '电梯困人应急演练通知\n周三下午在图书馆模拟电梯困人，请各楼管员参加。',
    '谨防刷单骗局\n凡是手机刷单、先交押金的兼职都是诈骗，出租、收购银行卡违法。',
    '保卫处提醒\n公安机关不会要求把资金转入安全账户，请勿轻信。',
    '反诈课堂\n警方提示：任何要求填写银行卡密码的链接都不要点，打击电信诈骗人人有责。',
    '心理讲座预告\n主讲人谈如何面对轻生的念头、怎样陪伴说要跳楼的朋友。',
    '关于认定家庭经济困难学生的通知\n请家庭经济困难学生于周五前提交材料，学院组织评议，困难认定结果公示。',
    '实验室安全培训\n第二讲：毒气泄漏的处置与逃生。',
    '路口交通安全宣传周开始报名',
  ])('an own notice: %s', (text) => {
    const verdict = decide(text, 'article');
    expect(verdict.findings).toEqual([]);
    expect(verdict.queues).toEqual([]);
    expect(verdict.risk.level).toBe('low');
  });
});

const services: readonly (readonly [string, ServiceKind, ServiceTopic])[] = [
  ['请问四六级什么时候报名？', 'question', 'teaching'],
  ['请问什么时候报名？', 'question', 'other'],
  ['助学贷款续贷流程是啥', 'question', 'fees'],
  ['请问这个活动是哪天', 'question', 'other'],
  ['请问在哪儿打印在读证明', 'question', 'other'],
  ['校园卡充完钱咋查余额', 'question', 'other'],
  ['宿管阿姨乱收卫生费', 'complaint', 'dormitory'],
  ['保安骂人，凭什么', 'complaint', 'security'],
  ['校医院开的药贵得离谱', 'complaint', 'medical'],
  ['强烈抗议周末强制打卡', 'complaint', 'other'],
  ['我们要求公开食堂招标结果', 'complaint', 'canteen'],
];

describe('plain questions and complaints are answered', () => {
  it.each(services)('%s', (text, kind, topic) => {
    const { service, queues, risk } = decide(text);
    expect(service).toMatchObject({ kind, topic });
    expect(queues).toEqual(['service']);
    expect(risk.level).toBe('low');
  });
});

describe('tone', () => {
  it.each([
    ['南区5号楼三楼着火了，快来人！！', 'neutral'],
    ['材料准备好了', 'neutral'],
    ['作业写好了，明天交', 'neutral'],
    ['家庭经济困难学生认定，困难学生请提交材料，经济困难家庭优先', 'neutral'],
    ['食堂的饭很好吃', 'positive'],
    ['食堂的饭不好吃', 'negative'],
    ['宿舍又脏又乱', 'negative'],
  ])('%s is %s', (text, label) => {
    expect(decide(text).sentiment.label).toBe(label);
  });
});
