import { describe, expect, it } from 'vitest';
import { checkInput } from '../../test/builders/check-input.ts';
import type { Genre } from '../domain/draft-content.ts';
import { buildAdLawStage } from './ad-law.ts';

const find = (body: string, genre: Genre = 'recruiting') =>
  buildAdLawStage()
    .run(checkInput({ body, genre }))
    .findings.map(({ rule, level, text }) => `${rule} ${level} ${text}`);

describe('advertising law in recruiting', () => {
  it.each([
    ['我校是全国最佳的培训机构', ['absolute warn 最佳']],
    ['打造国家级培训品牌，全省第一', ['absolute warn 国家级', 'absolute warn 全省第一']],
    ['参加培训包过，100%就业', ['guarantee block 包过', 'guarantee block 100%就业']],
    ['就业率高达100%', ['guarantee block 就业率高达100%']],
    ['命题专家亲自授课', ['insider block 命题专家亲自授课']],
    ['往届学员现身说法', ['testimony warn 往届学员现身说法']],
  ])('of %s', (text, expected) => {
    expect(find(text)).toEqual(expected);
  });

  it.each([
    '拥有3个国家级一流本科专业建设点',
    '第一志愿录取，第一批次招生，最低录取分数线',
    '最高温度38摄氏度，最高人民法院',
    '学校不包就业，严禁承诺录取，谨防“包过”骗局',
    '毕业生就业率为93.2%',
    '获最佳组织奖',
  ])('leaves facts alone: %s', (text) => {
    expect(find(text)).toEqual([]);
  });

  it.each(['news', 'notice', 'publicity', 'statement', 'other'] as const)('says nothing in %s', (genre) => {
    expect(find('这是全国最好的大学，100%就业', genre)).toEqual([]);
  });
});
