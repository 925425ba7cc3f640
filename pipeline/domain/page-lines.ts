import type { NormalForm } from './normal-form.ts';
import { isJoined, normaliseText } from './normal-text.ts';

/** What a system writes around a text, each on a line of its own, and no sentence (docs/decisions/0036). */
const captions = [
  /^(?:发布|发表|发文|更新|修改|编辑|上传|添加|录入|成文)(?:时间|日期|者|人|单位|部门)?[:：丨|].{0,40}$/u,
  /^[(（【]?(?:信息|文章|新闻|稿件)?(?:来源|作者|供稿|撰稿|撰文|文字|摄影|图片|编辑|责编|责任编辑|编校|校对|审核|审校|审稿|初审|复审|终审|一审|二审|三审|一校|二校|三校|监制|排版|通讯员|日期|时间)(?:单位|部门|者|人)?[:：丨|／/].{0,50}$/u,
  /^[(（【]?(?:点击|浏览|阅读|访问)(?:次数|数|量)?[:：]?\d{0,9}次?[)）】]?$/u,
  /^(?:上|下|前|后)一?(?:篇|条|则|页)(?:文章|新闻|信息)?(?:[:：].{0,80})?$/u,
  /^[【[]?(?:打印|关闭|返回|收藏|分享|字体|字号)(?:本页|本文|此文|窗口|页面|顶部|列表|首页|上页|到|至)?[:：]?(?:大|中|小|\s)*[】\]]?$/u,
  /^扫一扫.{0,14}$/u,
];
const sentence = /[。！？；]/u;
const longest = 120;

/** Of a list of files under a text: what stands around a name. */
const fileLabel = /^(?:附件(?:下载)?\d{0,2}[:：.、]?)?(?:\d{1,2}[.、．])?[【《[]?/u;
const fileEnd = /[】》\]]?(?:已?下载\d{0,9}次?)?$/u;
const fileHeading = /^(?:相关|下载)?附件(?:下载|列表|清单)?\d{0,2}[:：]?$/u;
/** A number or a dot that a system has written out in front of an item. */
const numberMark = /^[(（]?(\d{1,3})[.．、)）]+/u;
const dotMark = /^[•·●■◆▪‣○▶–*]/u;

export interface PageText {
  /** Lines as a parser stores them. */
  text: string;
  title: string;
  /** Of the files that the page offers. */
  fileNames: readonly string[];
}

export interface LineReading {
  /** Every line is the draft's, in order and whole, or one that its system wrote. */
  same: boolean;
  /** Lines left out as the system's own, in normal form. */
  ignored: string[];
  /** Normal form of what is left of the page. */
  rest: string;
}

interface Line {
  text: string;
  /** `file`: may stand anywhere; `around`: before or after the text only. */
  own: 'file' | 'around' | null;
}

function readLines(page: PageText): Line[] {
  const names = new Set(
    page.fileNames.map((name) => bareName(normaliseText(name))).filter((name) => name !== ''),
  );
  const title = normaliseText(page.title);
  const isFile = (line: string) => names.size > 0 && (fileHeading.test(line) || names.has(bareName(line)));
  return page.text
    .split('\n')
    .map((line) => normaliseText(line))
    .filter((line) => line !== '')
    .map((text) => ({ text, own: isFile(text) ? 'file' : isAround(text, title) ? 'around' : null }));
}

/** What is left of a name, or of a line that shows it, without the labels around it. */
function bareName(name: string): string {
  let bare = name;
  for (let before = ''; before !== bare; ) {
    before = bare;
    bare = bare.replace(fileLabel, '').replace(fileEnd, '');
  }
  return bare;
}

function isAround(line: string, title: string): boolean {
  if (line === title) return true;
  return line.length <= longest && !sentence.test(line) && captions.some((caption) => caption.test(line));
}

/**
 * Reads a page's lines against the draft's text: each goes on where the one before ended, or is left out as the system's own.
 * Nothing of the draft may be missing, so that no line of the draft is ever taken for the system's.
 */
export function readAgainst(draft: Pick<NormalForm, 'text' | 'items'>, page: PageText): LineReading {
  const lines = readLines(page);
  const left = findLeftOut(draft, lines);
  if (left !== null)
    return { same: true, ignored: left.map((at) => lines[at]?.text ?? ''), rest: draft.text };
  return guess(draft, lines);
}

/** Which lines are left out so that the others are the draft; null when there is no such choice. */
function findLeftOut(draft: Pick<NormalForm, 'text' | 'items'>, lines: readonly Line[]): number[] | null {
  const hopeless = new Set<string>();
  const left: number[] = [];
  const go = (at: number, offset: number, begun: boolean): boolean => {
    const line = lines[at];
    if (line === undefined) return offset === draft.text.length;
    const key = `${at} ${offset}`;
    if (hopeless.has(key)) return false;
    for (const end of endsOf(draft, line.text, offset)) if (go(at + 1, end, true)) return true;
    const isOver = offset === draft.text.length;
    if (line.own === 'file' || (line.own === 'around' && (!begun || isOver))) {
      left.push(at);
      if (go(at + 1, offset, begun)) return true;
      left.pop();
    }
    hopeless.add(key);
    return false;
  };
  // As deep as there are lines: what is longer than any article is compared as a whole.
  return lines.length <= 3000 && go(0, 0, false) ? left : null;
}

/** Where a line ends in the draft if it goes on at `offset`. */
function endsOf({ text, items }: Pick<NormalForm, 'text' | 'items'>, line: string, offset: number): number[] {
  const at = text[offset] === ' ' ? offset + 1 : offset;
  const forms = [line, ...withoutMarks(items, line, [offset, at])];
  return forms.flatMap((form) => {
    if (form === '' || !text.startsWith(form, at)) return [];
    // A line that begins inside a word of the draft has broken it.
    if (at === offset && isJoined(text[at - 1]) && isJoined(form[0])) return [];
    const end = at + form.length;
    return [end];
  });
}

/** Where an item of a list begins, its number may have been written out: its own number and no other. */
function withoutMarks(items: NormalForm['items'], line: string, places: readonly number[]): string[] {
  return items
    .filter(({ at }) => places.includes(at))
    .flatMap(({ number }) => {
      const mark = (number === null ? dotMark : numberMark).exec(line);
      if (mark === null || (number !== null && Number(mark[1]) !== number)) return [];
      return [line.slice(mark[0].length).trimStart()];
    });
}

/** Where it does not fit: what the draft has nothing of is left out, to show what differs and nothing else. */
function guess(draft: Pick<NormalForm, 'text'>, lines: readonly Line[]): LineReading {
  const isDrafts = ({ text }: Line) => draft.text.includes(text);
  const first = lines.findIndex((line) => line.own !== 'around' || isDrafts(line));
  const last = lines.findLastIndex((line) => line.own !== 'around' || isDrafts(line));
  const ignored: string[] = [];
  const kept = lines.filter((line, at) => {
    const isOwn = line.own === 'file' || (line.own === 'around' && (at < first || at > last));
    if (!isOwn || isDrafts(line)) return true;
    ignored.push(line.text);
    return false;
  });
  return { same: false, ignored, rest: normaliseText(kept.map(({ text }) => text).join('\n')) };
}
