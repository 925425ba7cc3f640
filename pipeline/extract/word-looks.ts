import { readXml } from './xml.ts';
import type { ZipContainer } from './zip-container.ts';

/** What a paragraph style says; null where it leaves it to the style that it is based on. */
interface StyleFacts {
  name: string;
  basedOn: string | null;
  jc: string | null;
  outlineLevel: number | null;
}

/** Looks of paragraphs that come from their styles; the parents' where a style says nothing. */
export class WordStyles {
  readonly #styles = new Map<string, StyleFacts>();

  constructor(zip: ZipContainer) {
    const member = zip.find('word/styles.xml');
    if (member === null) return;
    let style: StyleFacts | null = null;
    readXml(zip, member, {
      open: (name, attributes) => {
        const value = attributes.get('val');
        if (name === 'style') {
          style = { name: '', basedOn: null, jc: null, outlineLevel: null };
          this.#styles.set(attributes.get('styleId') ?? '', style);
        } else if (style === null || value === null) return;
        else if (name === 'name') style.name = value;
        else if (name === 'basedOn') style.basedOn = value;
        else if (name === 'jc') style.jc = value;
        else if (name === 'outlineLvl') style.outlineLevel = Number(value);
      },
      close: (name) => {
        if (name === 'style') style = null;
      },
    });
  }

  alignment(styleId: string | null): string | null {
    return this.#find(styleId, ({ jc }) => jc);
  }

  /** 1 to 6; null for what is no heading. A document's title is a heading of level 1. */
  headingLevel(styleId: string | null): number | null {
    const level = this.#find(styleId, ({ name, outlineLevel }) => {
      const numbered = /^(?:heading|标题)\s*([1-9])/i.exec(name)?.[1];
      if (numbered !== undefined) return Number(numbered);
      if (/^(?:title|标题)$/i.test(name)) return 1;
      return outlineLevel !== null && outlineLevel < 9 ? outlineLevel + 1 : null;
    });
    return level === null ? null : Math.min(level, 6);
  }

  #find<T>(styleId: string | null, read: (style: StyleFacts) => T | null): T | null {
    let id = styleId;
    for (let steps = 0; id !== null && steps < 20; steps += 1) {
      const style = this.#styles.get(id);
      if (style === undefined) return null;
      const found = read(style);
      if (found !== null) return found;
      id = style.basedOn;
    }
    return null;
  }
}

/** How runs look: what the library that reads them leaves out is handed to it as the name of a highlight. */
export interface MarkedLooks {
  xml: string;
  /** CSS by the name that stands for it. */
  looks: ReadonlyMap<string, string>;
}

const mostLooks = 300;
const highlights: Record<string, string> = {
  ...{
    yellow: '#ffff00',
    green: '#00ff00',
    cyan: '#00ffff',
    magenta: '#ff00ff',
    blue: '#0000ff',
    red: '#ff0000',
  },
  ...{
    darkBlue: '#000080',
    darkCyan: '#008080',
    darkGreen: '#008000',
    darkMagenta: '#800080',
    darkRed: '#800000',
  },
  ...{ darkYellow: '#808000', darkGray: '#808080', lightGray: '#c0c0c0' },
};

const runProperties = /<w:rPr>[\s\S]{0,4000}?<\/w:rPr>/g;
const valueIn = (properties: string, element: string) =>
  new RegExp(`<w:${element}\\s[^>]*?w:val="([^"]{1,20})"`).exec(properties)?.[1] ?? null;

/** In half points: that of most runs, which is how the text looks by itself. */
function usualSize(xml: string): string | null {
  const counts = new Map<string, number>();
  for (const [, size] of xml.matchAll(/<w:sz\s[^>]*?w:val="(\d{1,4})"/g))
    if (size !== undefined) counts.set(size, (counts.get(size) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

function cssOf(properties: string, usual: string | null): string {
  const colour = valueIn(properties, 'color');
  const size = valueIn(properties, 'sz');
  const highlight = highlights[valueIn(properties, 'highlight') ?? ''];
  const fill = /<w:shd\s[^>]*?w:fill="([0-9a-f]{6})"/i.exec(properties)?.[1];
  const background = highlight ?? (fill === undefined || /^f{6}$/i.test(fill) ? undefined : `#${fill}`);
  const isColoured = colour !== null && /^[0-9a-f]{6}$/i.test(colour) && colour !== '000000';
  return [
    ...(isColoured ? [`color:#${colour}`] : []),
    ...(size !== null && size !== usual && /^\d{1,4}$/.test(size) ? [`font-size:${Number(size) / 2}pt`] : []),
    ...(background === undefined ? [] : [`background-color:${background}`]),
  ].join(';');
}

/** @param xml WordprocessingML with the usual prefix; with another one it comes back as it is */
export function markLooks(xml: string): MarkedLooks {
  const usual = usualSize(xml);
  const names = new Map<string, string>();
  // How it looked before a tracked change is no look of it.
  const settled = xml.replace(/<w:(rPr|pPr)Change\b[\s\S]{0,8000}?<\/w:\1Change>/g, '');
  const marked = settled.replace(runProperties, (properties) => {
    const css = cssOf(properties, usual);
    const bare = properties.replace(/<w:highlight\b[^>]*?(?:\/>|>\s*<\/w:highlight>)/g, '');
    if (css === '' || (names.size >= mostLooks && !names.has(css))) return bare;
    const name = names.get(css) ?? `look-${names.size}`;
    names.set(css, name);
    return bare.replace('</w:rPr>', `<w:highlight w:val="${name}"/></w:rPr>`);
  });
  return { xml: marked, looks: new Map([...names].map(([css, name]) => [name, css])) };
}
