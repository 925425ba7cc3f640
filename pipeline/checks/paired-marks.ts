import type { TextHit } from './text-stage.ts';

interface Pair {
  open: string;
  close: string;
  name: string;
  /** What stands for it inside itself. */
  inner: readonly [string, string] | null;
}

const pairs: readonly Pair[] = [
  { open: '“', close: '”', name: '引号', inner: ['‘', '’'] },
  { open: '《', close: '》', name: '书名号', inner: ['〈', '〉'] },
  { open: '（(', close: '）)', name: '括号', inner: null },
  { open: '【', close: '】', name: '方括号', inner: null },
];

/** What stands before 1）, 一), a): a closing bracket that needs no opening one. */
const itemHead = /(?:^|[\s　。；：，、:;,])[0-9０-９a-zA-Z一二三四五六七八九十①-⑩]{1,3}$/u;
/** :) and the like are no brackets; nor is a sum. */
const wideContent = /[一-鿿]/u;

interface Open {
  at: number;
  mark: string;
}

function* lines(text: string): Generator<{ line: string; from: number }> {
  let from = 0;
  for (const line of text.split('\n')) {
    yield { line, from };
    from += line.length + 1;
  }
}

const unmatched = (at: number, { name }: Pair, mark: string): TextHit => ({
  rule: 'unmatched',
  start: at,
  end: at + 1,
  suggestion: null,
  message: `${name}“${mark}”没有成对，请补全或删去。`,
  about: mark,
});

/** 《a《b》c》 and “a“b”c”: the inner ones. */
function nested(
  text: string,
  { start, end, pair }: { start: number; end: number; pair: Pair },
): TextHit | null {
  if (pair.inner === null) return null;
  const [open, close] = pair.inner;
  return {
    rule: 'nested',
    start,
    end,
    suggestion: `${open}${text.slice(start + 1, end - 1)}${close}`,
    message: `${pair.name}里面再用${pair.name}，里层用“${open}${close}”（GB/T 15834 4.8.3、4.15.3）。`,
    about: pair.name,
  };
}

function mixed(text: string, start: number, end: number): TextHit | null {
  const whole = text.slice(start, end);
  const isWide = whole.startsWith('（');
  if (isWide === whole.endsWith('）') || !wideContent.test(whole)) return null;
  return {
    rule: 'mixed-brackets',
    start,
    end,
    suggestion: `（${whole.slice(1, -1)}）`,
    message: '括号一半全角、一半半角，中文里用全角“（）”。',
    about: 'mixed-brackets',
  };
}

function* findInLine(line: string, pair: Pair, from: number): Generator<TextHit> {
  const open: Open[] = [];
  for (let at = 0; at < line.length; at += 1) {
    const mark = line.charAt(at);
    if (pair.open.includes(mark)) {
      open.push({ at, mark });
    } else if (pair.close.includes(mark)) {
      const begun = open.pop();
      if (begun === undefined) {
        const isHead = pair.name === '括号' && itemHead.test(line.slice(0, at));
        if (!isHead) yield unmatched(from + at, pair, mark);
        continue;
      }
      const inner = open.length > 0 ? nested(line, { start: begun.at, end: at + 1, pair }) : null;
      const odd = pair.name === '括号' ? mixed(line, begun.at, at + 1) : null;
      for (const hit of [inner, odd])
        if (hit !== null) yield { ...hit, start: hit.start + from, end: hit.end + from };
    }
  }
  for (const { at, mark } of open) yield unmatched(from + at, pair, mark);
}

/** A quotation over several paragraphs opens in each and closes in the last. */
function runsOn(line: string, next: string | undefined): boolean {
  return next !== undefined && /^[\s　]*“/u.test(next) && line.lastIndexOf('“') > line.lastIndexOf('”');
}

/** Brackets, quotation marks and title marks that have lost their other half, or stand inside themselves; a paragraph at a time. */
export function* findPairProblems(text: string): Generator<TextHit> {
  const all = [...lines(text)];
  for (const [index, { line, from }] of all.entries()) {
    for (const pair of pairs) {
      if (pair.name === '引号' && runsOn(line, all[index + 1]?.line)) continue;
      yield* settleLine([...findInLine(line, pair, from)]);
    }
  }
}

/** Where one mark is lost, what seems nested may be no more than that: it is said once. */
function settleLine(hits: TextHit[]): TextHit[] {
  const lost = hits.filter(({ rule }) => rule === 'unmatched');
  return lost.length === 0 ? hits : lost.slice(0, 1);
}
