import { describe, expect, it } from 'vitest';
import { checkInput } from '../../test/builders/check-input.ts';
import { readSmallNumber } from './numeral-list.ts';
import { buildNumeralStage } from './numerals.ts';

const find = (body: string) => buildNumeralStage().run(checkInput({ body })).findings;

describe('numerals', () => {
  it.each([
    ['二零二六年', '二〇二六'],
    ['我校于二零二四年成立', '二〇二四'],
    ['约有500人左右', '约有500人'],
    ['二○二五年', '二〇二五'],
    ['二O二五年', '二〇二五'],
    ['共有２０２６人', '2026'],
    ['达到５．５％', '5.5%'],
    ['增长5～10%', '5%～10%'],
    ['定于2026年十一月23日召开', '11月23日'],
    ['定于5月二十八日召开', '5月28日'],
    ['二十世纪80年代', '20世纪'],
    ['捐款5千元', '5000'],
    ['来了20几个人', '二十几'],
    ['占百分之50', '50%'],
    ['约300人左右', '约300人'],
    ['全长5KM', 'km'],
  ])('reads %s', (text, suggestion) => {
    expect(find(text).map((finding) => finding.suggestion)).toEqual([suggestion]);
  });

  it.each([
    '来了近100余人',
    '超过2000余名学生',
    '成本下降3倍',
    '历时三至5天',
    '’26年',
    '98年毕业',
    '共三十5名',
    '二〇二四年九月1日',
    '投入1，200元',
    '农历正月15',
  ])('asks about %s', (text) => expect(find(text)).toMatchObject([{ level: 'warn', suggestion: null }]));

  it.each([
    '一九四九年',
    '二〇二六年十一月二十三日',
    '增长5%～10%，参考2021—2025年数据',
    '电量5千瓦时，路程3千米',
    '约300人参加，占50%左右',
    '农历正月初五',
    '第十一届全国大学生运动会11月23日开幕',
    '下降三成，增长3倍',
    '距离5km，重3kg',
    '3千万不要这样写',
    '2026级1班、2班',
    '周三至5月3日',
  ])('leaves alone %s', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('reads numbers up to 99, and nothing else', () => {
    expect(['一', '十', '十一', '二十', '三十九', '一二', '', '百'].map(readSmallNumber)).toEqual([
      ...[1, 10, 11, 20, 39],
      ...[null, null, null],
    ]);
  });
});
