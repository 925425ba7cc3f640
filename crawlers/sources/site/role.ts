import type { PageRole } from '../../../pipeline/domain/crawl.ts';
import type { ArticleBody } from './body.ts';
import { articleAddress, listAddress, type PageHints } from './keys.ts';
import type { ArticleGroup } from './list.ts';
import { type Element, holds, insideOf, type PageTree } from './tree.ts';

export interface RoleEvidence {
  url: string | null;
  hints: PageHints & { template: string | null; visitType: string | null };
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
  const article = body === null ? 0 : articleWeight(tree, evidence, body);
  if (article > 0 && article >= list) return 'article';
  if (main !== undefined && list > 0) return isHome(evidence) ? 'home' : 'list';
  if (isEmptyList(tree, evidence)) return 'list';
  return body !== null && article > 0 && text !== '' ? 'article' : null;
}

function articleWeight(tree: PageTree, evidence: RoleEvidence, body: ArticleBody): number {
  const { url, hints, text, groups } = evidence;
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
  let weight = 0;
  if (form) weight += 6;
  if (marked) weight += 5;
  if (meta) weight += 5;
  if (hints.newsId !== null && Number(hints.newsId) > 0) weight += 6;
  if (hints.visitType === '3') weight += 6;
  if (besideArticles(tree, inRow)) weight += 3;
  if (url !== null) weight += articleAddress(url) === 'sure' ? 6 : articleAddress(url) === 'likely' ? 2 : 0;
  if (body.known) weight += text.length >= 100 ? 4 : text.length >= 20 ? 2 : 1;
  else if (holdsList(tree, body.elements, groups)) weight -= 3;
  else weight += text.length >= 400 ? 3 : text.length >= 120 ? 2 : text.length >= 60 ? 1 : 0;
  return weight;
}

function listWeight(tree: PageTree, evidence: RoleEvidence): number {
  const { url, hints, groups, next, body } = evidence;
  const main = groups[0];
  if (main === undefined) return 0;
  const count = main.rows.length;
  // Links that neither carry dates nor lead to articles nor stand in a list's place: a menu, as likely as not.
  if (main.dated < 0.5 && main.addressed < 0.5 && !main.known) return next !== null ? 3 : 1;
  let weight = main.dated >= 0.5 ? 2 : 1;
  if (count >= 5) weight += 1;
  if (main.known) weight += 1;
  if (hints.newsId !== null && Number(hints.newsId) <= 0) weight += 3;
  if (hints.visitType === '1' || hints.visitType === '2') weight += 3;
  if (url !== null && listAddress(url)) weight += 3;
  if (next !== null) weight += 3;
  if (body !== null && !body.known && holdsList(tree, body.elements, groups)) weight += 2;
  return weight;
}

/** What stands about an article and never about a list: who published it, how often it was read, its neighbours. */
function besideArticles(tree: PageTree, inRow: (at: number) => boolean): boolean {
  const words =
    /(?:上|下)一(?:篇|条)|(?:发布|发表)(?:时间|日期|者|人)\s?[:：]|(?:浏览|点击|阅读)(?:次数|量|数)?\s?[:：]|(?:作者|来源|信息来源|供稿单位?)\s?[:：]/;
  return tree.texts.some(
    (text) => !text.hidden && text.data.length < 300 && words.test(text.data) && !inRow(text.at),
  );
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

function isHome(evidence: RoleEvidence): boolean {
  const { url, hints, groups, next } = evidence;
  if (hints.visitType === '1' || /^\/?(?:index|main|default)\w*\.jsp$/i.test(hints.template ?? ''))
    return true;
  if (
    url !== null &&
    URL.canParse(url) &&
    /^\/(?:(?:index|main|default)\.\w+)?$/i.test(new URL(url).pathname)
  )
    return groups.length >= 2;
  if (next !== null || hints.visitType === '2') return false;
  return groups.filter((group) => group.rows.length >= 3 && group.dated + group.addressed >= 0.8).length >= 3;
}

/** A list that has nothing in it: its frame is there, its rows are not. */
function isEmptyList(tree: PageTree, evidence: RoleEvidence): boolean {
  if (evidence.hints.visitType === '2' || (evidence.url !== null && listAddress(evidence.url))) {
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
