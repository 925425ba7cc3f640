import type { DraftNode } from '../domain/draft-document.ts';
import { type InlineMarks, writeMarks } from './inline-marks.ts';

export type BuildParagraph = (inline: DraftNode[]) => DraftNode | null;

const isBreak = (node: DraftNode | undefined) => node?.type === 'hardBreak';

/** Inline content becomes paragraphs, blocks stand between them. */
export class Flow {
  readonly #blocks: DraftNode[] = [];
  #inline: DraftNode[] = [];
  readonly #build: BuildParagraph;

  constructor(build: BuildParagraph) {
    this.#build = build;
  }

  /** Runs of blanks count as one; no-break spaces, by which Chinese texts indent, are none. */
  addText(text: string, marks: InlineMarks): void {
    const last = this.#inline.at(-1);
    const flat = text.replace(/[ \t\n\r\f]+/g, ' ');
    const isAfterBlank = last === undefined || isBreak(last) || last.text?.endsWith(' ') === true;
    this.#put(isAfterBlank ? flat.replace(/^ /, '') : flat, marks);
  }

  /** Of `<pre>`: as it stands. */
  addLines(text: string, marks: InlineMarks): void {
    text.split(/\r\n?|\n/).forEach((line, i) => {
      if (i > 0) this.addInline({ type: 'hardBreak' });
      this.#put(line.replaceAll('\t', '    '), marks);
    });
  }

  addInline(node: DraftNode): void {
    if (isBreak(node)) this.#trimEnd();
    this.#inline.push(node);
  }

  addBlocks(blocks: readonly DraftNode[]): void {
    if (blocks.length === 0) return;
    this.endParagraph();
    this.#blocks.push(...blocks);
  }

  endParagraph(): void {
    this.#trimEnd();
    const inline = this.#inline;
    this.#inline = [];
    if (inline.length === 0) return;
    // The last break of a paragraph is not seen.
    if (isBreak(inline.at(-1))) inline.pop();
    const paragraph = this.#build(inline);
    if (paragraph !== null) this.#blocks.push(paragraph);
  }

  finish(): DraftNode[] {
    this.endParagraph();
    return this.#blocks;
  }

  #put(text: string, marks: InlineMarks): void {
    if (text === '') return;
    const written = writeMarks(marks);
    const last = this.#inline.at(-1);
    if (last?.text !== undefined && JSON.stringify(last.marks ?? []) === JSON.stringify(written)) {
      last.text += text;
    } else {
      this.#inline.push({ type: 'text', text, ...(written.length > 0 ? { marks: written } : {}) });
    }
  }

  #trimEnd(): void {
    const last = this.#inline.at(-1);
    if (last?.text === undefined) return;
    last.text = last.text.replace(/ +$/, '');
    if (last.text === '') {
      this.#inline.pop();
      this.#trimEnd();
    }
  }
}

export function buildParagraph(inline: DraftNode[]): DraftNode {
  return inline.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content: inline };
}

/** What must hold blocks holds at least an empty paragraph. */
export function filled(blocks: DraftNode[]): DraftNode[] {
  return blocks.length === 0 ? [{ type: 'paragraph' }] : blocks;
}
