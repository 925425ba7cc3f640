import type { DraftMark } from '../domain/draft-document.ts';
import { LinkHref } from '../domain/draft-document.ts';
import { readStyle, textStyleOf, writeStyle } from '../domain/layout-style.ts';
import type { HtmlElement } from './html-tree.ts';

/** What text at one place carries; `style` is that of all spans around it together. */
export interface InlineMarks {
  plain: ReadonlySet<PlainMark>;
  style: ReadonlyMap<string, string>;
  link: { href: string; title: string | null } | null;
}
type PlainMark = 'bold' | 'italic' | 'underline' | 'strike' | 'superscript' | 'subscript' | 'code';

export const noMarks: InlineMarks = { plain: new Set(), style: new Map(), link: null };

const order: readonly PlainMark[] = [
  'bold',
  'italic',
  'underline',
  'strike',
  'superscript',
  'subscript',
  'code',
];

const byName: Record<string, PlainMark> = {
  ...{
    b: 'bold',
    strong: 'bold',
    i: 'italic',
    em: 'italic',
    cite: 'italic',
    u: 'underline',
    ins: 'underline',
  },
  ...{ s: 'strike', strike: 'strike', del: 'strike', sup: 'superscript', sub: 'subscript' },
  ...{ code: 'code', kbd: 'code', samp: 'code', tt: 'code' },
};

/** Looks that are marks; taken out of the style. `off` where the style says that it is not so. */
function takeMarks(style: Map<string, string>, plain: Set<PlainMark>): void {
  const take = (property: string, mark: PlainMark, [on, off]: [RegExp, RegExp]) => {
    const value = style.get(property);
    if (value === undefined || !(on.test(value) || off.test(value))) return;
    style.delete(property);
    if (on.test(value)) plain.add(mark);
    else plain.delete(mark);
  };
  take('font-weight', 'bold', [/^(?:bold|bolder|[6-9]00)$/, /^(?:normal|lighter|[1-5]00)$/]);
  take('font-style', 'italic', [/^(?:italic|oblique)$/, /^normal$/]);
  const decoration = style.get('text-decoration');
  if (decoration === 'underline') plain.add('underline');
  if (decoration === 'line-through') plain.add('strike');
  style.delete('text-decoration');
}

const fontSizes = ['', '10px', '13px', '16px', '18px', '24px', '32px', '48px'];

/** The looks of an element, its old attributes (`<font color>`) included, as one `style` attribute. */
export function styleAttribute({ name, attributes }: HtmlElement): string {
  const width = ['td', 'th', 'table'].includes(name)
    ? /^\d{1,4}(%|px)?$/.exec(attributes.width?.trim() ?? '')
    : null;
  const old = [
    width === null ? '' : `width:${width[0]}${width[1] === undefined ? 'px' : ''}`,
    attributes.align && !['img', 'table'].includes(name) ? `text-align:${attributes.align}` : '',
    attributes.bgcolor ? `background-color:${attributes.bgcolor}` : '',
    name === 'font' && attributes.color ? `color:${attributes.color}` : '',
    name === 'font' ? `font-size:${fontSizes[Number(attributes.size)] ?? ''}` : '',
    name === 'center' ? 'text-align:center' : '',
  ];
  return [...old.filter((one) => one !== ''), attributes.style ?? ''].join(';');
}

export function readHref(address: string | undefined): string | null {
  const trimmed = (address ?? '').trim().replace(/[\t\n\r]/g, '');
  const href = trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
  // What it leads to on its own page has no name in a draft.
  return href !== '' && !href.startsWith('#') && LinkHref.safeParse(href).success ? href : null;
}

/** What text inside of an inline element carries. */
export function marksInside(element: HtmlElement, around: InlineMarks): InlineMarks {
  const plain = new Set(around.plain);
  const byTag = byName[element.name];
  if (byTag !== undefined) plain.add(byTag);
  const read = readStyle(styleAttribute(element)).style;
  const raised = read.get('vertical-align');
  if (raised === 'super') plain.add('superscript');
  if (raised === 'sub') plain.add('subscript');
  const own = textStyleOf(read);
  takeMarks(own, plain);
  const href = element.name === 'a' ? readHref(element.attributes.href) : null;
  const title = element.attributes.title?.slice(0, 300) || null;
  return {
    plain,
    style: own.size === 0 ? around.style : new Map([...around.style, ...own]),
    link: href === null ? around.link : { href, title },
  };
}

/** As the document has them, in one order. */
export function writeMarks({ plain, style, link }: InlineMarks): DraftMark[] {
  const written = writeStyle(style);
  return [
    ...(link === null ? [] : [{ type: 'link' as const, attrs: link }]),
    ...(written === null ? [] : [{ type: 'textStyle' as const, attrs: { style: written } }]),
    ...order.filter((mark) => plain.has(mark)).map((type) => ({ type })),
  ];
}
