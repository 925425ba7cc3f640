/**
 * CSS declarations of strangers → the few that a layout needs. What is not listed here, or has a value of another form, is left out:
 * nothing that fetches, runs, covers other content, or hides text.
 */
export type LayoutStyle = ReadonlyMap<string, string>;

const number = String.raw`\d{0,4}(?:\.\d{1,4})?`;
const length = `-?${number}(?:px|pt|em|rem|%|vw)?`;
const positive = `${number}(?:px|pt|em|rem|%|vw)?`;
const colour = String.raw`(?:#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([\d.,%\s/deg]{3,40}\)|[a-z]{3,24})`;
const lineStyle = '(?:none|hidden|dotted|dashed|solid|double|groove|ridge|inset|outset)';
const borderPart = `(?:${positive}|thin|medium|thick|${lineStyle}|${colour})`;
const gradientStop = `${colour}(?:\\s+${length}){0,2}`;
const gradient = String.raw`(?:repeating-)?linear-gradient\((?:(?:to [a-z]+(?: [a-z]+)?|-?\d{1,3}(?:\.\d+)?deg)\s*,\s*)?${gradientStop}(?:\s*,\s*${gradientStop}){1,5}\)`;
const shadow = `(?:inset\\s+)?(?:${colour}\\s+)?${length}(?:\\s+${length}){1,3}(?:\\s+${colour})?`;

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);
const upTo = (count: number, part: string) => whole(`${part}(?:\\s+${part}){0,${count - 1}}`);
const words = (...allowed: string[]) => whole(allowed.join('|'));

const sides = ['top', 'right', 'bottom', 'left'];
const corners = ['top-left', 'top-right', 'bottom-right', 'bottom-left'];
const forSides = (build: (side: string) => [string, RegExp][]) => sides.flatMap(build);

/** Of text whatever stands in a span; the rest is of boxes. */
const textProperties = new Map<string, RegExp>([
  ['color', whole(colour)],
  ['background-color', whole(colour)],
  // Nothing smaller than a reader can see.
  [
    'font-size',
    whole(
      String.raw`(?:[5-9]|[1-9]\d{1,2})(?:\.\d{1,4})?(?:px|pt)|(?:0\.[4-9]\d{0,3}|[1-9](?:\.\d{1,4})?)r?em|(?:[4-9]\d|[1-9]\d\d)(?:\.\d+)?%|(?:x{1,2}-)?(?:small|large)|medium|smaller|larger`,
    ),
  ],
  ['font-weight', words('normal', 'bold', 'bolder', 'lighter', '[1-9]00')],
  ['font-style', words('normal', 'italic', 'oblique')],
  ['text-decoration', words('none', 'underline', 'line-through', 'overline')],
  ['letter-spacing', whole(String.raw`normal|-?[0-3]?(?:\.\d{1,4})?(?:px|pt|em)|\d{1,2}(?:\.\d+)?(?:px|pt)`)],
  ['line-height', whole(`normal|${positive}`)],
  ['text-shadow', whole(shadow)],
]);

const boxProperties = new Map<string, RegExp>([
  ...textProperties,
  ['background', whole(`${colour}|${gradient}`)],
  ['background-image', whole(gradient)],
  ['text-align', words('left', 'center', 'right', 'justify')],
  ['overflow-wrap', words('normal', 'break-word', 'anywhere')],
  ['word-break', words('normal', 'break-all', 'break-word', 'keep-all')],
  ['text-indent', whole(positive)],
  ['padding', upTo(4, positive)],
  // Negative ones pull a title over its frame; further than this they would push text out of sight.
  ['margin', upTo(4, String.raw`(?:auto|-?\d{1,2}(?:\.\d+)?(?:px|pt|%)|-?[0-5](?:\.\d+)?r?em|${positive})`)],
  ...forSides((side) => [
    [`padding-${side}`, whole(positive)],
    [
      `margin-${side}`,
      whole(String.raw`auto|-?\d{1,2}(?:\.\d+)?(?:px|pt|%)|-?[0-5](?:\.\d+)?r?em|${positive}`),
    ],
    [`border-${side}`, upTo(3, borderPart)],
    [`border-${side}-width`, whole(`${positive}|thin|medium|thick`)],
    [`border-${side}-style`, whole(lineStyle)],
    [`border-${side}-color`, whole(colour)],
  ]),
  ['border', upTo(3, borderPart)],
  ['border-width', upTo(4, `(?:${positive}|thin|medium|thick)`)],
  ['border-style', upTo(4, lineStyle)],
  ['border-color', upTo(4, colour)],
  ['border-collapse', words('collapse', 'separate')],
  ['border-spacing', upTo(2, positive)],
  [
    'border-radius',
    whole(`${positive}(?:\\s+${positive}){0,3}(?:\\s*/\\s*${positive}(?:\\s+${positive}){0,3})?`),
  ],
  ...corners.map((corner): [string, RegExp] => [`border-${corner}-radius`, upTo(2, positive)]),
  ['box-shadow', whole(`none|${shadow}`)],
  ['box-sizing', words('border-box', 'content-box')],
  ['width', whole(`auto|${positive}`)],
  ['max-width', whole(`none|${positive}`)],
  ['min-width', whole(positive)],
  ['height', whole(`auto|${positive}`)],
  ['min-height', whole(positive)],
  ['display', words('block', 'inline-block', 'inline', 'flex', 'inline-flex', 'table', 'table-cell')],
  ['flex', whole(String.raw`none|auto|\d{1,4}(?:\s+\d{1,4}){0,1}(?:\s+(?:auto|${positive}))?`)],
  ['flex-flow', words('(?:row|column)(?:-reverse)?(?:\\s+(?:no)?wrap)?')],
  ['flex-direction', words('row', 'column', 'row-reverse', 'column-reverse')],
  ['flex-wrap', words('wrap', 'nowrap')],
  [
    'justify-content',
    words('flex-start', 'flex-end', 'center', 'space-between', 'space-around', 'start', 'end'),
  ],
  ['align-items', words('flex-start', 'flex-end', 'center', 'stretch', 'baseline', 'start', 'end')],
  ['align-self', words('auto', 'flex-start', 'flex-end', 'center', 'stretch', 'baseline', 'start', 'end')],
  ['vertical-align', words('top', 'middle', 'bottom', 'baseline', 'text-top', 'text-bottom', 'super', 'sub')],
  ['opacity', whole(String.raw`1(?:\.0+)?|0?\.[3-9]\d{0,3}`)],
  [
    'list-style-type',
    words(
      'none',
      'disc',
      'circle',
      'square',
      'decimal',
      'lower-alpha',
      'lower-roman',
      'upper-alpha',
      'upper-roman',
      'cjk-ideographic',
      'simp-chinese-informal',
    ),
  ],
]);

/** In code units; zod holds the same (draft-document.ts). */
const longest = 1000;

/** At semicolons that stand in no quotes and no brackets, comments left out. */
function splitDeclarations(css: string): string[] {
  const found: string[] = [];
  let current = '';
  let depth = 0;
  let quote = '';
  for (const character of css.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ')) {
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (character === ';' && depth === 0) {
      found.push(current);
      current = '';
      continue;
    }
    current += character;
  }
  return [...found, current];
}

const blank = new Set([
  '',
  'initial',
  'inherit',
  'unset',
  'revert',
  'transparent none',
  'var',
  'currentcolor',
]);

function readDeclaration(declaration: string): [string, string] | null {
  const colon = declaration.indexOf(':');
  if (colon < 0 || declaration.length > longest) return null;
  const name = declaration.slice(0, colon).trim().toLowerCase();
  const value = declaration
    .slice(colon + 1)
    .replace(/!\s*important/gi, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();
  return blank.has(value)
    ? null
    : [name.replace(/^-webkit-(?=box-(?:sizing|shadow)|flex|justify|align)/, ''), value];
}

/** A shorthand with more than a colour in it: the colour is kept. */
function colourIn(value: string): string | null {
  const parts = value.replace(/url\([^)]*\)/g, ' ').match(/(?:rgb|hsl)a?\([^)]*\)|#[0-9a-f]{3,8}\b/g);
  return parts?.length === 1 ? (parts[0] ?? null) : null;
}

export interface ReadStyle {
  style: Map<string, string>;
  /** What a layout looks different without. */
  lost: { pictures: number; placed: number; hidden: number };
}

const alignments: Record<string, string> = { start: 'left', end: 'right', '-webkit-center': 'center' };

function lossOf(name: string, value: string): keyof ReadStyle['lost'] | null {
  if (value.includes('url(')) return 'pictures';
  if (name === 'position' && /absolute|fixed|sticky/.test(value)) return 'placed';
  if (name === 'transform' && value !== 'none' && /translate/.test(value)) return 'placed';
  const isHidden =
    (name === 'display' && value === 'none') ||
    (name === 'visibility' && value === 'hidden') ||
    (name === 'opacity' && /^0?(?:\.[0-2]\d*)?$/.test(value)) ||
    (name === 'font-size' && /^0(?:px|pt|em)?$/.test(value));
  return isHidden ? 'hidden' : null;
}

/** The declarations of a `style` attribute that are allowed for a box. */
export function readStyle(css: string): ReadStyle {
  const style = new Map<string, string>();
  const lost = { pictures: 0, placed: 0, hidden: 0 };
  for (const declaration of splitDeclarations(css)) {
    const read = readDeclaration(declaration);
    if (read === null) continue;
    const [name] = read;
    const value = name === 'text-align' ? (alignments[read[1]] ?? read[1]) : read[1];
    if (boxProperties.get(name)?.test(value)) {
      // Last one wins, and stands last.
      style.delete(name);
      style.set(name, value);
      continue;
    }
    const colourAlone = name === 'background' ? colourIn(value) : null;
    if (colourAlone !== null && boxProperties.get('background-color')?.test(colourAlone))
      style.set('background-color', colourAlone);
    const loss = lossOf(name, value);
    if (loss !== null) lost[loss] += 1;
  }
  return { style, lost };
}

/** What of it may stand on a run of text. */
export function textStyleOf(style: LayoutStyle): Map<string, string> {
  return new Map([...style].filter(([name]) => textProperties.has(name)));
}

/** `property: value; …` as the document keeps it; null where nothing is left. What is too long loses its end. */
export function writeStyle(style: LayoutStyle): string | null {
  let written = '';
  for (const [name, value] of style) {
    const next = `${written}${written === '' ? '' : ' '}${name}: ${value};`;
    if (next.length > longest) break;
    written = next;
  }
  return written === '' ? null : written;
}

/** What a stored or sent style comes out as: itself where it was written here. */
export function sanitizeStyle(css: string | null): string | null {
  return css === null ? null : writeStyle(readStyle(css).style);
}
