import type { Story } from './story.ts';
import { readTalk } from './talk.ts';

/** The public list of needy students shows identity numbers, on the page and in a hidden sheet of its file; readers notice first. */
export const leakedList: Story = {
  name: 'leaked-list',
  statuses: [
    {
      key: 'aid-announced',
      when: '-2 17:30',
      text: '2026年家庭经济困难学生认定结果陆续在各学院网站公示，公示期5天。有疑问请向学院资助专干或学生资助中心反映，电话0300-5500133。',
      likes: 24,
      reposts: 6,
      remarks: readTalk(`
-2 18:20 文传学院的公示里怎么把身份证号都放出来了？？（赞71）
  -2 18:33 真的，表格第三列，全的
  -2 18:50 我的天，赶紧撤下来吧
-2 19:05 附件Excel里还有隐藏的表，取消隐藏能看到电话和家庭住址
-2 21:40 公示姓名就行了，身份证号公示什么意思
-1 09:30 都过了一晚上了，身份证号还挂着，个人信息保护法当摆设吗
-1 12:20 请尽快处理，我同学在名单里，已经接到贷款推销电话了
9h 文学与传播学院认定结果公示还没撤，两天了
1.5h 身份证号还在网上挂着，有没有人管
`),
    },
  ],
};
