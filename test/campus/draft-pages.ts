import { decodePage } from '../../crawlers/sources/site/decode.ts';
import { parseSitePage } from '../../crawlers/sources/site/parse.ts';
import { readArticlePage } from '../../crawlers/sources/wechat/article-page.ts';
import type { DraftContent } from '../../pipeline/domain/draft-content.ts';
import type { DraftNode } from '../../pipeline/domain/draft-document.ts';
import type { PublishedItem } from '../../pipeline/domain/live-compare.ts';
import { shanghaiDay } from './calendar.ts';
import { escapeHtml } from './html.ts';
import type { StandingArticle } from './school.ts';
import { vsbColumns } from './vsb-layout.ts';
import { renderVsbArticle } from './vsb-pages.ts';
import { renderWebplusArticle } from './webplus-pages.ts';
import { renderArticlePage } from './wechat-pages.ts';
import type { WechatArticle } from './wechat-school.ts';

/** In which system's or platform's template a draft is put on line. */
export const draftTemplates = ['vsb', 'vsb-nested', 'webplus', 'wechat-2025', 'wechat-2018'] as const;
export type DraftTemplate = (typeof draftTemplates)[number];

/** What editors' hands, layout tools and systems do to a draft on its way. Nothing of it is an edit. */
export interface Handling {
  /** How paragraphs are set: each its own, all in one between `br`, words in spans, as Word leaves them, as `div`. */
  reflow: 'paragraphs' | 'breaks' | 'spans' | 'word' | 'divs';
  entities: 'none' | 'named' | 'numbers';
  blanks: 'none' | 'indent' | 'pangu' | 'zero-width';
  /** 秀米 and 135 put sections around everything; a template may put it into the cell of a table. */
  wrapper: 'none' | 'sections' | 'cell';
  images: 'plain' | 'lazy' | 'original' | 'vsb' | 'renamed';
  links: 'absolute' | 'own-relative' | 'no-scheme' | 'tracked';
  /** Numbers of lists, drawn by the browser or written out. */
  lists: 'list' | 'written';
  furniture: 'none' | 'around' | 'files-in-text';
}

const ownSite = 'https://www.canglan.example';
const published = new Date('2026-11-20T02:30:00.000Z');
/** Stands in the template for the text. */
const mark = 'BODYMARK';

class BodyWriter {
  readonly #handling: Handling;
  #images = 0;

  constructor(handling: Handling) {
    this.#handling = handling;
  }

  blocks(nodes: readonly DraftNode[]): string[] {
    return nodes.flatMap((node) => this.#block(node));
  }

  #block(node: DraftNode): string[] {
    const inner = node.content ?? [];
    switch (node.type) {
      case 'section':
        return [`<section class="_135editor">${this.blocks(inner).join('')}</section>`];
      case 'heading':
        return [`<h${node.attrs?.level}>${this.#inline(inner)}</h${node.attrs?.level}>`];
      case 'image':
        return [`<p style="text-align:center">${this.#image(node)}</p>`];
      case 'table':
        return [this.#table(inner)];
      case 'bulletList':
      case 'orderedList':
        return this.#list(node);
      default:
        return [this.#inline(inner)];
    }
  }

  #table(rows: readonly DraftNode[]): string {
    const cell = (node: DraftNode) =>
      `<td><p>${this.#inline(node.content?.flatMap((p) => p.content ?? []) ?? [])}</p></td>`;
    const lines = rows.map((row) => `<tr>${(row.content ?? []).map(cell).join('\n')}</tr>`);
    return `<table border="1"><tbody>\n${lines.join('\n')}</tbody></table>`;
  }

  #list(node: DraftNode): string[] {
    const items = (node.content ?? []).map((item) =>
      this.#inline(item.content?.flatMap((p) => p.content ?? []) ?? []),
    );
    const ordered = node.type === 'orderedList';
    if (this.#handling.lists === 'list') {
      const name = ordered ? 'ol' : 'ul';
      return [`<${name}>${items.map((item) => `<li><p>${item}</p></li>`).join('')}</${name}>`];
    }
    const start = typeof node.attrs?.start === 'number' ? node.attrs.start : 1;
    return items.map((item, i) =>
      ordered
        ? `<span style="mso-list:Ignore">${start + i}.<span>&nbsp;&nbsp; </span></span>${item}`
        : `·&nbsp; ${item}`,
    );
  }

  #inline(nodes: readonly DraftNode[]): string {
    return nodes
      .map((node) => {
        if (node.type === 'image') return this.#image(node);
        if (node.type === 'hardBreak') return '<br />';
        const text = this.#text(node.text ?? '');
        const link = node.marks?.find((one) => one.type === 'link');
        return link?.type === 'link'
          ? `<a href="${escapeHtml(this.#href(link.attrs.href))}" target="_blank">${text}</a>`
          : text;
      })
      .join('');
  }

  #text(text: string): string {
    const spaced = this.#blanks(text);
    const encoded = this.#entities(spaced);
    if (this.#handling.reflow !== 'spans' && this.#handling.reflow !== 'word') return encoded;
    const style =
      this.#handling.reflow === 'word' ? 'font-family:仿宋;mso-bidi-font-size:12.0pt' : 'letter-spacing:1px';
    const half = Math.floor([...spaced].length / 2);
    const parts = [[...spaced].slice(0, half).join(''), [...spaced].slice(half).join('')];
    return parts.map((part) => `<span style="${style}"><span>${this.#entities(part)}</span></span>`).join('');
  }

  #blanks(text: string): string {
    if (this.#handling.blanks === 'pangu')
      return text
        .replace(/(\p{Script=Han})([A-Za-z0-9])/gu, '$1 $2')
        .replace(/([A-Za-z0-9])(\p{Script=Han})/gu, '$1\u00a0$2');
    return this.#handling.blanks === 'zero-width' ? text.replace(/(.)(?=.)/gsu, '$1\u200b') : text;
  }

  #entities(text: string): string {
    if (this.#handling.entities === 'numbers')
      return [...text].map((sign) => `&#x${sign.codePointAt(0)?.toString(16)};`).join('');
    const safe = escapeHtml(text);
    if (this.#handling.entities === 'none') return safe;
    const names: Record<string, string> = {
      '“': '&ldquo;',
      '”': '&rdquo;',
      '—': '&mdash;',
      '·': '&middot;',
      '…': '&hellip;',
    };
    return safe.replace(/[“”—·…]/g, (sign) => names[sign] ?? sign);
  }

  #href(href: string): string {
    const isOwn = href.startsWith(`${ownSite}/`);
    switch (this.#handling.links) {
      case 'own-relative':
        return isOwn ? href.slice(ownSite.length) : href;
      case 'no-scheme':
        return href.replace(/^https?:/, '');
      case 'tracked':
        return `${href}${href.includes('?') ? '&' : '?'}utm_source=site&spm=a1.b2`;
      default:
        return href;
    }
  }

  #image(node: DraftNode): string {
    const { hash } = node.attrs ?? {};
    this.#images += 1;
    const name = `${String(hash).slice(0, 8)}${this.#images}`;
    switch (this.#handling.images) {
      case 'lazy':
        return `<img class="rich_pages" data-src="https://mmbiz.qpic.cn/mmbiz_jpg/${name}/640?wx_fmt=jpeg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`;
      case 'original':
        return `<img data-layer="photo" src="/_upload/article/images/${name}_s.png" original-src="/_upload/article/images/${name}.png">`;
      case 'vsb':
        return `<img src="/__local/A/${name}.png" orisrc="/__local/A/${name}.png" vurl="/_vsl/${name}" class="img_vsb_content">`;
      case 'renamed':
        return `<img src="https://cdn.canglan.example/2026/11/20/${name}-720x480.webp" alt="image.png">`;
      default:
        return `<img src="/upload/${name}.jpg" alt="">`;
    }
  }
}

function wrapBlocks(blocks: readonly string[], handling: Handling): string {
  const isBlock = (html: string) => /^<(?:p|h\d|section|table|[ou]l|div)\b/.test(html);
  const indent = handling.blanks === 'indent' ? '　　' : '';
  const before = handling.blanks === 'indent' ? '&nbsp;&nbsp;&nbsp; ' : '';
  const alone: Record<Exclude<Handling['reflow'], 'breaks'>, (html: string) => string> = {
    paragraphs: (html) => `<p style="text-indent:2em">${indent}${html}</p>\n`,
    spans: (html) => `<p>${html}<br></p>`,
    word: (html) =>
      `<p class="MsoNormal" style="line-height:150%">${before}${html}<o:p></o:p></p>\n<p>&nbsp;</p>`,
    divs: (html) => `<div>${html}</div>\n`,
  };
  if (handling.reflow !== 'breaks')
    return blocks.map((html) => (isBlock(html) ? html : alone[handling.reflow as 'divs'](html))).join('');
  return blocks.map((html) => (isBlock(html) ? html : `${indent}${html}<br/>\n`)).join('');
}

function furnish(body: string, content: DraftContent, { furniture, wrapper }: Handling): string {
  const files = content.attachments.map(
    ({ name }) => `<p>附件【<a href="/__local/F/${name}">${escapeHtml(name)}</a>】已下载12次</p>`,
  );
  const around = furniture === 'around';
  const furnished = `${around ? '<p>来源：宣传部　作者：记者团</p>' : ''}${body}${around ? '<p>责任编辑：王编辑</p><p>浏览次数：35次</p>' : ''}${furniture === 'files-in-text' ? files.join('') : ''}`;
  if (wrapper === 'sections')
    return `<section data-role="outer" label="Powered by 135editor.com"><section><section style="padding:10px">${furnished}</section></section></section>`;
  return wrapper === 'cell'
    ? `<table width="100%"><tbody><tr><td>${furnished}</td></tr></tbody></table>`
    : furnished;
}

function renderDraftBody(content: DraftContent, handling: Handling): string {
  const blocks = new BodyWriter(handling).blocks(content.document.content);
  return furnish(wrapBlocks(blocks, handling), content, handling);
}

function standing(
  content: DraftContent,
  site: 'vsb' | 'webplus',
  traits: StandingArticle['source']['traits'],
): StandingArticle {
  const source = {
    ...{
      key: 'draft',
      site,
      columns: ['tzgg'] as const,
      title: content.title,
      daysAgo: 2,
      clock: '10:30:00',
    },
    ...{
      shown: 'minute' as const,
      unit: '党委宣传部',
      body: [mark],
      ...(traits === undefined ? {} : { traits }),
    },
  };
  return {
    ...{ key: 'draft', source, id: 4001, title: content.title, body: [mark], mishap: null },
    ...{ day: shanghaiDay(published), clock: '10:30:00', changedAt: published },
  };
}

function wechatArticle(content: DraftContent, template: '2018' | '2025'): WechatArticle {
  return {
    ...{ key: 'draft', at: published, edits: 0, editedAt: null, paragraphs: [mark], author: '' },
    source: {
      ...{ key: 'draft', when: 0, title: content.title, paragraphs: [mark] },
      ...(template === '2018' ? { template } : {}),
    },
    ids: {
      mid: '2247480001',
      idx: '1',
      sn: 'a'.repeat(32),
      shortId: 'AbCdEfGhIjKlMnOpQrStUv',
      articleId: 'x',
      commentId: '1',
    },
  };
}

const column = vsbColumns[1] ?? vsbColumns[0];

/** The page of a draft as it would be met on line. */
export function renderDraftPage(content: DraftContent, template: DraftTemplate, handling: Handling): string {
  // A platform has no place for files, and no addresses below a site's own.
  const isPlatform = template.startsWith('wechat');
  const { furniture, links } = handling;
  const meant: Handling = {
    ...handling,
    furniture: isPlatform && furniture === 'files-in-text' ? 'none' : furniture,
    links: isPlatform && links === 'own-relative' ? 'absolute' : links,
  };
  const written = renderDraftBody(content, meant);
  // A platform has all pictures on a host of its own.
  const onPlatform = (html: string) =>
    html.replace(/ (src|original-src|orisrc)="\//g, ' $1="https://mmbiz.qpic.cn/');
  const body = isPlatform ? onPlatform(written) : written;
  // In the text itself already.
  const listed = handling.furniture === 'files-in-text' ? [] : content.attachments;
  const files = listed.map(({ name }, i) => ({ name, path: `/__local/F/${i}/${encodeURIComponent(name)}` }));
  if (column === undefined) throw new Error('the site has no columns');
  const frame =
    template === 'vsb' || template === 'vsb-nested'
      ? renderVsbArticle({
          ...{
            article: standing(content, 'vsb', template === 'vsb' ? [] : ['nested-body']),
            column,
            root: '../../',
          },
          ...{ attachments: files, previous: { title: '上一篇的标题', href: '3001.htm' }, next: null },
        })
      : template === 'webplus'
        ? renderWebplusArticle(standing(content, 'webplus', []), files)
        : renderArticlePage(wechatArticle(content, template === 'wechat-2018' ? '2018' : '2025'), published);
  return frame.replace(mark, () => body);
}

/** The page as the crawler's own parsers read it. */
export function readDraftPage(html: string, template: DraftTemplate): PublishedItem & { url: string } {
  if (template.startsWith('wechat')) {
    const item = readArticlePage(html, null).response.items[0];
    if (item === undefined) throw new Error('no article was read');
    return { channelKind: 'wechat', ...item, images: item.images ?? null };
  }
  const url =
    template === 'webplus' ? `${ownSite}/2026/1120/c33059a4001/page.htm` : `${ownSite}/info/1031/4001.htm`;
  const decoded = decodePage(new TextEncoder().encode(html), 'text/html; charset=utf-8').html;
  const parsed = parseSitePage({ url, html: decoded, fetchedAt: published.toISOString() });
  const item = parsed.items[0];
  if (parsed.role !== 'article' || item === undefined)
    throw new Error(`no article was read: ${parsed.state}`);
  return { channelKind: 'site', ...item, images: item.images ?? null };
}
