import type { Story } from './story.ts';
import { readTalk } from './talk.ts';

/** What goes on while somebody watches: minutes apart at first, then slower. */
export const afterOpening: Story = {
  name: 'after-opening',
  statuses: [
    {
      key: 'heating-hotline',
      when: -0.03,
      text: '供暖测温周来了！室温不达标的宿舍，扫码预约上门测温，低于18℃的当天处理。微信搜索“后勤微服务”，或拨打0300-5500110。',
      pictures: 1,
      edits: [
        {
          when: -0.2,
          text: '供暖测温周来了！室温不达标的宿舍，扫码预约上门测温，低于18℃的24小时内处理。微信搜索“后勤微服务”，或拨打0300-5500110。（处理时限已更正）',
        },
      ],
      remarks: readTalk(`
-0.05h 南区2号楼16度，快来测
-0.06h 预约了，显示排到后天
-0.08h 我们宿舍暖气片上半截热下半截凉，是不是要放气
  -0.14h 校：是的，可以先联系宿管协助排气，仍不热请报修。
-0.1h 宿舍冷得像冰窖，晚上穿羽绒服睡觉
-0.12h 隔壁学校都二十四度了，我们十六度
-0.18h 测温的师傅刚走，说是管道堵了，明天修
-0.3h 已经修好了，点赞这个速度
-0.6h 还是不热，测温的说合格，他测的是暖气片旁边吧
`),
    },
    {
      key: 'wrong-date',
      when: -0.1,
      goneAt: -0.25,
      text: '重要通知：{0}起全校停课两天，请同学们合理安排学习。',
      remarks: readTalk(`
-0.11h 真的假的？停课？？
-0.12h 停课两天！！！
-0.14h 为什么停课，是不是出什么事了，求解释
-0.16h 辅导员说没接到通知啊
`),
    },
    {
      key: 'wrong-date-explained',
      when: -0.27,
      text: '更正：刚才发布的“停课通知”为编辑误发的演练素材，已删除，{0}各项教学安排照常进行。给大家带来困扰，深表歉意。',
      remarks: readTalk(`
-0.29h 白高兴一场[允悲]
-0.31h 官方账号也能误发，审核呢
-0.35h 我都买好回家的票了，退票费谁出
`),
    },
    {
      key: 'evening-choir',
      when: -0.8,
      text: '今晚19:30，校友合唱团演出直播，链接在评论区。',
      remarks: readTalk(`
-0.9h 蹲一个回放
-1.2h 合唱好听，收音也不错
`),
    },
  ],
  articles: [
    {
      key: 'pump-check',
      when: -0.15,
      title: '加压泵控制柜复查结果公开',
      digest: '11台，2处隐患已整改',
      paragraphs: [
        '{0}，后勤处会同设备厂家对全校11台加压泵控制柜逐一复查，发现接线端子松动1处、散热风扇异响1处，均已当场整改。',
        '北区7号楼停水系安装时端子未紧固所致，厂家已承担责任并延长质保两年。复查照片和记录见公寓中心公告栏。',
      ],
      remarks: readTalk(`
-0.2h 公开就好，支持
-0.28h 7号楼五楼东侧现在水压还是很小
  -0.5h 校：已安排师傅上门查看支管，谢谢反馈。
-0.45h 延保两年，那两年以后呢
`),
    },
  ],
};
