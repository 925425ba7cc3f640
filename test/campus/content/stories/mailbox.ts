import { voices } from '../voices.ts';
import type { Story } from './story.ts';

/** Voices that stand under other statuses in much the same words. */
const toldElsewhere = new Set([
  'no-hot-water',
  'wifi-down',
  'refund-delay',
  'course-full',
  'library-seats-suggestion',
  'aid-question',
  'job-fair-question',
  'rescue-praise',
  'dorm-keeper-praise',
  'click-farm',
  'driving-school-advert',
  'game-talk',
  'lecture-remark',
  'drill-joke',
  'clinic-queue',
]);

/** The account asks for opinions, and gets all kinds: what the judgement should make of each stands beside the voices. */
export const mailbox: Story = {
  name: 'mailbox',
  statuses: [
    {
      key: 'open-mailbox',
      when: '-10 08:00',
      text: '#有话直说# 食堂、宿舍、教学、网络……遇到的问题和建议，都可以写在评论区。相关部门会看，能办的马上办，一时办不了的说明原因。',
      likes: 133,
      reposts: 17,
      remarks: voices
        .filter(({ key, kind }) => kind === 'comment' && !toldElsewhere.has(key))
        .map(({ hoursAgo, text }) => ({ when: hoursAgo, text })),
    },
  ],
};
