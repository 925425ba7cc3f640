import { describe, expect, it } from 'vitest';
import { checkInput } from '../../test/builders/check-input.ts';
import { partyPhrases } from './party-phrases.ts';
import { terms } from './term-list.ts';
import { buildTermStage } from './terms.ts';

const find = (body: string) => buildTermStage().run(checkInput({ body })).findings;

describe('cautious terms and fixed phrases', () => {
  it.each([
    ['瞎子也能读书', '盲人'],
    ['抓住嫌疑犯', '犯罪嫌疑人'],
    ['湖北省省委书记', '省委'],
    ['杭州市市委书记', '市委'],
    ['最高人民检察院院长', '人民检察院检察长'],
    ['日本、韩国、香港等国家', '香港等国家和地区'],
    ['台湾、日本、韩国等国家的学者', '等国家和地区'],
    ['中华人民共和国建国76周年', '成立'],
    ['推进“一带一路”战略', '“一带一路”倡议'],
    ['新疆的维族同学', '维吾尔族'],
    ['建国70周年', '新中国成立70周年'],
    ['学习党二十大精神', '党的二十大'],
    ['党的二十大三中全会', '二十届三中全会'],
    ['党的二十届全国代表大会', '党的第二十次全国代表大会'],
    ['编制十四五计划', '“十四五”规划'],
    ['“十四五”规划和十五五发展计划', '“十五五”规划'],
    ['践行三个代表重要思想', '“三个代表”'],
    ['党中央国务院高度重视', '党中央、国务院'],
    ['德智体劳美全面发展', '德智体美劳'],
    ['坚定理论自信、道路自信、制度自信、文化自信', '道路自信、理论自信、制度自信、文化自信'],
    ['以毛泽东思想、马克思列宁主义为指导', '马克思列宁主义、毛泽东思想'],
  ])('reads %s', (text, suggestion) => {
    expect(find(text).map((finding) => finding.suggestion)).toEqual([suggestion]);
  });

  it('stops what must not go out', () => {
    for (const text of ['中华人名共和国', '中国共产觉', '中共中夹', '党的总书纪', '习近乎总书记'])
      expect(find(text), text).toMatchObject([{ level: 'block', suggestion: expect.any(String) }]);
  });

  it.each([
    '中华人民共和国成立以来，中国共产党团结带领全国各族人民',
    '党的二十大报告指出，党的二十届三中全会审议通过',
    '“十四五”规划纲要、第十个五年计划、“十五”计划',
    '盲人摸象、瞎子摸象、瞎子阿炳',
    '农村长大的孩子，全村长期坚持',
    '日本、韩国和香港等国家和地区',
    '内蒙古自治区、朝鲜族、维吾尔族、蒙古族',
    '地级市市委书记、各省省委书记座谈',
    '东北朝鲜族',
    '经济建设、政治建设、文化建设、社会建设、生态文明建设',
    '道路自信、理论自信',
    '创新、协调、绿色、开放、共享的新发展理念',
    '德智体美劳全面发展',
    '入党十大要素',
    '学习总书记重要讲话',
    '严禁炒作“高考状元”',
  ])('leaves alone %s', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('has every term once', () => {
    const ids = [...terms, ...partyPhrases].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
