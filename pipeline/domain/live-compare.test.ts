import { describe, expect, it } from 'vitest';
import { DraftContent } from './draft-content.ts';
import type { DraftNode } from './draft-document.ts';
import { comparePublished, isSame, type PublishedItem } from './live-compare.ts';
import { normaliseDraft } from './normal-form.ts';

const hash = (letter: string) => letter.repeat(64);
const p = (text: string, href?: string): DraftNode => ({
  type: 'paragraph',
  content: [
    {
      ...{ type: 'text', text },
      ...(href === undefined ? {} : { marks: [{ type: 'link', attrs: { href, title: null } }] }),
    },
  ],
});
const picture = (letter: string): DraftNode => ({ type: 'image', attrs: { hash: hash(letter) } });
const list = (start: number, ...items: string[]): DraftNode => ({
  ...{ type: 'orderedList', attrs: { start } },
  content: items.map((item) => ({ type: 'listItem', content: [p(item)] })),
});
const body = ['自下周一起，图书馆开放至二十三点。', '入馆请刷校园卡。'];

function compare(
  page: Partial<PublishedItem>,
  nodes: DraftNode[] = body.map((text) => p(text)),
  more: object = {},
) {
  const draft = DraftContent.parse({ title: '开馆通知', document: { type: 'doc', content: nodes }, ...more });
  return comparePublished(normaliseDraft(draft, 'published'), {
    ...{
      channelKind: 'site',
      title: '开馆通知',
      text: body.join('\n'),
      links: [],
      attachments: [],
      images: [],
    },
    ...page,
  });
}

describe('lines that a system writes', () => {
  it.each([
    ['before the text', ['来源：宣传部', '发布时间：2026-11-23 浏览次数：12', ...body]],
    ['after the text', [...body, '责任编辑：王编辑', '上一篇：关于停水的通知', '下一条：没有了', '【打印】']],
    ['the title once more', ['开馆通知', ...body]],
  ])('are left out and shown: %s', (_, lines) => {
    const compared = compare({ text: lines.join('\n') });
    expect(compared.text).toBe('same');
    expect(compared.ignored).toHaveLength(lines.length - body.length);
  });

  it.each([
    ['in the middle of it', [body[0], '来源：宣传部', body[1]]],
    ['with a sentence in them', [...body, '来源：宣传部，即日起停止开放。']],
    ['that are no such lines', [...body, '解释权归图书馆所有']],
    ['in place of a line of the draft', [body[0], '责任编辑：王编辑']],
    ['that name files nobody offers', [...body, '附件：名单.xlsx']],
  ])('are none %s', (_, lines) => {
    expect(compare({ text: lines.join('\n') }).text).toBe('changed');
  });

  it('are the draft’s where the draft has them, and then may not differ', () => {
    const nodes = [...body.map((text) => p(text)), p('责任编辑：王编辑')];
    expect(compare({ text: [...body, '责任编辑：王编辑'].join('\n') }, nodes)).toMatchObject({
      ...{ text: 'same', ignored: [] },
    });
    expect(compare({ text: [...body, '责任编辑：李编辑'].join('\n') }, nodes).text).toBe('changed');
    expect(compare({ text: body.join('\n') }, nodes).text).toBe('changed');
  });

  it('name the files of the page, wherever they stand', () => {
    const attachments = [{ name: '附件：报名表.docx', url: 'https://a.cn/1.docx' }];
    const more = { attachments: [{ hash: hash('c'), name: '报名表.docx', bytes: 1 }] };
    const text = [body[0], '附件【报名表.docx】已下载3次', body[1]].join('\n');
    const nodes = body.map((line) => p(line));
    expect(isSame(compare({ text, attachments }, nodes, more))).toBe(true);
    expect(compare({ text, attachments: [] }, nodes, more).attachments.missing).toEqual(['报名表.docx']);
  });
});

describe('lists', () => {
  const nodes = [p('要求：'), list(1, '5人一队；', '自备电脑。')];
  it.each([
    ['要求：\n5人一队；\n自备电脑。', 'same'],
    ['要求：\n1.5人一队；\n2、自备电脑。', 'same'],
    ['要求：\n2.5人一队；\n1.自备电脑。', 'changed'],
    ['要求：\n15人一队；\n自备电脑。', 'changed'],
    ['要求：\n5人一队；\n1.自备电脑。', 'changed'],
  ])('%j', (text, result) => {
    expect(compare({ text }, nodes).text).toBe(result);
  });
});

describe('words of an alphabet', () => {
  it('are not broken or joined by lines', () => {
    expect(compare({ text: 'Web App\n2026' }, [p('Web App'), p('2026')]).text).toBe('same');
    expect(compare({ text: 'Web\nApp 2026' }, [p('Web App'), p('2026')]).text).toBe('same');
    expect(compare({ text: 'Web App 20\n26' }, [p('Web App'), p('2026')]).text).toBe('changed');
    expect(compare({ text: 'Web App2026' }, [p('Web App'), p('2026')]).text).toBe('changed');
  });
});

describe('a headline in two lines', () => {
  it('is one, wherever its second line stands', () => {
    const more = { title: '喜报——我校获一等奖' };
    const nodes = body.map((text) => p(text));
    const text = ['——我校获一等奖', ...body].join('\n');
    expect(compare({ title: '喜报——我校获一等奖' }, nodes, more).title).toBe('same');
    expect(compare({ title: '喜报', text }, nodes, more).title).toBe('changed');
    const longer = { title: '我校学子获奖——省赛一等奖' };
    const second = ['——省赛一等奖', ...body].join('\n');
    expect(compare({ title: '我校学子获奖', text: second }, nodes, longer)).toMatchObject({
      title: 'same',
      text: 'same',
    });
    const wrong = ['——省赛二等奖', ...body].join('\n');
    expect(isSame(compare({ title: '我校学子获奖', text: wrong }, nodes, longer))).toBe(false);
  });
});

describe('pictures', () => {
  const nodes = [...body.map((text) => p(text)), picture('a'), picture('b')];
  it.each([
    [['1.jpg', '2.jpg'], 'not-compared', true],
    [['1.jpg'], 'changed', false],
    [['1.jpg', '2.jpg', '3.jpg'], 'changed', false],
    [null, 'not-compared', true],
  ])('%j: %s', (images, result, same) => {
    const compared = compare({ images }, nodes);
    expect([compared.images.result, isSame(compared)]).toEqual([result, same]);
  });

  it('are the same only where there are none', () => {
    expect(compare({ images: [] }).images).toEqual({ result: 'same', approved: 0, published: 0 });
  });
});

describe('links', () => {
  const nodes = [p('甲', 'https://a.cn/1'), p('乙', 'https://b.cn/2')];
  const text = '甲\n乙';
  const links = (...found: string[]) => compare({ text, links: found }, nodes).links;
  it('have to be all there, in order, and no others', () => {
    expect(links('http://a.cn/1', 'https://b.cn/2?utm_source=x').result).toBe('same');
    expect(links('https://a.cn/1')).toMatchObject({ result: 'changed', missing: ['b.cn/2'] });
    expect(links('https://a.cn/1', 'https://b.cn/2', 'https://c.cn/')).toMatchObject({
      ...{ result: 'changed', added: ['c.cn/'] },
    });
    expect(links('https://b.cn/2', 'https://a.cn/1').result).toBe('changed');
  });

  it('that an official account drops are not compared, and those it puts in are a change', () => {
    const on = (...found: string[]) => compare({ channelKind: 'wechat', text, links: found }, nodes);
    expect(on()).toMatchObject({ links: { result: 'not-compared', notCompared: ['a.cn/1', 'b.cn/2'] } });
    expect(isSame(on())).toBe(true);
    expect(isSame(on('https://c.cn/'))).toBe(false);
  });

  it('to a file are met as a file of the page', () => {
    const toFile = [p('校历', 'https://a.cn/xl.pdf')];
    const attachments = [{ name: '校历', url: 'https://a.cn/xl.pdf' }];
    expect(isSame(compare({ text: '校历', attachments }, toFile))).toBe(true);
  });
});

describe('films', () => {
  it('are nobody’s draft, and are said not to be compared', () => {
    const attachments = [{ name: '视频', url: 'https://v.qq.com/iframe/preview.html?vid=a1' }];
    expect(compare({ attachments }).attachments).toMatchObject({
      result: 'not-compared',
      notCompared: ['视频'],
    });
    const film = [{ name: '宣传片.mp4', url: 'https://a.cn/1.mp4' }];
    const more = { attachments: [{ hash: hash('c'), name: '宣传片.mp4', bytes: 1 }] };
    const nodes = body.map((text) => p(text));
    expect(compare({ attachments: film }, nodes, more).attachments.result).toBe('same');
  });
});

describe('an entry of a feed', () => {
  const entry = (title: string, text: string) => compare({ channelKind: 'feed', title, text, images: null });
  it('may give the beginning alone, under its whole title', () => {
    expect(entry('开馆通知', body.join('\n'))).toMatchObject({ text: 'same', isExcerpt: false });
    expect(entry('开馆通知', `${body[0]}…`)).toMatchObject({ title: 'same', text: 'same', isExcerpt: true });
    expect(isSame(entry('开馆通告', `${body[0]}…`))).toBe(false);
    expect(isSame(entry('开馆通知', '自下周二起，图书馆开放至二十三点。'))).toBe(false);
  });
});

describe('a status', () => {
  const status = (text: string) => compare({ channelKind: 'weibo', title: '', text, images: null });
  it.each([
    [`【开馆通知】${body.join('')}`, false],
    [body.join('\n'), false],
    [`#沧澜师院#【开馆通知】${body.join('')}网页链接`, false],
    [`【开馆通知】${body[0]}… 全文`, true],
    [`${body[0]}`, true],
  ])('is the same: %s', (text, isExcerpt) => {
    expect(status(text)).toMatchObject({ text: 'same', isExcerpt });
  });

  it.each([
    [`【开馆通知】${body.join('').replace('二十三', '二十二')}`],
    [`【开馆通告】${body.join('')}`],
    [`${body.join('')}转发抽奖`],
    ['自下周'],
  ])('is changed: %s', (text) => {
    expect(status(text).text).toBe('changed');
  });
});
