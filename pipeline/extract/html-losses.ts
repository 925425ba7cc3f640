import { readStyle } from '../domain/layout-style.ts';
import { type HtmlElement, textWithin } from './html-tree.ts';
import { readHref } from './inline-marks.ts';

/** Elements that a draft cannot hold, by what a person calls them; null where nobody misses them. */
const dropped: Record<string, string | null> = {
  ...{
    head: null,
    title: null,
    meta: null,
    link: null,
    base: null,
    template: null,
    noscript: null,
    param: null,
  },
  ...{
    script: '段脚本',
    style: '段样式表',
    iframe: '个嵌入的网页',
    frame: '个嵌入的网页',
    frameset: '个嵌入的网页',
  },
  ...{
    video: '个视频',
    mpvideo: '个视频',
    audio: '个音频',
    mpvoice: '个音频',
    qqmusic: '个音频',
    'mp-common-mpaudio': '个音频',
  },
  ...{
    svg: '个 SVG 图形或动效',
    math: '个公式',
    canvas: '个图形',
    object: '个嵌入对象',
    embed: '个嵌入对象',
    applet: '个嵌入对象',
  },
  ...{ input: '个表单项', textarea: '个表单项', select: '个表单项', datalist: '个表单项' },
};

function callOf(element: HtmlElement): string | null | undefined {
  const { name, attributes } = element;
  const isVideo = /video|v\.qq\.com|bilibili|youku/i.test(
    `${attributes.class ?? ''} ${attributes.src ?? ''} ${attributes['data-src'] ?? ''}`,
  );
  if (name === 'iframe' && isVideo) return '个视频';
  if (name in dropped) return dropped[name];
  // The platform's own: a card, a mini program, a vote.
  return name.startsWith('mp-') ? '个公众号组件（名片、小程序等）' : undefined;
}

/** What a text has lost on its way in, told in Chinese. */
export class Losses {
  readonly #seen = new WeakSet<HtmlElement>();
  readonly #dropped = new Map<string, number>();
  readonly #counts = { words: 0, pictures: 0, placed: 0, hidden: 0, handlers: 0, links: 0 };

  /** Whether the element stays out. Asked about twice, an element counts once. */
  drops(element: HtmlElement): boolean {
    const call = callOf(element);
    if (this.#seen.has(element)) return call !== undefined;
    this.#seen.add(element);
    if (call === undefined) {
      this.#look(element);
      return false;
    }
    if (call !== null) this.#dropped.set(call, (this.#dropped.get(call) ?? 0) + 1);
    const isText = call !== null && !['script', 'style'].includes(element.name);
    if (isText && textWithin(element).trim() !== '') this.#counts.words += 1;
    return true;
  }

  #look(element: HtmlElement): void {
    const { attributes } = element;
    const { lost } = readStyle(attributes.style ?? '');
    this.#counts.pictures += lost.pictures;
    this.#counts.placed += lost.placed;
    const isHidden = lost.hidden > 0 || 'hidden' in attributes;
    // A wrapper with small type has text of its own only where it stands directly in it.
    const own = element.children.some((child) => typeof child === 'string' && child.trim() !== '');
    if (isHidden && own) this.#counts.hidden += 1;
    this.#counts.handlers += Object.keys(attributes).filter((name) => name.startsWith('on')).length;
    const href = element.name === 'a' ? (attributes.href?.trim() ?? '') : '';
    if (href !== '' && !/^(?:#|javascript:\s*(?:void\(0\))?;?$)/i.test(href) && readHref(href) === null)
      this.#counts.links += 1;
  }

  /** @param unreachable pictures that could not be had */
  notes(unreachable: number): string[] {
    const { words, pictures, placed, hidden, handlers, links } = this.#counts;
    const told: [number, (count: number) => string][] = [
      [words, (count) => `去掉的内容里有 ${count} 处文字，请核对是否需要补上`],
      [handlers, (count) => `去掉了 ${count} 处事件代码`],
      [unreachable, (count) => `${count} 张图片没有带过来（在本机上，或格式不支持），请重新插入`],
      [pictures, (count) => `${count} 处背景图片没有带过来`],
      [placed, (count) => `${count} 处叠放的版式改成了顺序排列`],
      [hidden, (count) => `有 ${count} 处隐藏的文字，已显示出来，请核对`],
      [links, (count) => `${count} 个链接的地址不能用，只留下了文字`],
    ];
    return [
      ...[...this.#dropped].map(([call, count]) => `去掉了 ${count} ${call}`),
      ...told.filter(([count]) => count > 0).map(([count, tell]) => tell(count)),
    ];
  }
}
