import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';

type PdfOperators = typeof import('pdfjs-dist/legacy/build/pdf.mjs')['OPS'];
type Layers = Awaited<ReturnType<PDFDocumentProxy['getOptionalContentConfig']>>;

/** Why a reader does not see it, in the order in which it is told. */
type HiddenBecause = '关闭的图层' | '不可见文字' | '白色文字' | '极小的文字';

export interface HiddenText {
  because: HiddenBecause;
  text: string;
}

const invisibleModes = new Set([3, 7]);
/** In points; what a person reads begins at six. */
const smallest = 2;

/** What holds for the text that is drawn next. */
interface Brush {
  mode: number;
  isWhite: boolean;
  size: number;
  scale: number;
}

interface Glyph {
  unicode?: string;
}

const isWhite = (values: readonly unknown[]): boolean => {
  const [first] = values;
  if (typeof first === 'string') return /^#f{6}$/i.test(first);
  return values.length > 0 && values.every((value) => value === 255 || value === 1);
};

/** Follows the orders by which a page is drawn, and gathers the words that nobody sees. */
class HiddenTextReader {
  readonly #ops: PdfOperators;
  readonly #layers: Layers;
  readonly found = new Map<HiddenBecause, string>();
  seen = 0;
  /** Text over a scan is invisible by design: it repeats what the picture shows. */
  hasPicture = false;
  #brush: Brush = { mode: 0, isWhite: false, size: 12, scale: 1 };
  readonly #stack: Brush[] = [];
  /** For each open mark, whether its layer is off. */
  readonly #marks: boolean[] = [];
  #hasGround = false;

  constructor(ops: PdfOperators, layers: Layers) {
    this.#ops = ops;
    this.#layers = layers;
  }

  // biome-ignore lint/suspicious/noExplicitAny: what an order carries depends on the order
  read(fn: number, args: any): void {
    const { OPS, brush } = { OPS: this.#ops, brush: this.#brush };
    if (fn === OPS.save) this.#stack.push({ ...brush });
    else if (fn === OPS.restore) this.#brush = this.#stack.pop() ?? brush;
    else if (fn === OPS.setTextRenderingMode) brush.mode = Number(args[0]);
    else if (fn === OPS.setFillRGBColor || fn === OPS.setFillGray || fn === OPS.setFillCMYKColor)
      brush.isWhite = isWhite([...args]);
    else if (fn === OPS.setFont) brush.size = Math.abs(Number(args[1]));
    else if (fn === OPS.setTextMatrix) brush.scale = scaleOf(args);
    else if (fn === OPS.beginMarkedContentProps) this.#marks.push(this.#isOff(args));
    else if (fn === OPS.beginMarkedContent) this.#marks.push(false);
    else if (fn === OPS.endMarkedContent) this.#marks.pop();
    else if (fn === OPS.showText) this.#show(args[0]);
    else this.#noteGround(fn);
  }

  #isOff([tag, group]: [string, { type?: string } | null]): boolean {
    return tag === 'OC' && group !== null && !this.#layers.isVisible(group);
  }

  #noteGround(fn: number): void {
    const OPS = this.#ops;
    const pictures = [OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject];
    if (pictures.includes(fn)) this.hasPicture = true;
    if (pictures.includes(fn) || fn === OPS.constructPath || fn === OPS.shadingFill) this.#hasGround = true;
  }

  #show(glyphs: readonly (Glyph | number | null)[]): void {
    const text = glyphs
      .map((glyph) => (typeof glyph === 'object' && glyph !== null ? (glyph.unicode ?? '') : ''))
      .join('');
    const because = this.#whyHidden();
    if (because === null) this.seen += text.trim().length;
    else this.found.set(because, `${this.found.get(because) ?? ''}${text}`);
  }

  #whyHidden(): HiddenBecause | null {
    const { mode, size, scale, isWhite: white } = this.#brush;
    if (this.#marks.includes(true)) return '关闭的图层';
    if (invisibleModes.has(mode)) return '不可见文字';
    if (size * scale < smallest) return '极小的文字';
    // White on a coloured ground is a headline; on nothing it is paper on paper.
    return white && !this.#hasGround ? '白色文字' : null;
  }
}

/** [a, b, c, d, e, f] in one list, or as the first argument. */
function scaleOf(args: readonly unknown[]): number {
  const matrix = (args.length === 1 ? args[0] : args) as ArrayLike<number>;
  return Math.hypot(Number(matrix[2] ?? 0), Number(matrix[3] ?? 1));
}

/** What stands on a page and is not seen there: on a layer that is off, without ink, white on white, too small to be read. */
export async function readHiddenText(
  page: PDFPageProxy,
  { ops, layers }: { ops: PdfOperators; layers: Layers },
): Promise<HiddenText[]> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const reader = new HiddenTextReader(ops, layers);
  for (const [i, fn] of fnArray.entries()) reader.read(fn, argsArray[i] ?? []);
  const isScan = reader.hasPicture && reader.seen === 0;
  return [...reader.found]
    .map(([because, text]) => ({ because, text: text.trim() }))
    .filter(({ because, text }) => text !== '' && !(isScan && because === '不可见文字'));
}
