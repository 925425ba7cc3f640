import type { PageRole } from '../../../pipeline/domain/crawl.ts';
import type { ArticleBody } from './body.ts';
import { findFullDate } from './dates.ts';
import { articleAddress, listAddress } from './keys.ts';
import type { ArticleGroup } from './list.ts';
import type { PageScripts } from './site-links.ts';
import { type Element, firstTextAt, holds, insideOf, type PageTree } from './tree.ts';

export interface RoleEvidence {
  url: string | null;
  scripts: PageScripts;
  groups: readonly ArticleGroup[];
  body: ArticleBody | null;
  text: string;
  next: string | null;
}

/** What kind of page it is, by its structure; addresses and scripts weigh, none of them decides alone. Null when nothing fits. */
export function judgeRole(tree: PageTree, evidence: RoleEvidence): PageRole | null {
  const { body, groups, text } = evidence;
  const main = groups[0];
  const list = listWeight(tree, evidence);
  const article = body === null ? { sure: 0, likely: 0 } : articleWeight(tree, evidence, body);
  const whole = article.sure + article.likely;
  // Without a sign that only articles bear, a text over a list is its introduction.
  if (whole > 0 && (article.sure > 0 ? whole >= list : whole > list)) return 'article';
  if (main !== undefined && list > 0) return isHome(evidence) ? 'home' : 'list';
  if (isEmptyList(tree, evidence)) return 'list';
  return body !== null && whole > 0 && text !== '' ? 'article' : null;
}

function articleWeight(
  tree: PageTree,
  evidence: RoleEvidence,
  body: ArticleBody,
): { sure: number; likely: number } {
  const { url, scripts, text, groups } = evidence;
  const inRow = inRows(tree, groups);
  const form = tree.elements.some((element) => element.attribs.name === '_newscontent_fromname');
  const marked = tree.elements.some(
    (element) =>
      /(?:^|\s)(?:arti_title|arti_metas|Article_Title)(?:\s|$)/i.test(element.attribs.class ?? '') &&
      !inRow(tree.spanOf(element).start),
  );
  const meta = tree.elements.some(
    (element) =>
      element.name === 'meta' &&
      element.attribs.name?.toLowerCase() === 'articletitle' &&
      (element.attribs.content ?? '') !== '',
  );
  const address = url === null ? null : articleAddress(url);
  let sure = 0;
  if (form) sure += 6;
  if (marked) sure += 5;
  if (meta) sure += 5;
  if (scripts.newsId !== null && Number(scripts.newsId) > 0) sure += 6;
  if (scripts.visitType === '3') sure += 6;
  if (besideArticles(tree, inRow) || dateAbove(tree, body.elements[0], inRow)) sure += 3;
  if (address === 'sure') sure += 6;
  let likely = address === 'likely' ? 2 : 0;
  if (body.known) likely += text.length >= 100 ? 4 : text.length >= 20 ? 2 : 1;
  else if (holdsList(tree, body.elements, groups)) likely -= 3;
  else likely += text.length >= 400 ? 3 : text.length >= 120 ? 2 : text.length >= 60 ? 1 : 0;
  const listed = (groups[0]?.rows ?? []).reduce((sum, row) => sum + row.title.length, 0);
  if (body.known && text.length > Math.max(300, listed)) likely += 2;
  return { sure, likely };
}

function listWeight(tree: PageTree, evidence: RoleEvidence): number {
  const { url, scripts, groups, next, body } = evidence;
  const main = groups[0];
  if (main === undefined) return 0;
  const count = main.rows.length;
  if (isWeak(groups)) return next !== null ? 3 : 1;
  // Beside a text of its own, one or two links weigh less than any sentence.
  if (isSmall(evidence, main) && body !== null && evidence.text.length >= 60 && !holdsRows(tree, body, main))
    return 0.5;
  let weight = main.dated >= 0.5 ? 2 : 1;
  if (count >= 5) weight += 1;
  if (main.known) weight += 1;
  if (scripts.newsId !== null && Number(scripts.newsId) <= 0) weight += 3;
  if (scripts.visitType === '1' || scripts.visitType === '2') weight += 3;
  if (url !== null && listAddress(url)) weight += 3;
  if (next !== null) weight += 3;
  if (body !== null && !body.known && holdsList(tree, body.elements, groups)) weight += 2;
  return weight;
}

/** One or two rows that nothing else calls a list: as likely what stands beside a text. */
function isSmall({ url, next }: RoleEvidence, main: ArticleGroup): boolean {
  return main.rows.length < 3 && !main.known && next === null && !(url !== null && listAddress(url));
}

function holdsRows(tree: PageTree, body: ArticleBody, group: ArticleGroup): boolean {
  return group.rows.some((row) => body.elements.some((part) => holds(tree, part, row.element)));
}

/** What stands about an article and never about a list: who published it, how often it was read, its neighbours. */
function besideArticles(tree: PageTree, inRow: (at: number) => boolean): boolean {
  const words =
    /(?:上|下)一(?:篇|条)|(?:发布|发表)(?:时间|日期|者|人)\s?[:：]|(?:浏览|点击|阅读)(?:次数|量|数)?\s?[:：]|(?:作者|来源|信息来源|供稿单位?)\s?[:：]/;
  return tree.texts.some(
    (text) => !text.hidden && text.data.length < 300 && words.test(text.data) && !inRow(text.at),
  );
}

/** A date line just above the text, which is no row of a list. */
function dateAbove(tree: PageTree, body: Element | undefined, inRow: (at: number) => boolean): boolean {
  if (body === undefined) return false;
  const end = firstTextAt(tree, tree.spanOf(body).start);
  const above = tree.texts
    .slice(Math.max(0, end - 12), end)
    .filter((text) => !text.hidden && !inRow(text.at));
  return above.some(
    (text) =>
      text.data.trim().length <= 40 && !/今天|现在/.test(text.data) && findFullDate(text.data) !== null,
  );
}

/** Links that neither carry dates nor lead to articles nor stand in a list's place: a menu, as likely as not. */
export function isWeak(groups: readonly ArticleGroup[]): boolean {
  const main = groups[0];
  return main === undefined || (main.dated < 0.5 && main.addressed < 0.5 && !main.known);
}

/** The rows of a list stand in what would be the text. */
function holdsList(tree: PageTree, body: readonly Element[], groups: readonly ArticleGroup[]): boolean {
  return groups.some(
    (group) => group.rows.length >= 3 && body.some((part) => holds(tree, part, group.container)),
  );
}

function inRows(tree: PageTree, groups: readonly ArticleGroup[]): (at: number) => boolean {
  return insideOf(
    tree,
    groups.flatMap((group) => group.rows.map((row) => row.element)),
  );
}

/** The addresses that start pages have by custom. */
export function isStartAddress(url: string | null): boolean {
  const path = url !== null && URL.canParse(url) ? new URL(url).pathname : '';
  return /^\/(?:(?:index|main|default)\.\w+)?$/i.test(path);
}

function isHome(evidence: RoleEvidence): boolean {
  const { url, scripts, groups, next } = evidence;
  if (scripts.visitType === '1' || /^\/?(?:index|main|default)\w*\.jsp$/i.test(scripts.template ?? ''))
    return true;
  if (next !== null) return false;
  if (isStartAddress(url)) return true;
  if (scripts.visitType === '2') return false;
  return groups.filter((group) => group.rows.length >= 3 && group.dated + group.addressed >= 0.8).length >= 3;
}

/** A list that has nothing in it: its frame is there, its rows are not. */
function isEmptyList(tree: PageTree, evidence: RoleEvidence): boolean {
  if (evidence.scripts.visitType === '2' || (evidence.url !== null && listAddress(evidence.url))) {
    return tree.elements.some((element) =>
      /(?:^|\s)(?:wp_article_list|news_list)(?:\s|$)|wp_news_w\d+|wp_paging_w\d+/.test(
        `${element.attribs.class ?? ''} ${element.attribs.id ?? ''}`,
      ),
    );
  }
  const words = tree.texts.some((text) =>
    /共\s?0\s?条|^\s*暂无(?:相关)?(?:内容|数据|信息|新闻|文章)/.test(text.data),
  );
  return words && evidence.text.length < 100;
}
