/** A stretch of the school's year in which more, or less, is written than on ordinary days of term. Days in Shanghai, both included. */
export interface Season {
  name: string;
  kind: 'opening' | 'exam' | 'graduation' | 'admission' | 'vacation' | 'event' | 'holiday';
  /** MM-DD; of the second calendar year of the school year where it lies before September. */
  from: string;
  to: string;
  /** How much is written, against an ordinary day of term. */
  volume: number;
  /** What share of it is about the season itself. */
  share: number;
  /** A line each, with slots. */
  said: string;
}

/*
 * The factors and shares are invented, as is the school: set by judgement so that the seasons are as a school knows them (everybody
 * asks when they arrive, parents and applicants ask in July, nobody is there in February), and never measured.
 */
const seasons: readonly Season[] = [
  {
    ...{ name: '开学报到', kind: 'opening', from: '09-01', to: '09-06', volume: 2.2, share: 0.5 },
    said: `
新生报到从哪个门进，车能开到{house}楼下吗
报到要带几张照片，{n29}寸的
{house}的床多长，被子买多大的
行李{n29}大箱，有没有志愿者帮忙，谢谢
学费住宿费是到校交还是网上先交
请问军训服什么时候发，在哪里领
室友都到了，就差我，还在高铁上
报到流程走完用了{n69}分钟，很顺
志愿者学长帮忙搬到{floor}，太感谢了
户口要不要迁，团员关系怎么转
{canteen}报到这几天家长能吃吗
校园卡激活在哪，微信上点了没反应
第一次离家，妈妈走的时候我没忍住
{place}的迎新棚好热情，给了一瓶水
助学贷款回执交给谁，在报到点没看见
电话卡非办不可吗，摊位拉着不让走
`,
  },
  {
    ...{ name: '军训', kind: 'event', from: '09-07', to: '09-20', volume: 1.5, share: 0.35 },
    said: `
军训第{n29}天，黑了三个度
教官今天教我们唱歌，嗓子喊哑了
站军姿{n69}分钟，有人晕了，注意防暑
求防晒霜推荐，军训用的
军训可以请病假吗，脚崴了
晚上拉歌赢了隔壁连，爽
今天下雨不用训，全连欢呼
方阵走齐了，教官笑了
军训饭量翻倍，{dish}吃两份
{place}的军歌一起，起床
`,
  },
  {
    ...{ name: '国庆', kind: 'holiday', from: '10-01', to: '10-07', volume: 0.55, share: 0.3 },
    said: `
国庆留校的举手，{canteen}开门吗
假期图书馆几点到几点
国庆人山人海，还是{place}清净
回校的高铁票抢到了，站票
放假作业{course}写了一个字
国旗在{place}升起来，好看
`,
  },
  {
    ...{ name: '四六级和期末', kind: 'exam', from: '12-12', to: '12-20', volume: 1.2, share: 0.25 },
    said: `
四六级准考证打印了没，别忘了
听力第{n29}题选什么，对答案的走开
六级又是裸考，阅读没做完
考场在{floor}，提前半小时到
翻译写了长江，我只会拼音
考完四级去吃{dish}
`,
  },
  {
    ...{ name: '冬季期末考试', kind: 'exam', from: '01-04', to: '01-16', volume: 1.35, share: 0.4 },
    said: `
{course}考完要死了，一道大题空着
复习到{clock}，{course}还剩{n29}章
{course}老师画的重点等于全书
图书馆六点半就有人排队，期末了
背{course2}背到怀疑人生
求{course}往年题，救救孩子
考完{course}只剩{course2}，坚持住
成绩什么时候出，教务系统刷了{n69}遍
{course}最后一题原题，稳了
挂科预定，明年见{course}
`,
  },
  {
    ...{ name: '寒假', kind: 'vacation', from: '01-17', to: '02-27', volume: 0.35, share: 0.3 },
    said: `
寒假第{n29}天，开始想念{dish}
{course}出分了，比想象的高
留校的除夕在{canteen}吃饺子吗
下学期几号开学，机票怎么买
宿舍钥匙忘带了，{house}阿姨在不在
家里没有校园网，查不了文献
寒假作业：{course}论文，字数{n29}千
新年快乐，{place}下雪了吗
`,
  },
  {
    ...{ name: '春季开学', kind: 'opening', from: '02-28', to: '03-05', volume: 1.6, share: 0.35 },
    said: `
返校了，{house}一股灰尘味，开窗
补考是几号，{course}在哪个教室
选课补退到周几，{course2}还能退吗
返校第一顿{dish}，还是那个味
学生证注册在哪，排队人多不
开学第一周就满课，{course}早八
教材什么时候发，{course}还没有书
`,
  },
  {
    ...{ name: '夏季期末考试', kind: 'exam', from: '06-15', to: '06-30', volume: 1.35, share: 0.4 },
    said: `
{course}划重点了吗，求一份
热死了，自习教室空调开了没
{course}期末占{percent}，慌
三天考{n29}门，{course}在最后
通宵自习室在{floor}，{clock}还有位
{course}开卷，书都没买
考完{course2}就放暑假，冲
成绩出了，{course}擦线过
`,
  },
  {
    ...{ name: '毕业季', kind: 'graduation', from: '06-01', to: '06-28', volume: 1.35, share: 0.35 },
    said: `
毕业快乐，{place}再见
离校手续要盖几个章，流程在哪
学位证什么时候发，可以代领吗
四年了，最舍不得{canteen}的{dish}
毕业典礼在{place}，能带家长吗
档案寄到哪里，怎么查
宿舍几号清空，行李能不能寄存
毕业晚会{clock}开始，{club}压轴
拨穗的时候校长握了我的手
最后一次刷校园卡，余额{yuan}，请学弟吃了{dish}
跳蚤市场在{place}，书{n29}块一本
`,
  },
  {
    ...{ name: '招生咨询', kind: 'admission', from: '06-24', to: '07-31', volume: 1.9, share: 0.6 },
    said: `
请问汉语言文学去年在河南录取多少分
{n29}人间还是{n69}人间，有空调和独立卫生间吗
省排名{n69}千能上师范类吗
公费师范生怎么报，要面试吗
转专业有什么条件，大一能转吗
学费一年多少，住宿费呢，家长问
专科批招不招，什么时候填志愿
想报{course}那个专业，就业怎么样
校园开放日是哪天，能进{place}看看吗
招生办电话多少，打了{n69}遍都占线
孩子色弱可以报美术学院吗
{house}的新生住哪里，离教室远不远
中外合作办学一年多少钱
谢谢招生办老师，解答得很细
录取批次是几号，外省什么时候录
宿舍能不能自己选，想和同学一起
`,
  },
  {
    ...{ name: '暑假', kind: 'vacation', from: '08-01', to: '08-31', volume: 0.6, share: 0.35 },
    said: `
录取通知书收到了，封面是{place}
通知书寄到哪了，单号查不到
暑假留校{canteen}还开吗
新生群哪里找，有人一起吗
军训要买防晒吗，学长说说
{house}暑假装修吗，有味道没
助学贷款要在暑假办吗，需要什么
新生宿舍什么时候能查，{house}是不是新楼
`,
  },
];

const monthDay = (day: string) => day.slice(5);

/** @param day YYYY-MM-DD */
export function seasonsOf(day: string): Season[] {
  return seasons.filter(({ from, to }) => from <= monthDay(day) && monthDay(day) <= to);
}

/** The school's year as an office would write it down: for a calendar that bursts are measured against. */
export function schoolPeriods(
  firstYear: number,
): (Pick<Season, 'name' | 'kind'> & { from: string; to: string })[] {
  const dated = (day: string) => `${day < '09' ? firstYear + 1 : firstYear}-${day}`;
  return seasons.map(({ name, kind, from, to }) => ({ name, kind, from: dated(from), to: dated(to) }));
}
