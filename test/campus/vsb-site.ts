import type { Attachment } from '../../pipeline/domain/post.ts';
import type { OddTarget } from './content/article.ts';
import { fileAnswer } from './file-bytes.ts';
import { encodeGbk } from './gbk.ts';
import { breakHalfway, errorPageAnswer, loginWallAnswer, redirectAwayAnswer } from './odd-pages.ts';
import type { School, StandingArticle } from './school.ts';
import { type AnswerPage, htmlAnswer, notFoundAnswer, type SiteAnswer } from './site-server.ts';
import { siteStyle } from './site-style.ts';
import { ownerId, type VsbColumn, vsbColumns } from './vsb-layout.ts';
import { renderVsbNotice } from './vsb-notice.ts';
import {
  listPath,
  renderVsbArticle,
  renderVsbHome,
  renderVsbList,
  type VsbArticlePage,
  type VsbRow,
} from './vsb-pages.ts';

const bodyMarker = 'v_news_content';

/** Paths from the root; the numbers were never given to an article. */
const oddPaths: Partial<Record<OddTarget, string>> = {
  'dead-link': 'info/1031/2977.htm',
  'half-page': 'info/1031/2978.htm',
  'error-page': 'info/1031/2979.htm',
  'login-wall': 'info/1031/2980.htm',
  disallowed: 'nbtx/1011.htm',
  'redirect-away': 'info/1031/2981.htm',
};

function articlePath(article: StandingArticle, column: VsbColumn): string {
  return article.source.traits?.includes('jsp-link')
    ? `content.jsp?urltype=news.NewsContentUrl&wbtreeid=${column.treeId}&wbnewsid=${article.id}`
    : `info/${column.treeId}/${article.id}.htm`;
}

function attachmentPath(article: StandingArticle, name: string, index: number): string {
  if (article.source.traits?.includes('local-file')) {
    const extension = name.slice(name.lastIndexOf('.'));
    return `/__local/${article.id}/${index}/C4D1E0${index}_7F.${extension.slice(1)}?e=${extension}`;
  }
  return `/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=${ownerId}&wbfileid=${article.id * 10 + index + 1}`;
}

function columnsOf(article: StandingArticle): VsbColumn[] {
  return article.source.columns.flatMap((id) => vsbColumns.filter((column) => column.id === id));
}

/** Every address of an article and its files; the first is where it was written. */
export function placeVsbArticle(article: StandingArticle, baseUrl: string) {
  const attachments: Attachment[] = (article.source.attachments ?? []).map((name, index) => ({
    name,
    url: `${baseUrl}${attachmentPath(article, name, index)}`,
  }));
  return {
    urls: columnsOf(article).map((column) => `${baseUrl}/${articlePath(article, column)}`),
    attachments,
  };
}

export function vsbOddUrl(target: OddTarget, baseUrl: string): string | null {
  const path = oddPaths[target];
  return path === undefined ? null : `${baseUrl}/${path}`;
}

export function vsbStartUrls(baseUrl: string): string[] {
  return [`${baseUrl}/index.htm`, ...vsbColumns.map((column) => `${baseUrl}/${column.id}.htm`)];
}

/** Prints what stands in the school's columns as the VSB site builder does. */
class VsbSite {
  private readonly school: School;

  constructor(school: School) {
    this.school = school;
  }

  answer(path: string, query: URLSearchParams): SiteAnswer | null {
    if (path === '/' || path === '/index.htm') return this.answerHome();
    if (path === '/notice.htm') return htmlAnswer(renderVsbNotice(), null);
    const list = /^\/([a-z]+)(?:\/(\d+))?\.htm$/.exec(path);
    if (list !== null) return this.answerList(list[1] ?? '', list[2]);
    const article = /^\/info\/(\d+)\/(\d+)\.htm$/.exec(path);
    if (article !== null) return this.answerArticle(Number(article[1]), Number(article[2]), '../../');
    if (path === '/content.jsp') {
      return this.answerArticle(Number(query.get('wbtreeid')), Number(query.get('wbnewsid')), '');
    }
    return this.answerFile(path, query);
  }

  private rows(column: VsbColumn): VsbRow[] {
    const articles = this.school.list('vsb', column.id).map((article) => ({
      title: article.title,
      href: articlePath(article, column),
      day: article.day,
      pinned: article.source.traits?.includes('pinned') === true,
    }));
    const odd = this.school.oddRows('vsb', column.id).map(({ row, day }) => ({
      title: row.title,
      href: oddPaths[row.target] ?? 'index.htm',
      day,
      pinned: false,
    }));
    return [...articles, ...odd].sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.day - a.day);
  }

  private answerHome(): SiteAnswer {
    const blocks = vsbColumns.map((column) => ({ column, rows: this.rows(column).slice(0, 5) }));
    return htmlAnswer(renderVsbHome(blocks), this.school.changedAt());
  }

  private answerList(columnId: string, archive: string | undefined): SiteAnswer {
    const column = vsbColumns.find((each) => each.id === columnId);
    if (column === undefined) return notFoundAnswer();
    const rows = this.rows(column);
    const pages = Math.max(1, Math.ceil(rows.length / column.pageSize));
    const page = archive === undefined ? 1 : pages - Number(archive) + 1;
    if (page < 1 || (archive !== undefined && page < 2)) return notFoundAnswer();
    if (archive !== undefined && `${columnId}/${archive}.htm` !== listPath(columnId, page, pages)) {
      return notFoundAnswer();
    }
    const shown = rows.slice((page - 1) * column.pageSize, page * column.pageSize);
    const html = renderVsbList({ column, rows: shown, page, pages, total: rows.length });
    return this.encode(html, column, this.school.changedAt());
  }

  private answerArticle(treeId: number, id: number, root: string): SiteAnswer | null {
    const column = vsbColumns.find((each) => each.treeId === treeId);
    const article = this.school.find('vsb', id);
    if (column === undefined) return notFoundAnswer();
    if (article?.source.columns.includes(column.id) !== true)
      return this.answerOdd(`info/${treeId}/${id}.htm`);
    if (article.mishap === 'hanging') return null;
    const html = renderVsbArticle(this.pageOf(article, column, root));
    const sent = article.mishap === 'half-page' ? breakHalfway(html, bodyMarker) : html;
    return this.encode(sent, column, article.changedAt);
  }

  private pageOf(article: StandingArticle, column: VsbColumn, root: string): VsbArticlePage {
    const neighbours = this.school.list('vsb', column.id);
    const position = neighbours.findIndex((each) => each.id === article.id);
    const link = (other: StandingArticle | undefined) =>
      other === undefined ? null : { title: other.title, href: `${root}${articlePath(other, column)}` };
    const attachments = (article.source.attachments ?? []).map((name, index) => ({
      name,
      path: attachmentPath(article, name, index),
    }));
    return {
      article,
      column,
      root,
      attachments,
      previous: link(neighbours[position - 1]),
      next: link(neighbours[position + 1]),
    };
  }

  private answerOdd(path: string): SiteAnswer {
    if (path === oddPaths['error-page']) return errorPageAnswer('/index.htm');
    if (path === oddPaths['login-wall']) return loginWallAnswer();
    if (path === oddPaths['redirect-away']) return redirectAwayAnswer();
    const sample = this.school.list('vsb', 'tzgg')[0];
    const column = vsbColumns.find((each) => each.id === 'tzgg');
    if (path !== oddPaths['half-page'] || sample === undefined || column === undefined) {
      return notFoundAnswer();
    }
    const title = '关于教职工体检补检的通知';
    const html = renderVsbArticle({
      ...this.pageOf({ ...sample, title }, column, '../../'),
      previous: null,
      next: null,
    });
    return htmlAnswer(breakHalfway(html, bodyMarker), null);
  }

  private answerFile(path: string, query: URLSearchParams): SiteAnswer {
    if (path === '/robots.txt') {
      const rules = 'User-agent: *\nDisallow: /nbtx/\n';
      return { ...htmlAnswer(rules, null), contentType: 'text/plain' };
    }
    if (path === '/style.css') return { ...htmlAnswer(siteStyle, null), contentType: 'text/css' };
    if (path === `/${oddPaths.disallowed}`) return htmlAnswer('<p>内部通讯，仅供校内传阅。</p>', null);
    if (/\.js$/.test(path)) return { ...htmlAnswer('', null), contentType: 'text/javascript' };
    if (/^\/__local\/A\/\d+\/photo\d+\.png$/.test(path)) return fileAnswer(path);
    const wanted = query.toString() === '' ? path : `${path}?${query}`;
    for (const article of this.school.list('vsb')) {
      for (const [index, name] of (article.source.attachments ?? []).entries()) {
        if (attachmentPath(article, name, index) === wanted) return fileAnswer(name);
      }
    }
    return notFoundAnswer();
  }

  private encode(html: string, column: VsbColumn, lastModified: Date): SiteAnswer {
    return htmlAnswer(column.charset === 'gbk' ? encodeGbk(html) : html, lastModified);
  }
}

export function buildVsbSite(school: School): AnswerPage {
  const site = new VsbSite(school);
  return (path, query) => site.answer(path, query);
}
