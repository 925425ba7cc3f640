/** A statement and the voices that fit it; `{}` in a voice is the statement, without its full stop. */
interface Voices {
  statements: readonly string[];
  calm: string;
  others: readonly string[];
}

/** What a unit can answer for. */
const problems: Voices = {
  statements: [
    '二食堂的米饭夹生',
    '三食堂的菜里吃出一只虫子',
    '一食堂的价格又涨价了',
    '五号宿舍楼停水两天了',
    '女生宿舍的热水器坏了',
    '寝室空调不制冷',
    '公寓的洗衣机排队要等两个小时',
    '宿舍楼道的灯不亮',
    '校园网一到晚上就断网',
    '图书馆的无线网连不上',
    '选课系统打不开',
    '期末成绩一直没有公布',
    '补考安排和实习时间冲突，没有人回复',
    '图书馆自习室占座太严重',
    '图书馆的空调太冷',
    '校医院挂号排队太久',
    '校医院的药比外面太贵',
    '住宿费多扣了两百块',
    '助学金到现在没到账',
    '重修费收错了，退费一直没回复',
    '快递站丢了我的包裹',
    '校车晚点四十分钟',
    '北门的门禁刷不开',
    '停车场的闸机坏了',
    '操场积水没人清理',
    '体育馆羽毛球场约不上',
    '教学楼三楼的厕所堵住了',
    '电梯坏了，没人修',
    '就业办的电话打不通',
    '三方协议盖章太慢，没人处理',
    '校园卡充值不到账',
    '施工到半夜，太吵',
  ],
  calm: '{}。',
  others: [
    '老师您好，{}，麻烦核实一下，谢谢。',
    '作为家长反映一个情况：{}，感谢理解。',
    '弱弱地说一句，{}～辛苦各位了🌹',
    '{}！！！有完没完？！',
    '又是这样，{}，我真的受够了，差劲透顶！',
    '他妈的，{}，一群废物，垃圾学校😡😡',
    '真棒啊，{}，给你们鼓掌👏👏',
    '呵呵，{}，服务可真周到。',
    '感谢学校，{}，让我的大学生活如此精彩。',
  ],
};

/** Asking and proposing. */
const wishes: Voices = {
  statements: [
    '请问图书馆国庆几点开门',
    '请问补考什么时候报名',
    '想问一下助学贷款怎么申请',
    '建议食堂早餐延长到九点半',
    '建议宿舍楼增设饮水机',
    '希望学校把校历早点公布',
  ],
  calm: '{}。',
  others: [
    '老师您好，{}，谢谢您。',
    '{}？？？急死人了！！',
    '都问了八百遍了，{}，行行好吧😤',
    '劳驾各位大忙人抬抬贵手，{}，感激涕零。',
  ],
};

/** Nobody's matter: tone makes none of it. */
const ownLife: Voices = {
  statements: [
    '今天下了一天的雨',
    '昨晚的球赛踢成了平局',
    '我减肥又失败了',
    '周末要回家一趟',
    '剧组把结局改了',
    '闹钟没响',
    '我妈又催我找对象',
    '新买的耳机只响一边',
  ],
  calm: '{}。',
  others: [
    '{}，谢谢大家听我唠叨。',
    '{}！！！气死我了！',
    '真行，{}，我可太谢谢了呵呵。',
    '{}，烦死了，垃圾😡',
  ],
};

/** What calls the people on duty, or a reviewer, in whatever voice. */
const grave: Voices = {
  statements: [
    '三号宿舍楼着火了',
    '食堂吃完饭好多人上吐下泻',
    '电梯困住了四个人，有人被困',
    '湖边有人落水',
    '有人拿着刀在北门追人',
    '我真的不想活了',
    '室友说要跳楼',
    '同学在寝室割腕了',
    '我在宿舍被霸凌半年了',
    '他说要弄死我',
    '听说有人跳楼，学校压下来了',
    '听说要涨学费',
    '听说又要封校',
    '招刷单员，日赚五百，佣金秒结',
    '凭学生证贷款，当天放款',
    '四六级答案考前两小时出',
    '大家把她人肉出来',
    '你就是个傻逼',
    '公示里有身份证号',
  ],
  calm: '{}。',
  others: [
    '老师您好，{}，麻烦看一下，谢谢。',
    '{}！！！！！！',
    '{}😡😡气死我了',
    '呵呵，{}，真有你们的。',
    '唉，{}，谢谢关注。',
  ],
};

export interface TonePair {
  calm: string;
  other: string;
}

function pairsOf({ statements, calm, others }: Voices): TonePair[] {
  return statements.flatMap((statement) =>
    others.map((voice) => ({ calm: calm.replace('{}', statement), other: voice.replace('{}', statement) })),
  );
}

/** The same statement said calmly, and in another voice: polite, angry, sarcastic. */
export const tonePairs = {
  problems: pairsOf(problems),
  wishes: pairsOf(wishes),
  'own life': pairsOf(ownLife),
  grave: pairsOf(grave),
} as const;
