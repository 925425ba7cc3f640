/** Where in a file a place stands: the readers head each part with its name in 【】 (pipeline/extract/compose.ts). */
export interface TextSection {
  /** 隐藏工作表：名单; empty for the text of the file itself. */
  name: string;
  /** A reader of the file does not see it at once. */
  isHidden: boolean;
  start: number;
}

const heading = /(?<=^|\n)【([^】\n]{1,200})】(?=\n)/gu;
const hiddenName = /隐藏|批注|备注|嵌入文件|文档部件库|缓存|页眉页脚与提示/u;
const inlineMark = /【(隐藏行|隐藏列|已删除：|隐藏文字：)/u;

/** In order; the text before the first heading is a part without a name. */
export function readSections(text: string): TextSection[] {
  const named = [...text.matchAll(heading)].map((match): TextSection => {
    const name = match[1] ?? '';
    return { name, isHidden: hiddenName.test(name), start: match.index };
  });
  return [{ name: '', isHidden: false, start: 0 }, ...named];
}

/** The part that `at` stands in; also hidden where it is in a hidden row or column, or deleted. */
export function sectionAt(text: string, sections: readonly TextSection[], at: number): TextSection {
  const section = sections.findLast(({ start }) => start <= at) ?? { name: '', isHidden: false, start: 0 };
  if (section.isHidden) return section;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const before = text.slice(lineStart, at);
  const isRow = before.startsWith('【隐藏行】');
  const cell = before.slice(before.lastIndexOf('\t') + 1);
  const open = inlineMark.exec(cell)?.[1];
  const isOpen =
    open !== undefined && (!open.endsWith('：') || !cell.slice(cell.indexOf(open)).includes('】'));
  return isRow || isOpen ? { ...section, isHidden: true } : section;
}
