import { readSections } from '../text-sections.ts';

/** What a file holds that its reader does not see at once, by the marks its readers put around it (pipeline/extract). */
export interface HiddenPart {
  rule: string;
  called: string;
  /** Of the first; in the text of the file. */
  start: number;
  end: number;
  count: number;
}

const bySection: readonly (readonly [RegExp, string, string])[] = [
  [/隐藏工作表/u, 'hidden-sheet', '隐藏的工作表'],
  [/隐藏幻灯片/u, 'hidden-slide', '隐藏的幻灯片'],
  [/演讲者备注/u, 'speaker-notes', '演讲者备注'],
  [/隐藏文字（/u, 'hidden-layer', '看不见的文字（关闭的图层、无色或极小的文字）'],
  [/批注/u, 'comments', '批注'],
  [/嵌入文件/u, 'embedded-file', '嵌入的文件'],
  [/缓存/u, 'cached-data', '数据透视表或外部链接的缓存数据'],
];

const inline: readonly (readonly [RegExp, string, string])[] = [
  [/(?<=^|\n)【隐藏行】/gu, 'hidden-rows', '隐藏的行'],
  [/【隐藏列】/gu, 'hidden-columns', '隐藏列里的单元格'],
  [/【已删除：/gu, 'tracked-changes', '修订里已删除、但仍在文件中的文字'],
  [/【隐藏文字：/gu, 'hidden-text', '设为隐藏的文字'],
];

export function findHiddenParts(text: string): HiddenPart[] {
  const found = new Map<string, HiddenPart>();
  const add = (rule: string, called: string, span: { start: number; end: number }) => {
    const known = found.get(rule);
    if (known === undefined) found.set(rule, { rule, called, ...span, count: 1 });
    else known.count += 1;
  };
  for (const { name, start } of readSections(text)) {
    const known = bySection.find(([pattern]) => pattern.test(name));
    if (known !== undefined) add(known[1], known[2], { start, end: start + name.length + 2 });
  }
  for (const [pattern, rule, called] of inline)
    for (const match of text.matchAll(pattern))
      add(rule, called, { start: match.index, end: match.index + match[0].length });
  return [...found.values()];
}
