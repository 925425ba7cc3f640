export interface SheetCell {
  /** From 0. */
  column: number;
  text: string;
}

/** What a spreadsheet hides inside of a sheet, counted while its rows are written down. */
export class SheetLines {
  readonly #lines: string[] = [];
  readonly #isHiddenColumn: (column: number) => boolean;
  readonly #columns = new Set<number>();
  #rows = 0;
  #length = 0;

  constructor(isHiddenColumn: (column: number) => boolean) {
    this.#isHiddenColumn = isHiddenColumn;
  }

  /** In code units. */
  get length(): number {
    return this.#length;
  }

  addRow(cells: readonly SheetCell[], isHidden: boolean): void {
    const shown = cells.filter(({ text }) => text.trim() !== '');
    if (shown.length === 0) return;
    const line = shown
      .map(({ column, text }) => {
        const plain = text.replace(/\s*[\r\n]+\s*/g, ' ');
        if (!this.#isHiddenColumn(column)) return plain;
        this.#columns.add(column);
        return `【隐藏列】${plain}`;
      })
      .join('\t');
    if (isHidden) this.#rows += 1;
    const marked = isHidden ? `【隐藏行】${line}` : line;
    this.#length += marked.length + 1;
    this.#lines.push(marked);
  }

  toText(): string {
    return this.#lines.join('\n');
  }

  describeHidden(sheet: string): string[] {
    const notes: string[] = [];
    if (this.#rows > 0) notes.push(`工作表“${sheet}”有 ${this.#rows} 个隐藏行`);
    if (this.#columns.size > 0) notes.push(`工作表“${sheet}”有 ${this.#columns.size} 个隐藏列`);
    return notes;
  }
}

/** `shown`: like any other; `hidden`: a reader can show it by the menu; `very-hidden`: only a program can. */
export type SheetState = 'shown' | 'hidden' | 'very-hidden';

export function nameSheet(sheet: string, state: SheetState): string {
  const kind = { shown: '工作表', hidden: '隐藏工作表', 'very-hidden': '深度隐藏工作表' }[state];
  return `${kind}：${sheet}`;
}
