import { describe, expect, it } from 'vitest';
import { checkInput } from '../../../test/builders/check-input.ts';
import { buildSpellingStage } from './index.ts';

const stage = buildSpellingStage();
const find = (body: string) => stage.run(checkInput({ title: '', body })).findings;

function corrected(text: string): string {
  return find(text)
    .filter(({ suggestion }) => suggestion !== null)
    .toSorted((a, b) => b.place.start - a.place.start)
    .reduce((so, { place, suggestion }) => so.slice(0, place.start) + suggestion + so.slice(place.end), text);
}

describe('the spelling check', () => {
  it.each([
    ['会议布署了下学期的重点工作。', '会议部署了下学期的重点工作。'],
    ['学校举办大学生数学竟赛。', '学校举办大学生数学竞赛。'],
    ['截止目前，已有三千人报名。', '截至目前，已有三千人报名。'],
    ['招聘启示已在官网发布。', '招聘启事已在官网发布。'],
    ['此次活动极大的激发了同学们的热情。', '此次活动极大地激发了同学们的热情。'],
    ['校园变的更加美丽。', '校园变得更加美丽。'],
    ['同学们必需遵守实验室规定。', '同学们必须遵守实验室规定。'],
  ])('corrects %s', (wrong, right) => {
    expect(corrected(wrong)).toBe(right);
  });

  it.each([
    '学校在官网发布署名文章。',
    '这是他自己经历过的事。',
    '报名截止日期为五月十日。',
    '究竟争什么？',
    '极大的热情',
    '改变的更加彻底',
    '认真的学习态度',
    '明显的格外少',
  ])('leaves %s alone', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('stops the draft for the mistakes a school answers for', () => {
    expect(find('师生前往烈土陵园祭扫。')).toMatchObject([
      { level: 'block', category: 'typo', text: '烈土陵园', suggestion: '烈士陵园' },
    ]);
    expect(find('深入学习党十九大精神。')).toMatchObject([
      { level: 'block', text: '党', suggestion: '党的' },
    ]);
  });

  it('tells of variants without correcting them', () => {
    expect(find('请登录帐号查看。')).toMatchObject([{ level: 'info', text: '帐号', suggestion: null }]);
  });
});
