import type { DraftDocument, DraftMark, DraftNode } from './draft-document.ts';
import { escapeHtml } from './escape-html.ts';
import { sanitizeStyle } from './layout-style.ts';

export interface RenderOptions {
  /** Where a picture lies for whoever reads the HTML; null where it cannot be shown: then its place says so. */
  imageUrl: (hash: string) => string | null;
  /** `kept`: with the looks it was brought in with. `plain`: structure and alignment only, for a CMS with looks of its own. */
  layout: 'kept' | 'plain';
  /** Which links may stay; their text stays in any case. All, where it is not given. */
  keepsLink?: (href: string) => boolean;
}

type Attributes = readonly (readonly [string, string | number | null])[];

function tag(name: string, attributes: Attributes): string {
  const written = attributes
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => ` ${key}="${escapeHtml(String(value))}"`);
  return `<${name}${written.join('')}>`;
}

const marks: Record<Exclude<DraftMark['type'], 'link' | 'textStyle'>, string> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  superscript: 'sup',
  subscript: 'sub',
  code: 'code',
};
const markOrder = Object.keys(marks) as (keyof typeof marks)[];

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const fitting = (value: unknown, form: RegExp): string | null =>
  typeof value === 'string' && form.test(value) ? value : null;

class Renderer {
  readonly #options: RenderOptions;

  constructor(options: RenderOptions) {
    this.#options = options;
  }

  blocks(nodes: readonly DraftNode[]): string {
    // Blanks between boxes that stand side by side would push one of them down.
    return nodes.map((node) => this.#block(node)).join(this.#isPlain ? '\n' : '');
  }

  get #isPlain(): boolean {
    return this.#options.layout === 'plain';
  }

  #style(node: DraftNode, first = ''): readonly [string, string | null] {
    const own = this.#isPlain ? null : sanitizeStyle(textOf(node.attrs?.style));
    const whole = [first, own ?? ''].filter((one) => one !== '').join(' ');
    return ['style', whole === '' ? null : whole];
  }

  #block(node: DraftNode): string {
    const content = node.content ?? [];
    switch (node.type) {
      case 'paragraph':
        return this.#lines('p', node);
      case 'heading':
        return this.#lines(`h${Math.max(1, Math.min(6, Number(node.attrs?.level) || 1))}`, node);
      case 'section':
        return this.#isPlain ? this.blocks(content) : this.#around('section', node);
      case 'blockquote':
        return this.#around('blockquote', node);
      case 'bulletList':
        return this.#around('ul', node);
      case 'orderedList': {
        const start = Number(node.attrs?.start ?? 1);
        return this.#around('ol', node, [['start', Number.isInteger(start) && start !== 1 ? start : null]]);
      }
      case 'listItem':
        return `<li>${this.#inside(content)}</li>`;
      case 'table':
        return `${tag('table', [this.#style(node)])}<tbody>${this.blocks(content)}</tbody></table>`;
      case 'tableRow':
        return `<tr>${this.blocks(content)}</tr>`;
      case 'tableHeader':
        return this.#cell('th', node);
      case 'tableCell':
        return this.#cell('td', node);
      case 'horizontalRule':
        return tag('hr', [this.#style(node)]);
      default:
        return this.#inline([node]);
    }
  }

  #around(name: string, node: DraftNode, attributes: Attributes = []): string {
    return `${tag(name, [...attributes, this.#style(node)])}${this.blocks(node.content ?? [])}</${name}>`;
  }

  #lines(name: string, node: DraftNode): string {
    const align = fitting(node.attrs?.textAlign, /^(?:left|center|right|justify)$/);
    const inline = this.#inline(node.content ?? []);
    if (inline === '' && this.#isPlain) return '';
    const style = this.#style(node, align === null ? '' : `text-align: ${align};`);
    return `${tag(name, [style])}${inline === '' ? '<br>' : inline}</${name}>`;
  }

  #cell(name: string, node: DraftNode): string {
    const span = (key: string): readonly [string, number | null] => {
      const count = Number(node.attrs?.[key] ?? 1);
      return [key, count > 1 ? count : null];
    };
    const open = tag(name, [span('colspan'), span('rowspan'), this.#style(node)]);
    return `${open}${this.#inside(node.content ?? [])}</${name}>`;
  }

  /** One paragraph without looks needs no element of its own in an item or a cell. */
  #inside(content: readonly DraftNode[]): string {
    const [first, ...rest] = content;
    const isBare = first?.type === 'paragraph' && !first.attrs?.textAlign && !first.attrs?.style;
    if (first === undefined || !isBare) return this.blocks(content);
    return `${this.#inline(first.content ?? [])}${this.blocks(rest)}`;
  }

  #inline(nodes: readonly DraftNode[]): string {
    let html = '';
    let open: string | null = null;
    for (const node of nodes) {
      const start = this.#linkStart(node);
      if (start !== open) html += `${open === null ? '' : '</a>'}${start ?? ''}`;
      open = start;
      html += this.#looks(node);
    }
    return open === null ? html : `${html}</a>`;
  }

  #linkStart(node: DraftNode): string | null {
    const link = node.marks?.find((mark) => mark.type === 'link');
    if (link?.type !== 'link' || this.#options.keepsLink?.(link.attrs.href) === false) return null;
    const { href, title } = link.attrs;
    const isOutside = /^https?:/i.test(href);
    return tag('a', [
      ['href', href],
      ['title', title],
      ['rel', isOutside ? 'noopener noreferrer' : null],
    ]);
  }

  #looks(node: DraftNode): string {
    const has = new Set(node.marks?.map((mark) => mark.type));
    const names = markOrder.filter((mark) => has.has(mark)).map((mark) => marks[mark]);
    const styled = node.marks?.find((mark) => mark.type === 'textStyle');
    const style = this.#isPlain || styled?.type !== 'textStyle' ? null : sanitizeStyle(styled.attrs.style);
    const start = `${style === null ? '' : tag('span', [['style', style]])}${names.map((name) => `<${name}>`).join('')}`;
    const end = `${names
      .reverse()
      .map((name) => `</${name}>`)
      .join('')}${style === null ? '' : '</span>'}`;
    return `${start}${this.#leaf(node)}${end}`;
  }

  #leaf(node: DraftNode): string {
    if (node.text !== undefined) return escapeHtml(node.text);
    if (node.type === 'hardBreak') return '<br>';
    return node.type === 'image' ? this.#image(node) : '';
  }

  #image(node: DraftNode): string {
    const alt = textOf(node.attrs?.alt) ?? '';
    const url = this.#options.imageUrl(String(node.attrs?.hash));
    if (url === null) return escapeHtml(`【图片${alt === '' ? '' : `：${alt}`}】`);
    const width = fitting(node.attrs?.width, /^\d{1,4}(?:\.\d+)?(?:px|%)$/);
    const style = this.#style(
      node,
      width === null ? 'max-width: 100%;' : `max-width: 100%; width: ${width};`,
    );
    return `<img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}"${this.#isPlain ? '' : tag('', [style]).slice(1, -1)}>`;
  }
}

/**
 * HTML for a CMS: only what the schema names comes out, everything escaped, without class, id or script. The same document gives the
 * same string.
 */
export function renderDocument(document: DraftDocument, options: RenderOptions): string {
  return new Renderer(options).blocks(document.content);
}

const ownLink = /^https?:\/\/(?:mp\.weixin\.qq\.com|mp\.weixinbridge\.com)\//i;

/**
 * For a draft of an official account: looks inside the elements, as that editor wants them. The platform takes out links that lead
 * elsewhere; here their text alone is written.
 * @returns links: what was taken out, for the editor to know of
 */
export function renderWechat(
  document: DraftDocument,
  imageUrl: RenderOptions['imageUrl'],
): { html: string; links: string[] } {
  const links = new Set<string>();
  const keepsLink = (href: string) => {
    if (!ownLink.test(href)) links.add(href);
    return ownLink.test(href);
  };
  return { html: renderDocument(document, { imageUrl, layout: 'kept', keepsLink }), links: [...links] };
}
