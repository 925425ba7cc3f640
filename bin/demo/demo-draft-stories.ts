import type { DraftContent } from '../../pipeline/domain/draft-content.ts';
import type { DraftMoveCommand } from '../../pipeline/domain/draft-move-command.ts';

/** What somebody does with the draft, in order. */
export interface DraftStep {
  by: string;
  move: DraftMoveCommand['move'];
  more?: Partial<DraftMoveCommand>;
}

export interface DraftStory {
  by: string;
  unitId: string;
  title: string;
  /** A paragraph a line. */
  text: string;
  content?: Partial<DraftContent>;
  steps: readonly DraftStep[];
  /** On words of it, by a reviewer, before the last step. */
  comment?: { by: string; words: string; text: string; suggestion: string | null };
  /** Signed on paper by this person; another one brought the scan. */
  signature?: { leader: string; recordedBy: string };
}

const submit = { by: 'editor', move: 'submit' } as const;
const first = (errorsFound: number, text = '') =>
  ({ by: 'unit-reviewer', move: 'pass', more: { errorsFound, text } }) as const;
const second = (errorsFound: number, text = '') =>
  ({ by: 'reviewer', move: 'pass', more: { errorsFound, text } }) as const;
const final = { by: 'director', move: 'pass', more: { errorsFound: 0, readAloud: true } } as const;
const notice = { genre: 'notice', channels: ['main-site'] } as const satisfies Partial<DraftContent>;
const ofLibrary = { by: 'editor', unitId: 'library' } as const;

/** In every state that somebody who looks round should see. `yesterday` is a day in Shanghai. */
export function buildDraftStories({ from, yesterday }: { from: string; yesterday: string }): DraftStory[] {
  return [
    {
      ...ofLibrary,
      title: '“一页知秋”读书月活动预告',
      text: '图书馆将举办读书月活动，设有讲座、书展和读书分享会。\n活动安排正在商定，欢迎各学院推荐分享人。',
      content: { genre: 'news', channels: ['main-site', 'wechat'] },
      steps: [],
    },
    {
      ...ofLibrary,
      title: '关于调整图书馆借阅册数的通知',
      text: '为方便师生借阅，自下学期起，本科生借阅册数由十五册调整为二十册。\n其他借阅规则不变，请各位读者按期归还图书。',
      content: notice,
      steps: [submit],
    },
    {
      ...ofLibrary,
      title: '图书馆举办新生入馆培训',
      text: '本周，图书馆为新生开设入馆培训，介绍馆藏分布、座位预约和数据库使用方法。\n培训采用现场讲解和线上课程两种方式。',
      content: { genre: 'news', channels: ['main-site'] },
      steps: [submit, first(2, '两处标点已请作者改正。')],
    },
    {
      ...ofLibrary,
      title: '关于图书馆延长开馆时间的通知',
      text: '考试周期间，图书馆自习区延长开放，每天闭馆时间推迟一小时。\n请读者保管好随身物品，保持安静。',
      content: notice,
      steps: [submit, first(1), second(0, '事实已与后勤处核对。')],
    },
    {
      ...ofLibrary,
      title: '关于开通电子资源试用的通知',
      text: '图书馆近日开通三个电子资源试用，校园网内可以直接访问。\n欢迎师生试用并提出意见，图书馆将根据使用情况决定是否订购。',
      content: notice,
      comment: {
        ...{ by: 'reviewer', words: '近日', text: '请写明开通的日期和截止日期。' },
        suggestion: '自本月起',
      },
      steps: [submit, first(0), { by: 'reviewer', move: 'return', more: { text: '请补充试用的起止日期。' } }],
    },
    {
      ...ofLibrary,
      title: '勤工助学岗位拟录用名单公示',
      text: '经报名和面试，拟录用以下同学，现予公示。\n王某某，身份证号11010519491231002X，阅览室岗位。\n公示期内如有异议，请向图书馆办公室反映。',
      content: {
        ...{ genre: 'publicity', channels: ['main-site'] },
      },
      steps: [],
    },
    {
      ...ofLibrary,
      title: '优秀读者评选结果公示',
      text: '根据本学年借阅和志愿服务情况，评选出优秀读者十名，现予公示。\n公示期内如有异议，请向图书馆办公室反映。',
      content: {
        ...{ genre: 'publicity', channels: ['main-site'], plannedAt: `${from}T02:00:00.000Z` },
        declarations: {
          ...{ ai: { use: 'none', labelled: null }, secrecy: { reviewed: true, opinion: '不涉密。' } },
          personalData: { contains: false, basis: null, masked: false },
          publicity: { from, until: yesterday },
        },
      },
      steps: [
        ...[submit, first(0), second(1), final],
        { by: 'editor', move: 'mark-published', more: { channelId: 'main-site' } },
      ],
    },
    {
      ...ofLibrary,
      title: '自习区座位预约办法',
      text: '自习区座位实行线上预约，每人每天可以预约一个座位，离开三十分钟以上请签退。\n多次未签到的，暂停预约一周。',
      content: { genre: 'notice', channels: ['main-site', 'wechat'] },
      steps: [submit, first(3, '改了三处错字。'), second(0), final],
    },
    {
      ...ofLibrary,
      title: '图书馆闭馆检修的说明',
      text: '因电梯检修，图书馆将闭馆两天，具体安排另行通知。',
      content: notice,
      steps: [
        ...[submit, first(0), second(0)],
        { by: 'director', move: 'reject', more: { text: '检修时间尚未确定，确定后重新起草。' } },
      ],
    },
    {
      ...{ by: 'assistant', unitId: 'students' },
      title: '关于做好学生宿舍安全检查的通知',
      text: '为消除安全隐患，学生工作处将会同保卫处开展宿舍安全检查。\n请各学院提前通知学生，配合检查人员工作。',
      content: notice,
      steps: [
        { by: 'assistant', move: 'submit' },
        { by: 'reviewer', move: 'pass', more: { errorsFound: 1 } },
        { by: 'director', move: 'pass', more: { errorsFound: 0 } },
      ],
      signature: { leader: 'leader', recordedBy: 'reviewer2' },
    },
  ];
}

/** Begun an hour before somebody looks: the review that was left out is still to come. */
export const urgentStory: DraftStory = {
  ...{ by: 'unit-head', unitId: 'logistics' },
  title: '关于教学楼临时停水的通知',
  text: '因供水管道抢修，教学楼今天下午临时停水，预计晚间恢复。\n给大家带来不便，敬请谅解。',
  content: notice,
  steps: [
    { by: 'unit-head', move: 'submit', more: { urgentReason: '管道破裂，下午即停水。' } },
    { by: 'reviewer', move: 'pass', more: { errorsFound: 0 } },
    { by: 'leader', move: 'pass', more: { errorsFound: 0, step: 'final' } },
  ],
};
