import { answered, type Remark, type Story, said } from '../campus/content/stories/story.ts';
import { persons } from '../campus/persons.ts';

const nameOf = (index: number) => persons[index]?.name ?? '';
const uidOf = (index: number) => persons[index]?.uid ?? '';

/** Every way in which people name one another at the end of a keyboard; `@@7` is what the platform itself makes a link of. */
const namings: readonly string[] = [
  '回复@@11:已经报修了',
  '回复@@12：已经报修了',
  '热水又停了//@@13:宿舍也没有//@@14:同问',
  `顶//@${nameOf(15)}:食堂排队太久`,
  `回复@${nameOf(16)}:收到`,
  `＠${nameOf(17)} 你看看`,
  `@${nameOf(18)}@${nameOf(19)} 一起去反映`,
  `（@${nameOf(20)}）“@${nameOf(21)}”【@${nameOf(22)}】`,
  `谢谢@${nameOf(23)}，也谢谢@${nameOf(24)}。`,
  `@\u200b${nameOf(25)} 看这里`,
  `见 https://weibo.com/u/${uidOf(26)} 和 https://weibo.com/${uidOf(27)}/HyTZc60ew`,
  `https://m.weibo.cn/u/${uidOf(28)}?luicode=10000011 里说过`,
  `https://weibo.com/n/${encodeURIComponent(nameOf(29))} 也说了`,
  `cc @${nameOf(31)}.`,
];

const remarks: readonly Remark[] = [
  ...namings.map((text, index) =>
    said(
      2 - index / 100,
      `${text} 第${index}条`,
      ...(index < 4 ? [said(1 - index / 100, `${text} 回复`)] : []),
    ),
  ),
  said(0.5, '这件事请尽快处理', answered(0.4, '同学你好，已转后勤处 @@32')),
];

/** Statuses and articles of the school with persons in every place where the platforms put them. */
export const personStories: readonly Story[] = [
  {
    name: 'persons',
    statuses: [
      { key: 'plain', when: 5, text: '宿舍热水检修通知 @@1 请查收', pictures: 1, remarks },
      {
        key: 'long',
        when: 4,
        text: `${'后勤处关于冬季供暖的说明。'.repeat(20)}联系@@2`,
        remarks: remarks.slice(0, 4),
      },
      {
        key: 'shared',
        when: 3,
        text: '转发//@@3:请同学们留意',
        shares: { person: 4, text: '大风蓝色预警 @@5' },
      },
      { key: 'shared-gone', when: 2, text: '已有说明', shares: { person: 6, text: '', gone: true } },
    ],
    articles: [
      {
        key: 'a',
        when: 6,
        title: '供暖说明',
        paragraphs: ['供暖已经恢复。', `感谢@${nameOf(7)} 的来信。`],
        remarks,
      },
    ],
  },
];

/** What is no person's, and is stored: so that a scan which finds nothing was able to see. */
export const keptWords = '这件事请尽快处理';
