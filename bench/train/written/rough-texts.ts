import type { Chance } from '../chance.ts';
import { campusWords } from './campus-words.ts';
import { listed, writeTexts } from './fill.ts';

/** However harsh: an opinion about a matter, a place or an office attacks nobody (R6). */
const criticism = [
  '{swear}{place}{rotten}{rage}',
  '{rotten}的{place}，{rage}',
  '{office}{rotten}，{ask}{rage}',
  '这{matter}{rotten}，{ask}',
  '{swear}什么{matter}，{ask}{rage}',
  '{matter}{rotten}，学校到底管不管{rage}',
  '{place}的{thing}{broken}，{swear}{rage}',
  '学校{rotten}，毕业了再也不回来{rage}',
  '领导只会{empty}，{matter}{rotten}',
  '{office}就知道{empty}，{affair}没人管{rage}',
  '四年了，{matter}还是{rotten}，心寒',
  '{affair}搞成这样，{ask}，恶心',
  '一群人{empty}，{affair}拖到现在，{rage}',
  '对{office}失望透了，{ask}',
  '{swear}{affair}系统又崩了，垃圾系统{rage}',
];

/** Who speaks against an attack uses the attacker's words. */
const againstBias = [
  '别再{label}了，{fair}',
  '凭什么{label}？{fair}',
  '我反对{label}，{fair}',
  '{label}的人才该反省，{fair}',
  '因为是哪里人就被{hurt}，太不公平',
  '室友被人{hurt}，我们应该站在她这边',
  '不管来自哪里、信什么、学什么，{fair}',
  '看到有人{label}真的很难过，{fair}',
  '歧视就是歧视，{fair}',
  '希望大家不要{label}，尊重每一个人',
  '女生也能学好工科，请停止{label}',
  '残障同学需要的是坡道，不是{label}',
];

/** Small defeats in a bad mood: nobody is in danger. */
const moods = [
  '{try}又{failed}，{vent}{end}',
  '{vent}，{try}又{failed}{end}',
  '{try}{failed}，{vent}，{vent}',
  '{person}把我的{stuff}弄坏了，{vent}{end}',
  '{time}{try}{failed}，难过了一晚上{end}',
  '终于{done}了，再也不想碰它{end}',
  '{done}的那天我要大吃一顿{end}',
  '{subject}挂了，{vent}{end}',
  '{subject}写不完了，{vent}{end}',
  '{stuff}丢了，{vent}{end}',
  '今天好丧，{stuff}坏了，{try}也{failed}',
  '离开{place}那天有点舍不得{end}',
  '想离开宿舍出去租房子，{vent}',
  '失恋了，{vent}，{dish}都不香了',
  '压力好大，{subject}和{subject}撞一起{end}',
  '一个人过周末，有点孤单，去吃{dish}吧',
  '抑郁了，{try}又{failed}，哈哈哈',
  '累觉不爱，{subject}真的学不会',
  '我想{ride}玩三次{end}',
  '{time}去游乐园坐{ride}，{vent}',
  '好想再玩一次{ride}，{person}不敢{end}',
  '{ride}排了两小时队，{vent}{end}',
  '{person}走了以后{place}冷清了好多',
];

/** Numbers and addresses of everyday life. */
const figures = [
  '电话{mobile}',
  '{mobile}',
  '我的号码是{mobile}，{time}联系',
  '联系人{name}老师 {mobile}',
  '失主{name}，电话 {mobile}，身份证请到{place}领取',
  '订单号{digits}{digits}，{time}到',
  '书号 978-7-{digits}-{digits}-1，图书馆有',
  '课程号 CS{digits}，{time}开课',
  '拼车去高铁站，{time}走，{mobile}',
  '{place}值班电话 0571-{digits}{digits}',
  '转让{stuff}，{price}，联系{mobile}',
  '地址：大学路1号{place}，邮编 {digits}00',
  '学号 20{digits}{digits}，姓名{name}',
  '卡号 6222 0212 {digits} {digits} 128 是谁的，掉在{place}了',
  '会议号 {digits} {digits}，{time}开始',
  '链接 http://t.cn/A6{digits} 转发',
  '热线 400-{digits}-123，{event}咨询',
  '{time}{digits}元，{time}{digits}元，花销好大',
];

const words = {
  ...campusWords,
  swear: ['', '', '真他妈', '妈的，', '我靠，', '服了，', '呵呵，', '狗屁', '气死，'],
  rotten: listed(
    '烂透了 垃圾 就是个笑话 一塌糊涂 形同虚设 黑心 坑人 恶心 差劲透顶 脏乱差 敷衍了事 不作为 吃相难看 骗人 离大谱 名存实亡',
  ),
  ride: listed('跳楼机 过山车 大摆锤 蹦极 鬼屋 海盗船 密室逃脱 自由落体'),
  rage: ['', '', '！！', '😡', '😡😡', '，滚吧', '，无语', '，呸', '，差评', '，没救了', '。'],
  ask: [
    '良心呢',
    '脸都不要了',
    '谁给的胆子',
    '当学生是傻子吗',
    '钱花哪去了',
    '怎么好意思',
    '心里没数吗',
    '有没有人负责',
  ],
  matter: listed(
    '评奖 选课 补考安排 食堂承包 就业数据 宿舍分配 后勤 收费 通知 请假制度 保研名额 网络 校医院 体测 门禁',
  ),
  empty: ['开会', '吹牛', '甩锅', '发通知', '做样子', '喊口号', '应付检查', '踢皮球', '拍照摆拍'],
  label: [
    '给一个地方的人贴标签',
    '地域黑',
    '拿性别说事',
    '嘲笑别人的口音',
    '拿专业看不起人',
    '用偏见看人',
    '开种族玩笑',
    '说某地人都是骗子',
    '说女生不行',
    '把个别人的错算到所有人头上',
  ],
  fair: [
    '每个人都值得尊重',
    '哪里都有好人和坏人',
    '这就是歧视',
    '请先了解再开口',
    '一点都不好笑',
    '偏见只会伤人',
    '谁都不该因此低人一等',
    '没有谁比谁高贵',
  ],
  hurt: listed('嘲笑 排挤 孤立 骂 起外号 欺负 看不起 冷落'),
  try: listed(
    '减肥 抢票 面试 考驾照 抢课 表白 早起 戒奶茶 投简历 做蛋糕 打比赛 考四级 跑一千米 养花 剪头发 存钱 复习',
  ),
  failed: ['失败了', '没成', '黄了', '泡汤了', '没过', '被拒了', '翻车了', '白忙了', '没抢到', '断了'],
  vent: [
    '烦死了',
    '气死了',
    '服了',
    '想哭',
    '心态崩了',
    '郁闷',
    '我真的会谢',
    '无语',
    '累死了',
    '哭死',
    '好烦',
    '想死',
    '人麻了',
    '真是垃圾',
    '绝了',
    '崩溃',
    'emo了',
  ],
  done: listed('毕业 考完 答辩 交论文 搬宿舍 结课 军训结束 离开新手村 辞掉社团'),
  stuff: listed('电脑 手机 雨伞 自行车 耳机 水杯 台灯 充电宝 外套 教材 键盘'),
  mobile: listed('13800138000 13912345678 15088886666 17712340000 186-0000-1234 138 0013 8000'),
  digits: listed('1024 5566 2026 3721 8848 0415 7788 6033'),
  name: listed('张三 李四 王五 小陈 刘洋 赵敏'),
};

type Rough = 'criticism' | 'against bias' | 'mood' | 'figures';
const patterns: Readonly<Record<Rough, readonly string[]>> = {
  criticism,
  'against bias': againstBias,
  mood: moods,
  figures,
};

export interface RoughText {
  text: string;
  about: Rough;
}

/** Text that sounds bad and is harmless: so many of each kind, for models that must not take it for danger. */
export function writeRoughTexts(each: number, chance: Chance): RoughText[] {
  return (Object.keys(patterns) as Rough[]).flatMap((about) =>
    writeTexts(patterns[about], words, each, chance).map((text) => ({ text, about })),
  );
}
