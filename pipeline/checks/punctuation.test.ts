import { describe, expect, it } from 'vitest';
import { checkInput } from '../../test/builders/check-input.ts';
import { buildPunctuationStage } from './punctuation.ts';

const stage = buildPunctuationStage();
const find = (body: string) => stage.run(checkInput({ body })).findings;
/** What it reads like when every suggestion is taken. */
function corrected(body: string): string {
  return find(body)
    .filter(({ suggestion }) => suggestion !== null)
    .toSorted((a, b) => b.place.start - a.place.start)
    .reduce(
      (text, { place, suggestion }) => text.slice(0, place.start) + suggestion + text.slice(place.end),
      body,
    );
}
const rules = (body: string) => find(body).map(({ rule }) => rule);

describe('punctuation', () => {
  it.each([
    ['会议强调。。。大家要努力', '会议强调……大家要努力'],
    ['他说...', '他说……'],
    ['他犹豫…没有回答', '他犹豫……没有回答'],
    ['老师，，同学们好', '老师，同学们好'],
    ['会议结束。。', '会议结束。'],
    ['他说：“大家辛苦了。”。', '他说：“大家辛苦了。”'],
    ['苹果、香蕉、等水果', '苹果、香蕉、等水果'],
    ['苹果、香蕉、等。', '苹果、香蕉等。'],
    ['用了三、四天才完成', '用了三四天才完成'],
    ['目标--建设一流大学', '目标——建设一流大学'],
    ['各位老师 ，大家好', '各位老师，大家好'],
    ['印发《关于贯彻《教育法》的意见》', '印发《关于贯彻〈教育法〉的意见》'],
    ['他说“要发扬“钉钉子”精神”', '他说“要发扬‘钉钉子’精神”'],
    ['（见附件1)', '（见附件1）'],
    ['（一）、总体要求', '（一）总体要求'],
    ['第一、加强领导；其二、落实责任。', '第一，加强领导；其二，落实责任。'],
    ['一，二。三，四。五，六。七,八。', '一，二。三，四。五，六。七，八。'],
    ['一，二。三，四。五，六。称为"样板"的。', '一，二。三，四。五，六。称为“样板”的。'],
  ])('reads %s', (wrong, right) => {
    expect(corrected(wrong)).toBe(right);
  });

  it.each([
    ['学校印发《方案，要求各单位执行。', ['unmatched']],
    ['他说“同学们好。', ['unmatched']],
    ['省略号后……等等。', ['ellipsis-and-so-on']],
    ['今天，、明天', ['clashing-marks']],
    ['今天很好.明天更好', ['half-width-stop']],
  ])('asks about %s, without knowing better', (text, expected) => {
    expect(rules(text)).toEqual(expected);
    expect(corrected(text)).toBe(text);
  });

  it.each([
    '1）报名时间：即日起；2）报名地点：大学生活动中心（一楼）。',
    '（一）总体要求',
    '第一、第二教学楼，第一、二食堂',
    '“第一段没有结束。\n“第二段才结束。”',
    '网址：https://www.canglan.example/info/1.htm?x=1,2',
    '今天是2026-11-23，时间为08:30—17:00。',
    '三、四年级学生参加。\n三、个人申请\n四、名额分配',
    '全校师生3,200余人参加。',
    '他写道：“……我们要努力……”——节选',
    '学习了“三会一课”“主题党日”等制度，阅读《论语》《孟子》。',
    'A,B两组同学use Python,Java开发。',
    '他说：“好！”，然后走了。',
  ])('leaves alone %s', (text) => {
    expect(find(text).filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('asks one question about many half-width marks', () => {
    const found = find('你好,我们今天开会,请大家参加');
    expect(found).toHaveLength(2);
    expect(new Set(found.map(({ key }) => key)).size).toBe(1);
  });
});
