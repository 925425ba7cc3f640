import type { Category, QueueName, ServiceKind, ServiceTopic } from '../../../pipeline/domain/category.ts';

/** What the judgement should make of it. `queues` as a set; empty for what is only counted. */
interface ExpectedVerdict {
  queues: readonly QueueName[];
  categories: readonly Category[];
  service: { kind: ServiceKind; topic: ServiceTopic } | null;
}

/** Something said under a post of the school's, or handed in as a lead. No author: there is none to keep. */
export interface Voice {
  key: string;
  kind: 'comment' | 'lead';
  text: string;
  hoursAgo: number;
  /** The article it stands under, where it stands under one. */
  under?: string;
  expected: ExpectedVerdict;
}

const answerable: readonly QueueName[] = ['service'];
const service = (kind: ServiceKind, topic: ServiceTopic): ExpectedVerdict => ({
  queues: kind === 'praise' ? [] : answerable,
  categories: [],
  service: { kind, topic },
});
const flagged = (categories: readonly Category[], queues: readonly QueueName[]): ExpectedVerdict => ({
  queues,
  categories,
  service: null,
});

const questionsAndComplaints: readonly Voice[] = [
  {
    key: 'cold-food',
    kind: 'comment',
    text: '二食堂三号窗口的菜每次到我这儿都是凉的，打饭阿姨还说嫌凉别买，后勤能不能管管？',
    hoursAgo: 30,
    under: 'canteen-hours',
    expected: service('complaint', 'canteen'),
  },
  {
    key: 'canteen-irony',
    kind: 'comment',
    text: '食堂真棒，排四十分钟队就为一勺冷饭，感谢后勤帮我减肥[微笑]',
    hoursAgo: 28,
    under: 'canteen-hours',
    expected: service('complaint', 'canteen'),
  },
  {
    key: 'power-cut-timing',
    kind: 'comment',
    text: '停电能不能换个日子？我们宿舍那天下午还要线上答辩，通知也太晚了吧',
    hoursAgo: 76,
    under: 'power-cut',
    expected: service('complaint', 'dormitory'),
  },
  {
    key: 'no-hot-water',
    kind: 'comment',
    text: '北区7号楼热水一周了都是温的，报修三次没人来，洗个澡跟冬泳似的',
    hoursAgo: 50,
    under: 'hot-water-pump',
    expected: service('complaint', 'dormitory'),
  },
  {
    key: 'wifi-down',
    kind: 'comment',
    text: '图书馆四楼wifi一到晚上就掉线，交作业交了半小时，网络中心什么时候修',
    hoursAgo: 19,
    under: 'network-cutover',
    expected: service('complaint', 'network'),
  },
  {
    key: 'refund-delay',
    kind: 'comment',
    text: '九月就办了退宿，住宿费到现在没退，打电话一直占线，五个工作日是按什么日历算的？',
    hoursAgo: 64,
    under: 'tuition',
    expected: service('complaint', 'fees'),
  },
  {
    key: 'course-full',
    kind: 'comment',
    text: '抽签选课抽了三个学期一门都没中，毕业学分怎么办，教务处给个说法',
    hoursAgo: 90,
    under: 'course-selection',
    expected: service('complaint', 'teaching'),
  },
  {
    key: 'clinic-queue',
    kind: 'comment',
    text: '校医院下午只有一个医生坐诊，发着烧排了两个小时队',
    hoursAgo: 12,
    under: 'flu-vaccine',
    expected: service('complaint', 'medical'),
  },
  {
    key: 'library-seats-suggestion',
    kind: 'comment',
    text: '建议考试周把二楼阅览室的沙发换成书桌，座位真的不够用',
    hoursAgo: 40,
    under: 'library-hours',
    expected: service('suggestion', 'library'),
  },
  {
    key: 'gate-lamp-suggestion',
    kind: 'comment',
    text: '希望东门那段路晚上能加几盏灯，太黑了，下课走都害怕',
    hoursAgo: 33,
    under: 'gate-traffic-control',
    expected: service('suggestion', 'security'),
  },
  {
    key: 'aid-question',
    kind: 'comment',
    text: '请问助学贷款没到账之前，住宿费可以先不交吗？',
    hoursAgo: 110,
    under: 'tuition',
    expected: service('question', 'fees'),
  },
  {
    key: 'job-fair-question',
    kind: 'comment',
    text: '双选会大三的可以进去看看吗，需要提前预约不',
    hoursAgo: 70,
    under: 'job-fair',
    expected: service('question', 'admission-employment'),
  },
  {
    key: 'mayor-hotline-lead',
    kind: 'lead',
    text: '市民热线转来：家长反映南区公寓3号楼暖气不热，孩子夜里要穿羽绒服睡觉，希望学校尽快处理并回复。',
    hoursAgo: 22,
    expected: service('complaint', 'dormitory'),
  },
];

const praise: readonly Voice[] = [
  {
    key: 'rescue-praise',
    kind: 'comment',
    text: '太勇敢了！为我们体院的同学骄傲，真心点赞👍',
    hoursAgo: 150,
    under: 'river-rescue',
    expected: service('praise', 'other'),
  },
  {
    key: 'dorm-keeper-praise',
    kind: 'comment',
    text: '谢谢6号楼的宿管阿姨，半夜发烧是她陪我去的校医院，特别暖心',
    hoursAgo: 96,
    expected: service('praise', 'dormitory'),
  },
];

const danger: readonly Voice[] = [
  {
    key: 'despair',
    kind: 'comment',
    text: '真的撑不下去了，觉得活着没什么意思，也不知道还能跟谁说，就当是告别吧。',
    hoursAgo: 3,
    under: 'counselling-week',
    expected: flagged(['self-harm'], ['safety']),
  },
  {
    key: 'threat',
    kind: 'comment',
    text: '明晚操场等着，我带刀去，见你们一个捅一个，别以为我不敢',
    hoursAgo: 5,
    expected: flagged(['violence'], ['safety', 'review']),
  },
  {
    key: 'dorm-fire',
    kind: 'comment',
    text: '南区5号楼三楼着火了！楼道里全是烟，好多人还没下来，保卫处电话打不通快来人！！',
    hoursAgo: 1,
    expected: flagged(['emergency'], ['safety', 'review']),
  },
  {
    key: 'ceiling-rumour',
    kind: 'lead',
    text: '网传图书馆三楼吊顶掉下来砸伤了好几个学生，学校在压消息，不知道是真是假，请核实。',
    hoursAgo: 2,
    expected: flagged(['unverified-claim'], ['review']),
  },
  {
    key: 'doxxing',
    kind: 'comment',
    text: '外语学院那个姓詹的女的就是个不要脸的贱人，大家去骂她，电话19900008765',
    hoursAgo: 8,
    expected: flagged(['harassment', 'leak'], ['review', 'operations']),
  },
  {
    key: 'click-farm',
    kind: 'comment',
    text: '招大学生兼职刷单，一单返5到30，日结300+，先垫付本金秒返佣金，加微信 clfz0099 了解',
    hoursAgo: 16,
    expected: flagged(['fraud'], ['review', 'safety']),
  },
];

const noiseAndTraps: readonly Voice[] = [
  {
    key: 'driving-school-advert',
    kind: 'comment',
    text: '【清风驾校】学生团报立减600，车接车送，包教包会，扫码咨询名额有限！',
    hoursAgo: 37,
    expected: flagged(['advert'], []),
  },
  {
    key: 'exam-stress',
    kind: 'comment',
    text: '高数要逼疯我了，这周四门考试三个ddl，简直想死，谁来救救孩子哈哈哈哈',
    hoursAgo: 20,
    under: 'final-exams',
    expected: flagged([], []),
  },
  {
    key: 'game-talk',
    kind: 'comment',
    text: '昨晚那把我五杀，对面直接被打崩，兄弟们今晚继续开黑',
    hoursAgo: 45,
    expected: flagged([], []),
  },
  {
    key: 'lecture-remark',
    kind: 'comment',
    text: '令狐老师讲《席方平》那段真绝，鬼都有正义感，听得我起鸡皮疙瘩',
    hoursAgo: 60,
    under: 'lecture-strange-tales',
    expected: flagged([], []),
  },
  {
    key: 'drill-joke',
    kind: 'comment',
    text: '消防演练跑得比体测还快，烟雾弹一放全宿舍都醒了哈哈',
    hoursAgo: 200,
    under: 'fire-drill',
    expected: flagged([], []),
  },
];

/** Invented voices, each with what should become of it. */
export const voices: readonly Voice[] = [...questionsAndComplaints, ...praise, ...danger, ...noiseAndTraps];
