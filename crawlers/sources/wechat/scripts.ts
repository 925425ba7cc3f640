import { type Literal, LiteralReader } from './literals.ts';

export interface SplitPage {
  /** The page without what its scripts and styles hold: a twentieth of it, mostly. */
  html: string;
  scripts: string[];
  /** Texts that scripts set where the page has an empty place for them: what goes with films, pictures and sounds. */
  written: string[];
}

/** The longest script that only writes a text into the page. */
const longestWriter = 30_000;

/** Some recorders keep a page as one string of a program: with `\n` and `\"` in place of what they mean. */
function unquoted(html: string): string {
  const head = html.slice(0, 4000);
  const quoted = head.split('=\\"').length - 1;
  if (quoted === 0 || quoted < (head.match(/[^\\]="/g)?.length ?? 0)) return html;
  return html.replace(/\\(n|r|t|"|\/|\\)/g, (_, sign: string) =>
    sign === 'n' ? '\n' : sign === 'r' || sign === 't' ? ' ' : sign,
  );
}

/** Takes scripts and styles out before the page is parsed, since they are most of it. */
export function splitPage(page: string): SplitPage {
  const source = unquoted(page);
  const scripts: string[] = [];
  const kept: string[] = [];
  const written: string[] = [];
  const opening = /<(script|style)(?=[\s>/])/gi;
  let from = 0;
  for (let start = opening.exec(source); start !== null; start = opening.exec(source)) {
    const name = start[1] ?? '';
    const bodyAt = source.indexOf('>', opening.lastIndex);
    if (bodyAt === -1) break;
    const closing = new RegExp(`</${name}[\\s>/]`, 'gi');
    closing.lastIndex = bodyAt;
    const end = closing.exec(source);
    const endAt = end === null ? source.length : end.index;
    const code = source.slice(bodyAt + 1, endAt);
    kept.push(source.slice(from, start.index));
    if (name.toLowerCase() === 'script') {
      kept.push(writtenBy(code));
      scripts.push(code);
      written.push(...(isTemplate(source.slice(start.index, bodyAt)) ? [code] : describedBy(code)));
    }
    const close = end === null ? -1 : source.indexOf('>', endAt);
    from = close === -1 ? source.length : close + 1;
    opening.lastIndex = from;
  }
  kept.push(source.slice(from));
  // Lines of a listing stand in elements of their own, with nothing between.
  return { html: kept.join('').replace(/<\/code>(?=\s*<code)/gi, '</code><br>'), scripts, written };
}

/** What a script that only writes a text puts in its place, as markup: pictures and shared articles of some years have it so. */
function writtenBy(code: string): string {
  if (code.length > longestWriter) return '';
  const write =
    /^\s*document\.write\(\s*(?=["'])/.exec(code) ??
    /js_share_notice[^;]{0,80}\.innerHTML\s*=\s*(?=["'])/.exec(code);
  if (write === null) return '';
  const text = new LiteralReader(code, write.index + write[0].length).value();
  if (typeof text !== 'string' || /<\w/.test(text)) return '';
  return text.replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;')).replace(/\r?\n/g, '<br>');
}

/** An article that was shared with its text from another account: the text waits in a template. */
function isTemplate(tag: string): boolean {
  return /\bid\s*=\s*["']content_tpl["']/.test(tag);
}

/** What a script holds that fills the description of a film, a picture or a text. */
function describedBy(code: string): string[] {
  if (code.length > longestWriter || !/js_(?:common_share|text|image)_desc/.test(code)) return [];
  const held = /\bvar\s+\w{1,20}\s*=\s*(?=["'])/.exec(code);
  const text = held === null ? null : new LiteralReader(code, held.index + held[0].length).value();
  return typeof text === 'string' && text.trim() !== '' ? [text] : [];
}

/**
 * The first value that says something, for each of the names as variables of a page: `var x = "" || "…"`, `window.x = '…'`,
 * `d.x = xml ? … : '…'`.
 * @param holders what may stand before a name, as a pattern
 */
export function readVariables<N extends string>(
  scripts: readonly string[],
  names: readonly N[],
  holders = 'var\\s+|window\\.|d\\.|_g\\.',
): Map<N, Literal> {
  const found = new Map<N, Literal>();
  const known = new Map<string, N>(names.map((name) => [name, name]));
  const pattern = new RegExp(`\\b(?:${holders})(${names.join('|')})\\s*=(?!=)`, 'g');
  for (const code of scripts) {
    for (const match of code.matchAll(pattern)) {
      const name = known.get(match[1] ?? '');
      if (name === undefined || found.has(name)) continue;
      const value = new LiteralReader(code, match.index + match[0].length).value();
      if (value !== null && value !== '' && value !== 0) found.set(name, value);
    }
  }
  return found;
}

/** The object or list that is given to this name; null when none is. */
export function readObject(scripts: readonly string[], name: string): Literal {
  const pattern = new RegExp(`\\b${name}\\s*=\\s*(?=[{[])`, 'g');
  for (const code of scripts) {
    for (const match of code.matchAll(pattern)) {
      const value = new LiteralReader(code, match.index + match[0].length).value();
      if (value !== null && typeof value === 'object' && Object.keys(value).length > 0) return value;
    }
  }
  return null;
}
