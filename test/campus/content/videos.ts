import type { When } from './stories/story.ts';

/** What the school's video account shows: read as a feed. */
export interface CampusVideo {
  /** The platform's number of the video. */
  id: string;
  when: When;
  title: string;
  description: string;
}

export const videos: readonly CampusVideo[] = [
  {
    id: 'BV1cg4y1A7Ws',
    when: '-40 19:00',
    title: '【沧澜师范学院】开学第一课：一间教室的三十年',
    description: '从黑板粉笔到智慧教室，三代老师站上同一个讲台。',
  },
  {
    id: 'BV1Zh4y1T7pm',
    when: '-33 18:30',
    title: '迎新晚会全程回放（上）',
    description: '大学生艺术团、十二个学院的新生节目，含合唱《清河谣》。',
  },
  {
    id: 'BV1kN4y1X7dQ',
    when: '-26 12:00',
    title: '宿舍装扮大赛决赛：这一屋住着五个设计师',
    description: '南区3号楼412宿舍、北区7号楼208宿舍……你给谁投票？',
  },
  {
    id: 'BV1uw411P7Rc',
    when: '-19 20:00',
    title: '运动会4×100米接力，最后一棒反超的那一秒',
    description: '体育学院刷新校纪录，外语学院拿到最佳方阵。',
  },
  {
    id: 'BV1Gu4y1V7nE',
    when: '-12 17:00',
    title: '考研自习室的凌晨六点',
    description: '他们把闹钟调到五点四十。图书馆冬季提前半小时开门，谢谢值班的老师和保安师傅。',
  },
  {
    id: 'BV1Xc411S7yL',
    when: '-6 18:00',
    title: '跟着消防员做一次宿舍疏散演练',
    description: '烟雾中怎么走、楼梯怎么下、到哪里集合，三分钟看懂。演练安排见学校官网通知。',
  },
  {
    id: 'BV1Fj411N7zK',
    when: 26,
    title: '食堂后厨开放日：牛肉进价、留样冰箱、消毒柜，一次看个够',
    description: '膳食委员会四十名同学走进后厨，把大家评论区的问题一个一个问了。',
  },
  {
    id: 'BV1jw411Q7tB',
    when: -0.4,
    title: '刚刚，学校下了今年第一场雪',
    description: '雪地里的图书馆，随手一拍。路面湿滑，慢一点走。',
  },
];
