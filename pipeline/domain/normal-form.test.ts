import { describe, expect, it } from 'vitest';
import { DraftContent } from './draft-content.ts';
import type { DraftNode } from './draft-document.ts';
import { normaliseDraft } from './normal-form.ts';
import { normaliseLink } from './normal-link.ts';
import { normaliseText } from './normal-text.ts';

const hash = (letter: string) => letter.repeat(64);
const text = (value: string, href?: string): DraftNode => ({
  type: 'text',
  text: value,
  ...(href === undefined ? {} : { marks: [{ type: 'link', attrs: { href, title: null } }] }),
});
const block = (type: string, ...content: DraftNode[]): DraftNode => ({ type, content });
const p = (...content: (string | DraftNode)[]): DraftNode =>
  block('paragraph', ...content.map((one) => (typeof one === 'string' ? text(one) : one)));
const picture = (letter: string): DraftNode => ({
  type: 'image',
  attrs: { hash: hash(letter), alt: ' 校 门 ' },
});
const read = (...content: DraftNode[]) =>
  normaliseDraft(DraftContent.parse({ title: '标　题', document: { type: 'doc', content } }));

describe('the normal form of a text', () => {
  it.each([
    ['　　自 3月1日 起，\n开放。', '自3月1日起，开放。'],
    ['使用\u200b校\u00ad园\ufeff网', '使用校园网'],
    ['Open\u00a0 AI 与 Web\n2.0', 'Open AI与Web 2.0'],
    ['甲\t乙\n丙', '甲\t乙丙'],
    ['e\u0301', 'é'],
    ['3.15——3.20', '3.15——3.20'],
    ['\u2015\u2015 周\u30fb恩', '——周·恩'],
  ])('takes the layout out of %j', (stored, normal) => {
    expect(normaliseText(stored)).toBe(normal);
    expect(normaliseText(normal)).toBe(normal);
  });

  it.each([
    ['10，5', '10,5'],
    ['“好”', '"好"'],
    ['１２', '12'],
    ['學校', '学校'],
    ['WiFi', 'wifi'],
    ['1 0', '10'],
    ['第1，2条', '第1、2条'],
    ['甲\u202e乙', '甲乙'],
    ['甲\t乙', '甲乙'],
    ['重庆•西南', '重庆·西南'],
  ])('keeps apart %s and %s', (one, other) => {
    expect(normaliseText(one)).not.toBe(normaliseText(other));
  });
});

describe('the normal form of a link', () => {
  it.each([
    ['http://www.a.edu.cn/info/1/2.htm', '//www.a.edu.cn:443/info/1/2.htm#top'],
    ['https://a.cn/%e9%80%9a.htm?b=2&a=1', 'https://A.CN/通.htm?a=1&b=2&utm_source=x&spm=1.2'],
    [
      'https://mp.weixin.qq.com/s?__biz=M==&mid=1&idx=1&sn=f&scene=21&chksm=8#wechat_redirect',
      'http://mp.weixin.qq.com/s?__biz=M==&mid=1&idx=1&sn=f',
    ],
  ])('is one for %s and %s', (one, other) => {
    expect(normaliseLink(one)).toBe(normaliseLink(other));
  });

  it.each([
    ['https://a.cn/info/1/2.htm', 'https://a.cn/info/1/3.htm'],
    ['https://a.cn/x?id=1', 'https://a.cn/x?id=2'],
    ['https://a.cn/x', 'https://a.cn/x/'],
    ['https://a.cn/X', 'https://a.cn/x'],
  ])('keeps apart %s and %s', (one, other) => {
    expect(normaliseLink(one)).not.toBe(normaliseLink(other));
  });

  it('is none of what is no address of the web', () => {
    expect([normaliseLink('mailto:a@b.cn'), normaliseLink('#注'), normaliseLink('tel:1')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('the normal form of a draft', () => {
  it('is the same however its paragraphs are broken and wrapped', () => {
    const plain = read(p('自下周一起，'), p('图书馆开放。'));
    const wrapped = read(
      block('section', block('section', p('自下', '周一起，', { type: 'hardBreak' }, '　图书馆')), p()),
      p('开放。'),
    );
    expect(wrapped).toEqual(plain);
    expect(plain).toMatchObject({ title: '标题', text: '自下周一起，图书馆开放。' });
  });

  it('tells the cells of a row apart, whatever paragraphs they hold', () => {
    const cell = (...content: DraftNode[]) => block('tableCell', ...content);
    const table = block(
      'table',
      block('tableRow', cell(p('姓名')), cell(p(), p('分数'))),
      block('tableRow', cell(p('甲'), p('乙')), cell(), cell(p('90'))),
    );
    expect(read(table, p('完')).text).toBe('姓名\t分数甲乙\t90完');
  });

  it('knows where pictures, links and items of lists stand', () => {
    const form = read(
      p('报名 ', text('见此', 'https://a.cn/1'), text('处', 'https://a.cn/1'), '。'),
      picture('a'),
      {
        type: 'orderedList',
        attrs: { start: 3 },
        content: [block('listItem', p('甲')), block('listItem', p('乙'))],
      },
      block('bulletList', block('listItem', p('丙'))),
    );
    expect(form.text).toBe('报名见此处。甲乙丙');
    expect(form.links).toEqual([{ href: 'https://a.cn/1', start: 2, end: 5 }]);
    expect(form.images).toEqual([{ hash: hash('a'), alt: '校门', at: 6 }]);
    expect(form.items).toEqual([
      { at: 6, number: 3 },
      { at: 7, number: 4 },
      { at: 8, number: null },
    ]);
  });

  it('masks names behind an @ only for comparing with what was published', () => {
    const content = DraftContent.parse({
      title: '来稿',
      document: { type: 'doc', content: [p('投稿请@沧澜小编 联系')] },
    });
    expect(normaliseDraft(content).text).toBe('投稿请@沧澜小编联系');
    expect(normaliseDraft(content, 'published').text).toBe('投稿请@…联系');
  });
});
