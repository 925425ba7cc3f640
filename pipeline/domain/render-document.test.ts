import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { readHtmlDocument } from '../extract/html-document.ts';
import { DraftDocument, type DraftNode } from './draft-document.ts';
import { flattenDocument } from './flatten-document.ts';
import { type RenderOptions, renderDocument, renderWechat } from './render-document.ts';
import { replaceImages } from './replace-images.ts';

const hash = 'a'.repeat(64);
const imageUrl = (one: string) => `/files/${one.slice(0, 4)}.png`;
const kept: RenderOptions = { imageUrl, layout: 'kept' };
const plain: RenderOptions = { imageUrl, layout: 'plain' };
const doc = (...content: unknown[]) => DraftDocument.parse({ type: 'doc', content });
const p = (...content: unknown[]) => ({ type: 'paragraph', content });
const text = (value: string, ...marks: unknown[]) => ({ type: 'text', text: value, marks });
const link = (href: string) => ({ type: 'link', attrs: { href } });

const rich = doc(
  { type: 'heading', attrs: { level: 2, textAlign: 'center' }, content: [text('题')] },
  {
    type: 'section',
    attrs: { style: 'padding: 10px; border: 1px solid #ccc;' },
    content: [
      p(
        text('见', { type: 'italic' }, { type: 'bold' }),
        text('学校', link('https://www.example.edu.cn/?a=1&b="2"')),
        text('主页', link('https://www.example.edu.cn/?a=1&b="2"'), {
          type: 'textStyle',
          attrs: { style: 'color: red;' },
        }),
      ),
      { type: 'paragraph' },
      p({ type: 'image', attrs: { hash, alt: '校"门', width: '50%', style: 'border: 0px;' } }),
    ],
  },
  {
    type: 'orderedList',
    attrs: { start: 3 },
    content: [{ type: 'listItem', content: [p(text('甲')), p(text('乙'))] }],
  },
  {
    type: 'table',
    content: [
      {
        type: 'tableRow',
        content: [
          { type: 'tableHeader', attrs: { colspan: 2, style: 'width: 50%;' }, content: [p(text('<头>'))] },
          { type: 'tableCell', attrs: {}, content: [p()] },
        ],
      },
    ],
  },
  { type: 'horizontalRule' },
);

/** Neighbours with the same looks in one element. */
const joined = (html: string): string => {
  const once = html.replace(/<\/(strong|s)><\1>/g, '');
  return once === html ? html : joined(once);
};

describe('renderDocument', () => {
  it('keeps the layout', () => {
    expect(renderDocument(rich, kept)).toBe(
      '<h2 style="text-align: center;">题</h2>' +
        '<section style="padding: 10px; border: 1px solid #ccc;">' +
        '<p><strong><em>见</em></strong><a href="https://www.example.edu.cn/?a=1&amp;b=&quot;2&quot;" rel="noopener noreferrer">学校<span style="color: red;">主页</span></a></p>' +
        '<p><br></p>' +
        '<p><img src="/files/aaaa.png" alt="校&quot;门" style="max-width: 100%; width: 50%; border: 0px;"></p></section>' +
        '<ol start="3"><li>甲<p>乙</p></li></ol>' +
        '<table><tbody><tr><th colspan="2" style="width: 50%;">&lt;头&gt;</th><td></td></tr></tbody></table><hr>',
    );
  });

  it('leaves it out for a CMS with looks of its own', () => {
    expect(renderDocument(rich, plain)).toBe(
      '<h2 style="text-align: center;">题</h2>\n' +
        '<p><strong><em>见</em></strong><a href="https://www.example.edu.cn/?a=1&amp;b=&quot;2&quot;" rel="noopener noreferrer">学校主页</a></p>\n\n' +
        '<p><img src="/files/aaaa.png" alt="校&quot;门"></p>\n' +
        '<ol start="3"><li>甲<p>乙</p></li></ol>\n' +
        '<table><tbody><tr><th colspan="2">&lt;头&gt;</th>\n<td></td></tr></tbody></table>\n<hr>',
    );
  });

  it('says where a picture is that cannot be shown', () => {
    const shown = doc(p({ type: 'image', attrs: { hash, alt: '<校门>' } }));
    expect(renderDocument(shown, { ...plain, imageUrl: () => null })).toBe('<p>【图片：&lt;校门&gt;】</p>');
  });

  it('writes links for WeChat only where it leaves them', () => {
    const own = 'https://mp.weixin.qq.com/s/abc';
    const document = doc(p(text('甲', link('https://a.example/')), text('乙', link(own))));
    expect(renderWechat(document, imageUrl)).toEqual({
      html: `<p>甲<a href="${own}" rel="noopener noreferrer">乙</a></p>`,
      links: ['https://a.example/'],
    });
  });

  it('lets nothing hostile out', () => {
    const hostile = '"><script>alert(1)</script><img src=x onerror="alert(1)">';
    const nodes: DraftNode[] = [
      {
        type: 'paragraph',
        attrs: { textAlign: hostile, style: hostile },
        content: [{ type: 'text', text: hostile }],
      },
      { type: 'script', content: [{ type: 'text', text: 'alert(1)' }] },
      { type: 'orderedList', attrs: { start: hostile, style: `color: red; ${hostile}` } },
      { type: 'heading', attrs: { level: hostile } },
      { type: 'tableCell', attrs: { colspan: hostile, rowspan: { toString: () => hostile } } },
      p({
        type: 'image',
        attrs: { hash: hostile, alt: hostile, width: hostile, style: 'position: fixed' },
      }) as DraftNode,
      p(text('x', { type: 'link', attrs: { href: `https://a/${hostile}`, title: hostile } })) as DraftNode,
    ];
    const html = renderDocument({ type: 'doc', content: nodes }, { ...kept, imageUrl: (one) => one });
    const seen = new Set<string>();
    new Parser({
      onopentag: (name, attributes) => {
        for (const key of ['', ...Object.keys(attributes)]) seen.add(`${name} ${key}`.trim());
      },
    }).end(html);
    expect([...seen].sort()).toEqual([
      'a',
      'a href',
      'a rel',
      'a title',
      'br',
      'h1',
      'img',
      'img alt',
      'img src',
      'img style',
      'ol',
      'ol style',
      'p',
      'td',
    ]);
    expect(html).not.toContain('position');
    for (const node of nodes.slice(0, -1))
      expect(DraftDocument.safeParse({ type: 'doc', content: [node] }).success).toBe(false);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    ' https://a',
    'vbscript:x',
    '//a.example',
    'java\nscript:x',
  ])('is given no document with a link to %j', (href) => {
    const document = { type: 'doc', content: [p(text('x', link(href)))] };
    expect(DraftDocument.safeParse(document).success).toBe(false);
  });

  it('is read back as the same text and looks', () => {
    const words = fc.stringMatching(/^[一-龥a-z<>&"']{1,8}$/u);
    const marks = fc.subarray([{ type: 'bold' }, { type: 'strike' }, link('https://a.example/?x=1&y')]);
    const run = fc.tuple(words, marks).map(([value, on]) => text(value, ...on));
    const paragraph = fc.array(run, { minLength: 1, maxLength: 4 }).map((runs) => p(...runs));
    const style = 'color: rgb(1, 2, 3); padding: 1px 2px;';
    const section = fc
      .array(paragraph, { minLength: 2, maxLength: 3 })
      .map((content) => ({ type: 'section', attrs: { style }, content }));
    fc.assert(
      fc.property(fc.array(fc.oneof(paragraph, section), { minLength: 1, maxLength: 4 }), (content) => {
        const document = doc(...content);
        const html = renderDocument(document, kept);
        const again = readHtmlDocument(html).document;
        expect(flattenDocument(again).text).toBe(flattenDocument(document).text);
        expect(joined(renderDocument(again, kept))).toBe(joined(html));
      }),
      { numRuns: 100 },
    );
  });
});

describe('replaceImages', () => {
  it('puts hashes for placeholders, and takes out what could not be had', () => {
    const [one, other, third] = ['b', 'c', 'd'].map((digit) => digit.repeat(64));
    const image = (of: string | undefined) => ({ type: 'image', attrs: { hash: of } });
    const document = doc(p(image(one), image(other)), p(image(other)), p(image(third)));
    const replaced = replaceImages(
      document,
      new Map([
        [String(one), hash],
        [String(other), null],
      ]),
    );
    expect(flattenDocument(replaced).images.map((found) => found.hash)).toEqual([hash, third]);
    expect(replaced.content[1]).toEqual({ type: 'paragraph' });
  });
});
