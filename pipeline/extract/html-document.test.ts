import { createHash } from 'node:crypto';
import { getSchema } from '@tiptap/core';
import { TableMap } from '@tiptap/pm/tables';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftExtensions } from '../../dashboards/src/lib/draft-schema.ts';
import type { DraftNode } from '../domain/draft-document.ts';
import { flattenDocument } from '../domain/flatten-document.ts';
import { readHtmlDocument } from './html-document.ts';

const schema = getSchema(draftExtensions((hash) => `/files/${hash}`));

/** As the editor takes it: the schema's content rules hold, and nothing of it is changed. */
function readForEditor(html: string) {
  const read = readHtmlDocument(html);
  const real = schema.nodeFromJSON(read.document);
  real.check();
  real.descendants((node) => {
    if (node.type.name === 'table') expect(TableMap.get(node).problems).toBe(null);
  });
  return read;
}

const textOf = (html: string) => flattenDocument(readForEditor(html).document).text;
const blocksOf = (html: string) => readForEditor(html).document.content;

function findAll(nodes: readonly DraftNode[], type: string): DraftNode[] {
  return nodes.flatMap((node) => [
    ...(node.type === type ? [node] : []),
    ...findAll(node.content ?? [], type),
  ]);
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const hashOfPng = createHash('sha256').update(png).digest('hex');

/** As 秀米 writes a title in a frame, two columns and a picture. */
const xiumi = `
<section class="_editor" style="font-size: 16px; box-sizing: border-box;" powered-by="xiumi.us">
  <section style="text-align: center; margin: 10px 0%; justify-content: center; display: flex; flex-flow: row nowrap; position: static; box-sizing: border-box;">
    <section style="display: inline-block; vertical-align: middle; width: auto; background-color: rgb(0, 82, 155); padding: 6px 20px; border-radius: 4px;">
      <p style="color: #fff; letter-spacing: 2px; margin: 0px; box-sizing: border-box;"><strong style="box-sizing: border-box;">活动预告</strong></p>
    </section>
  </section>
  <section style="display: inline-block; width: 50%; vertical-align: top; transform: translate3d(2px, 0px, 0px);"><p>左栏：<span style="color: rgb(255, 0, 0);">时间<span style="font-size: 18px;">地点</span></span></p></section>
  <section style="display: inline-block; width: 50%;"><img class="raw-image" data-src="https://img.xiumi.us/xmi/ua/a.png?x-oss-process=style" data-ratio="0.66" src="data:image/gif;base64,R0lGOD" style="vertical-align: middle; max-width: 100%; width: 100%;" data-w="1080"></section>
  <section style="width: 0; height: 0; border-left: 8px solid transparent; border-top: 10px solid rgb(0, 82, 155);"><svg viewBox="0 0 1 1" style="float:left;line-height:0;width:0;vertical-align:top;"></svg></section>
</section>`;

/** As 135编辑器 wraps it. */
const editor135 = `
<section class="_135editor" data-tools="135编辑器" data-id="93271" style="margin: 0px; padding: 0px;">
  <section style="margin: 10px auto; text-align: center; background-image: url(&quot;https://image2.135editor.com/cache/bg.png&quot;); background-size: cover;">
    <span style="display:block"><section class="135brush" data-brushtype="text" style="padding: 10px; border-bottom: 2px solid #c0392b;">第一章&nbsp;总则</section></span>
  </section>
  <section data-role="paragraph"><p style="text-align: justify; line-height: 1.75em; text-indent: 2em;"><span style="font-family: 微软雅黑; font-size: 15px; letter-spacing: 1px;">为加强校园&#8203;安全，<em>现</em>通知如下。<br></span></p></section>
  <iframe class="video_iframe" data-src="https://v.qq.com/iframe/preview.html?vid=x"></iframe>
  <mp-common-profile data-id="MzA"></mp-common-profile>
</section>`;

describe('layouts', () => {
  it('keeps frames, columns and colours of 秀米', () => {
    const { document, images, notes } = readForEditor(xiumi);
    expect(flattenDocument(document).text).toBe('活动预告\n左栏：时间地点\n\n');
    const [outer] = document.content;
    expect(outer).toMatchObject({
      type: 'section',
      attrs: { style: 'font-size: 16px; box-sizing: border-box;' },
    });
    const styles = findAll(document.content, 'section').map((node) => String(node.attrs?.style));
    expect(styles).toContain(
      'display: inline-block; vertical-align: middle; width: auto; background-color: rgb(0, 82, 155); padding: 6px 20px; border-radius: 4px;',
    );
    expect(styles.some((style) => style.includes('border-top: 10px solid rgb(0, 82, 155);'))).toBe(true);
    expect(findAll(document.content, 'text').map(({ text, marks }) => [text, marks])).toEqual([
      ['活动预告', [{ type: 'bold' }]],
      ['左栏：', undefined],
      ['时间', [{ type: 'textStyle', attrs: { style: 'color: rgb(255, 0, 0);' } }]],
      ['地点', [{ type: 'textStyle', attrs: { style: 'color: rgb(255, 0, 0); font-size: 18px;' } }]],
    ]);
    expect(images).toEqual([
      expect.objectContaining({
        bytes: null,
        url: 'https://img.xiumi.us/xmi/ua/a.png?x-oss-process=style',
        name: 'a.png',
      }),
    ]);
    expect(findAll(document.content, 'image')[0]?.attrs).toMatchObject({
      hash: images[0]?.placeholder,
      width: '100%',
      style: 'vertical-align: middle; max-width: 100%;',
    });
    expect(notes).toEqual(['去掉了 1 个 SVG 图形或动效', '1 处叠放的版式改成了顺序排列']);
  });

  it('keeps what 135 wraps, and says what is gone', () => {
    const { document, notes } = readForEditor(editor135);
    expect(flattenDocument(document).text).toBe('第一章\u00a0总则\n为加强校园\u200b安全，现通知如下。\n');
    expect(findAll(document.content, 'paragraph').map(({ attrs }) => attrs)).toEqual([
      { textAlign: null, style: 'padding: 10px; border-bottom: 2px solid #c0392b;' },
      { textAlign: 'justify', style: 'line-height: 1.75em; text-indent: 2em;' },
    ]);
    expect(notes).toEqual([
      '去掉了 1 个视频',
      '去掉了 1 个公众号组件（名片、小程序等）',
      '1 处背景图片没有带过来',
    ]);
  });

  it('reads what Word leaves in the clipboard', () => {
    const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style></head><body lang=ZH-CN>
      <!--StartFragment--><p class=MsoNormal align=center style='text-align:center;mso-pagination:none'><b><span style='font-size:22.0pt;mso-bidi-font-size:11pt;font-family:宋体'>关于放假的<br>通知<o:p></o:p></span></b></p>
      <p class=MsoNormal style='text-indent:24.0pt'>各单位：<!--[if !supportEmptyParas]-->&nbsp;<!--[endif]--></p>
      <img width=100 src="file:///C:/Users/a/msohtmlclip1/01/clip_image001.png"><!--EndFragment--></body></html>`;
    const { document, notes } = readForEditor(html);
    expect(flattenDocument(document).text).toBe('关于放假的\n通知\n各单位：\u00a0\n');
    expect(document.content[0]?.attrs).toEqual({ textAlign: 'center', style: null });
    expect(findAll(document.content, 'text')[0]?.marks).toEqual([
      { type: 'textStyle', attrs: { style: 'font-size: 22.0pt;' } },
      { type: 'bold' },
    ]);
    expect(notes).toEqual(['1 张图片没有带过来（在本机上，或格式不支持），请重新插入']);
  });
});

describe('structure', () => {
  it('reads lists in lists, and items that are none', () => {
    const html = '<ol start=3><li>甲<ul><li>一</li></ul><li><p>乙</p><ul>x</ul></ol><li>丙';
    expect(textOf(html)).toBe('甲\n一\n乙\nx\n丙\n');
    expect(blocksOf(html)[0]).toMatchObject({ type: 'orderedList', attrs: { start: 3 } });
  });

  it('levels tables, and keeps what stands beside the cells', () => {
    const html = `<table border=1><caption>表一</caption><thead><tr><th colspan=2 width=120>头</th></tr></thead>走失
      <tr><td rowspan=9 style="width: 25%; background: #eee url(a)">甲</td><td>乙</td><td width="80px">丙</td></tr><tr><td></td></tr></table>`;
    expect(textOf(html)).toBe('表一\n走失\n头\t\n甲\t乙\t丙\n\t\n');
    const cells = findAll(blocksOf(html), 'tableCell').map(({ attrs }) => attrs);
    expect(cells[1]).toEqual({
      colspan: 1,
      rowspan: 2,
      colwidth: null,
      style: 'width: 25%; background-color: #eee;',
    });
    expect(cells[3]?.style).toBe('width: 80px;');
  });

  it('splits paragraphs around blocks that stand in lines, marks and all', () => {
    const html = '<a href="//www.example.edu.cn/x"><b>前<div>中</div>后</b></a>';
    const link = { type: 'link', attrs: { href: 'https://www.example.edu.cn/x', title: null } };
    expect(findAll(blocksOf(html), 'text').map(({ text, marks }) => [text, marks])).toEqual(
      ['前', '中', '后'].map((text) => [text, [link, { type: 'bold' }]]),
    );
    expect(blocksOf(html)).toHaveLength(3);
  });

  it('hands pictures over by their own hash, once', () => {
    const data = `data:image/png;base64,${png.toString('base64')}`;
    const read = readForEditor(
      `<p><img src="${data}" alt="校门" width="320"><img src="${data}"></p><p><img src="data:image/svg+xml,<svg/>"></p>`,
    );
    expect(read.images).toEqual([{ placeholder: hashOfPng, name: '图片1.png', bytes: png, url: null }]);
    expect(findAll(read.document.content, 'image').map(({ attrs }) => attrs)).toEqual([
      { hash: hashOfPng, alt: '校门', width: '320px', style: null },
      { hash: hashOfPng, alt: null, width: null, style: null },
    ]);
    expect(read.notes).toEqual(['1 张图片没有带过来（在本机上，或格式不支持），请重新插入']);
  });

  it('keeps blank lines, lines of code and headings, and drops layout blanks', () => {
    const html =
      '<h2 align="center"> 题 </h2>\n <p><br></p>\n<pre>a  b\n\tc</pre><hr><blockquote></blockquote><div> <div>\n</div></div>';
    expect(textOf(html)).toBe('题\n\na  b\n    c\n\n');
    expect(blocksOf(html).map(({ type }) => type)).toEqual([
      'heading',
      'paragraph',
      'paragraph',
      'horizontalRule',
      'blockquote',
    ]);
  });

  it('gives an empty text one paragraph', () => {
    expect(blocksOf('<!-- nothing --><script>1</script>')).toEqual([{ type: 'paragraph' }]);
  });
});

describe('what must not come in', () => {
  it.each([
    '<p onclick="alert(1)" style="position:fixed">字<script>alert(1)</script></p>',
    '<a href="javascript:alert(1)">字</a>',
    '<a href=" java\nscript:alert(1)">字</a>',
    '<a href="data:text/html,<script>alert(1)</script>">字</a>',
    '<svg onload=alert(1)><foreignObject><p>x</p></foreignObject></svg>字',
    '<p style="background:url(javascript:alert(1))">字</p>',
    '<img src=x onerror=alert(1)>字<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>字',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>字',
    '<template><script>alert(1)</script></template><form action="//x"><input value="alert(1)">字</form>',
  ])('%s', (html) => {
    const { document } = readForEditor(html);
    expect(JSON.stringify(document)).not.toMatch(/alert|script|onerror|position|url\(/i);
    expect(flattenDocument(document).text).toContain('字');
  });

  it('says what was left out', () => {
    const html =
      '<script>1</script><p onclick="x" style="display:none">藏</p><form><input><a href="javascript:go()">去</a><a href="javascript:;">无</a></form><svg><text>图里的字</text></svg>';
    expect(readForEditor(html).notes).toEqual([
      '去掉了 1 段脚本',
      '去掉了 1 个表单项',
      '去掉了 1 个 SVG 图形或动效',
      '去掉的内容里有 1 处文字，请核对是否需要补上',
      '去掉了 1 处事件代码',
      '有 1 处隐藏的文字，已显示出来，请核对',
      '1 个链接的地址不能用，只留下了文字',
    ]);
  });

  it('refuses bombs', () => {
    expect(() => readHtmlDocument('<div>'.repeat(300))).toThrow('too-deep');
    expect(() => readHtmlDocument('字'.repeat(10 * 1_048_576 + 1))).toThrow('too-large');
    expect(() => readHtmlDocument('<b>'.repeat(150) + '<i></i>'.repeat(100_001))).toThrow('too-large');
    const deep = `${'<section style="color:red">'.repeat(190)}字`;
    expect(textOf(deep)).toBe('字\n');
  });
});

describe('whatever is pasted', () => {
  const names = [
    'p',
    'div',
    'section',
    'span',
    'b',
    'ul',
    'li',
    'table',
    'tr',
    'td',
    'a',
    'h1',
    'br',
    'img',
    'hr',
    'pre',
    'blockquote',
    'font',
  ];
  const styles = [
    '',
    'color:red',
    'text-align:center;color:#123',
    'display:none',
    'font-weight:bold',
    'width:50%;position:absolute',
  ];
  const tag = fc
    .record({
      name: fc.constantFrom(...names),
      style: fc.constantFrom(...styles),
      span: fc.integer({ min: -1, max: 4 }),
      isEnd: fc.boolean(),
    })
    .map(({ name, style, span, isEnd }) =>
      isEnd
        ? `</${name}>`
        : `<${name} style="${style}" colspan=${span} rowspan=${span} width=${span * 10} href="http://a.example/" src="https://a.example/b.png">`,
    );
  const piece = fc.oneof(tag, tag, fc.constantFrom('字', ' ', '\n', '&nbsp;', '甲乙'));

  it('fits the editor, and loses no sign of its text', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const html = pieces.join('');
        const signs = (text: string) => [...text.replace(/[^字甲乙]/g, '')].sort().join('');
        expect(signs(textOf(html))).toBe(signs(html));
      }),
      { numRuns: 300 },
    );
  });
});
