import { findFullDate } from './dates.ts';
import { type Element, firstTextAt, type PageTree, parentOf, within } from './tree.ts';

/** One line as a reader sees it: the texts of one block, up to a line break. */
export interface TextLine {
  text: string;
  /** The block the line stands in. */
  block: Element;
  start: number;
  end: number;
}

/** Says when, by whom or how often, and of the page rather than of an event. */
export const publishing =
  /(?:发布|发表|发文|公布|更新|创建|添加|录入|修改|上传)(?:时间|日期|者|人|于|单位|部门)?\s?[:：【[]|(?:作者|来源|点击|浏览|阅读|编辑|责编|审核|审稿|供稿|撰稿|摄影|字体|字号|访问)(?:单位|部门|次数|数|量|者|人)?\s?[:：【[]/;
const bareLabel = /(?<!\p{Script=Han})(?:信息|文章|新闻|稿件)?(?:时间|日期)\s?[:：]\s?/u;
/** What a line about an event, rather than about the page, says nearby. */
export const eventWords =
  /(?:地\s*点|主\s*讲|主持|报告人|参加|参会|对象|题\s*目|讲座|内\s*容)(?:人员?|者)?\s*[:：]/;
const ownerName =
  /[\p{Script=Han}（）()、]{0,16}(?:学院|大学|学校|中心|委员会|办公室|图书馆|[处部院馆系办委站科室会组队社])/gu;
const inline = new Set(
  'a abbr acronym b bdi bdo big cite code em font i img ins kbd label mark o:p s small span strike strong sub sup tt u var'.split(
    ' ',
  ),
);
const mostLines = 12;

/** The lines that follow a place of the page, at most a dozen; `to` is where they must end. */
export function linesAfter(tree: PageTree, from: number, to: number): TextLine[] {
  const lines: TextLine[] = [];
  const first = firstTextAt(tree, from);
  for (const text of tree.texts.slice(first, first + 80)) {
    if (text.at >= to) break;
    if (text.hidden || text.data.trim() === '') continue;
    const block = blockOf(text.parent);
    const last = lines.at(-1);
    if (last !== undefined && last.block === block && !breaks(tree, block, last.end, text.at)) {
      last.text = `${last.text} ${text.data.replace(/\s+/g, ' ').trim()}`;
      last.end = text.at + 1;
    } else {
      if (lines.length === mostLines) break;
      lines.push({
        text: text.data.replace(/\s+/g, ' ').trim(),
        block,
        start: text.at,
        end: text.at + 1,
      });
    }
  }
  return lines;
}

/** The nearest element around that begins a line of its own. */
export function blockOf(element: Element): Element {
  let at = element;
  for (let up = parentOf(at); inline.has(at.name) && up !== null; up = parentOf(at)) at = up;
  return at;
}

function breaks(tree: PageTree, block: Element, from: number, to: number): boolean {
  return within(tree, block).some((element) => {
    const { start } = tree.spanOf(element);
    return start >= from && start < to && (element.name === 'br' || !inline.has(element.name));
  });
}

/** The unbroken run of lines under a title that say when, by whom and how often: never a line of the text itself. */
export function captionLines(lines: readonly TextLine[]): TextLine[] {
  const found: TextLine[] = [];
  for (const [place, line] of lines.entries()) {
    const around = lines.slice(Math.max(0, place - 3), place + 4).map((other) => other.text);
    const next = lines[place + 1]?.text ?? '';
    const owner =
      line.text.length <= 20 && line.text.replace(ownerName, '') === '' && findFullDate(next) !== null;
    if (!isCaption(owner ? next : line.text, around.join('\n'))) break;
    found.push(line);
  }
  return found;
}

function isCaption(text: string, around: string): boolean {
  if (text.length > 120 || /[。！？；]/.test(text)) return false;
  if (eventWords.test(text)) return false;
  if (publishing.test(text)) return true;
  if (bareLabel.test(text) && eventWords.test(around)) return false;
  const date = findFullDate(text);
  if (date === null) return false;
  // Beside the date only a label and the name of who publishes: a sentence that holds a date is no caption.
  const rest = `${text.slice(0, date.index)} ${text.slice(date.end)}`
    .replace(bareLabel, '')
    .replace(ownerName, '')
    .replace(/[\s\d:：|/\\·()（）[\]【】,，、-]/g, '');
  return rest === '' || /^(?:星期|周)[一二三四五六日天]$/.test(rest);
}

/** The elements that show nothing but caption lines: what may be left out without losing a word. */
export function captionElements(tree: PageTree, lines: readonly TextLine[], root: Element): Element[] {
  // A little beyond the last line for what is blank or hidden.
  const reach = (lines.at(-1)?.end ?? 0) + 20;
  const inCaption = (at: number) => lines.some((line) => at >= line.start && at < line.end);
  return within(tree, root).filter((element) => {
    const { start, end } = tree.spanOf(element);
    if (end > reach || !lines.some((line) => line.start >= start && line.start < end)) return false;
    const texts = tree.texts.slice(firstTextAt(tree, start), firstTextAt(tree, end));
    return texts.every((text) => text.hidden || text.data.trim() === '' || inCaption(text.at));
  });
}
