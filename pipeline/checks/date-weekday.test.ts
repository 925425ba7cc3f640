import { describe, expect, it } from 'vitest';
import { checkInput } from '../../test/builders/check-input.ts';
import { buildDateStage } from './date-weekday.ts';

const find = (body: string, day = '2026-11-23') =>
  buildDateStage()
    .run(checkInput({ body, day }))
    .findings.map(({ rule, text, suggestion }) => [rule, text, suggestion]);

describe('dates', () => {
  it.each([
    ['定于2026年11月24日（星期一）召开', [['weekday', '星期一', '星期二']]],
    ['定于2026年11月29日（周天）召开', []],
    ['定于11月24日（周三）召开', [['weekday', '周三', '周二']]],
    ['定于11月24日，星期三召开', [['weekday', '星期三', '星期二']]],
    ['2月30日截止', [['no-such-day', '2月30日', null]]],
    ['2026年2月29日截止', [['no-such-day', '2026年2月29日', null]]],
    ['2026年13月1日截止', [['no-such-day', '2026年13月1日', null]]],
    ['公示期为11月25日至20日', [['reversed', '11月25日至20日', null]]],
    ['自2026年11月25日至2025年12月1日', [['reversed', '2026年11月25日至2025年12月1日', null]]],
    ['2026年2月17日（农历正月初二）', [['lunar', '正月初二', '正月初一']]],
    ['11月24日至26日（周五）', [['weekday', '周五', '周四']]],
    ['周三（11月24日）下午', [['weekday', '周三', '周二']]],
    ['2026年3月18日至3月15日', [['reversed', '2026年3月18日至3月15日', null]]],
    ['11月25日（星期三）至20日', [['reversed', '11月25日（星期三）至20日', null]]],
    ['上午14:30开始', [['clock', '上午14:30', null]]],
    ['9:00—8:00', [['clock-reversed', '9:00—8:00', null]]],
  ])('of %s', (text, expected) => {
    expect(find(text)).toEqual(expected);
  });

  it.each([
    '定于2026年11月24日（星期二）召开',
    '2024年2月29日（星期四）',
    '11月25日（星期三）至27日（星期五）',
    '2026年12月20日至2027年1月5日',
    '11月24日至11月26日（周二至周四）',
    '11月24日、26日（周二、周四）',
    '每周三，11月24日除外',
    '22:00—6:00，8:00—11:30',
    '12月20日至1月5日',
    '2026年2月17日（农历正月初一）',
    '延长2020年春节假期至2月2日（农历正月初九，星期日），2月3日（星期一）起上班',
    '下午14:30开始，比分3:75',
  ])('has nothing to say about %s', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('takes no year for granted where two come into question', () => {
    // Half a year away from the day of publication it may be this one or the next.
    expect(find('5月20日（星期一）召开')).toEqual([]);
    expect(find('回顾2019年和2020年的工作，11月24日（星期三）')).toEqual([]);
    // The work of another year, held this year.
    expect(find('按照2025年工作安排，11月24日（星期二）召开')).toEqual([]);
  });

  it('looks at each text by itself', () => {
    const { findings } = buildDateStage().run(
      checkInput({ title: '11月24日（周三）开会', body: '详见通知。' }),
    );
    expect(findings).toMatchObject([{ place: { part: 'title', start: 7, end: 9 }, level: 'warn' }]);
  });
});
