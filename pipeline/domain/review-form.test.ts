import { expect, it } from 'vitest';
import { buildFormFacts } from '../../test/builders/review-form.ts';
import type { PrintedDocument } from './printed-document.ts';
import { writePrintedHtml } from './printed-html.ts';
import { buildReviewForm } from './review-form.ts';

const lines = ({ blocks }: PrintedDocument) =>
  blocks.flatMap((block) => {
    if (block.kind === 'table') return block.rows.map(({ cells }) => cells.map(({ text }) => text).join('|'));
    return 'text' in block ? [block.text] : [];
  });

it('fills itself: what was declared, who passed which step and how, what the machine said and what became of it', () => {
  const form = buildReviewForm(buildFormFacts());
  const all = lines(form).join('\n');
  expect(form.subtitle).toBe('编号：审2026-0042');
  for (const part of [
    '标题|关于2026年国家奖学金拟推荐名单的公示',
    '栏目、渠道|学校主页、学校微信公众号|体裁|公示',
    '拟稿单位|学生工作部|拟稿人|陈晓雨',
    '保密审查|已审查。不涉密',
    '公示起止|2026-11-20 至 2026-11-26|审图号|无地图',
    '初审一校|刘建军|2026-11-20 10:00|2|是|两处错字已改',
    '复审二校|王丽华（代孙敏）|2026-11-20 10:00|0|是|依据充分，同意公示',
    '线下签批 2026-11-20，孙敏登记，待本人确认；同意发布',
    '个人信息|必须处理|138****5678|赵志远放行：为公示联系电话，学院办公手机',
    '错别字|提醒|布署 → 部署|审校人已知悉',
    '未能检查：会场.jpg：图中文字未检查',
    '附件　拟推荐名单.xlsx|18 KB|bbbbbbbbbbbbbbbb',
    '链接|https://www.moe.gov.cn/|2026-11-20 09:58 正常',
    `SHA-256 ${'9'.repeat(64)}`,
    '保管期限：办结之日起36 个月。',
  ])
    expect(all).toContain(part);
});

it('says what is missing instead of leaving it out', () => {
  const { draft } = buildFormFacts();
  const bare = { ...draft, number: null, passes: [], seal: null, publications: [] };
  const all = lines(buildReviewForm(buildFormFacts({ draft: bare, report: null, events: [] }))).join('\n');
  expect(all).toContain('终审三校|||||');
  expect(all).toContain('尚未送审。');
  expect(all).toContain('定稿锁定：没有有效的定稿。');
  expect(all).toContain('发布地址|尚未登记');
});

it('as a page holds nothing but text, whatever stands in a title', () => {
  const facts = buildFormFacts();
  const content = { ...facts.content, title: '<script>alert(1)</script>&"' };
  const html = writePrintedHtml([buildReviewForm({ ...facts, content }), buildReviewForm(facts)]);
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;');
  expect(html.match(/<h1>/g)).toHaveLength(2);
  expect(html).toContain('break-before:page');
});
