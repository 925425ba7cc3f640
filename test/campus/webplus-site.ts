import type { Attachment } from '../../pipeline/domain/post.ts';
import { dashedDate } from './calendar.ts';
import type { OddTarget } from './content/article.ts';
import { fileAnswer } from './file-bytes.ts';
import { breakHalfway, loginWallAnswer } from './odd-pages.ts';
import type { School, StandingArticle } from './school.ts';
import { type AnswerPage, htmlAnswer, notFoundAnswer, type SiteAnswer } from './site-server.ts';
import { siteStyle } from './site-style.ts';
import { type WebplusColumn, webplusColumns } from './webplus-layout.ts';
import {
  renderWebplusArticle,
  renderWebplusHome,
  renderWebplusList,
  type WebplusRow,
} from './webplus-pages.ts';

const bodyMarker = 'wp_articlecontent';

const oddHrefs: Partial<Record<OddTarget, string>> = {
  'dead-link': '/2025/0908/c33059a840007/page.htm',
  'half-page': '/2025/0909/c33061a840020/page.htm',
  'login-wall': '/2025/0910/c33061a840033/page.htm',
  'pdf-file': '/_upload/article/files/5e/0a/91c3a2d84f1b/calendar.pdf',
  'wechat-article': 'https://mp.weixin.qq.com/s/canglan-library-seat-guide',
};

function articlePath(article: StandingArticle, column: WebplusColumn): string {
  const [year, month, day] = dashedDate(article.day).split('-');
  return `/${year}/${month}${day}/c${column.columnId}a${article.id}/page.htm`;
}

function attachmentPath(article: StandingArticle, name: string, index: number): string {
  const folder = article.id.toString(16);
  return `/_upload/article/files/${folder.slice(0, 2)}/${folder.slice(2)}/${folder}${index}${name.slice(name.lastIndexOf('.'))}`;
}

function placeFiles(article: StandingArticle): { name: string; path: string }[] {
  return (article.source.attachments ?? []).map((name, index) => ({
    name,
    path: attachmentPath(article, name, index),
  }));
}

/** Every address of an article and its files; the first is where it was written. */
export function placeWebplusArticle(article: StandingArticle, baseUrl: string) {
  const columns = article.source.columns.flatMap((id) => webplusColumns.filter((each) => each.id === id));
  const attachments: Attachment[] = placeFiles(article).map(({ name, path }) => ({
    name,
    url: `${baseUrl}${path}`,
  }));
  return { urls: columns.map((column) => `${baseUrl}${articlePath(article, column)}`), attachments };
}

export function webplusOddUrl(target: OddTarget, baseUrl: string): string | null {
  const href = oddHrefs[target];
  return href === undefined ? null : new URL(href, baseUrl).href;
}

export function webplusStartUrls(baseUrl: string): string[] {
  return [`${baseUrl}/main.htm`, ...webplusColumns.map((column) => `${baseUrl}/${column.id}/list.htm`)];
}

/** Prints what stands in the school's columns as the webplus system does. */
class WebplusSite {
  private readonly school: School;

  constructor(school: School) {
    this.school = school;
  }

  answer(path: string): SiteAnswer | null {
    if (path === '/' || path === '/main.htm') return this.answerHome();
    const list = /^\/([a-z]+)\/list(\d*)\.htm$/.exec(path);
    if (list !== null) return this.answerList(list[1] ?? '', Number(list[2] || '1'));
    const article = /^\/\d{4}\/\d{4}\/c(\d+)a(\d+)\/page\.htm$/.exec(path);
    if (article !== null) return this.answerArticle(path, Number(article[1]), Number(article[2]));
    return this.answerFile(path);
  }

  private rows(column: WebplusColumn): WebplusRow[] {
    const articles = this.school.list('webplus', column.id).map((article) => ({
      title: article.title,
      href: articlePath(article, column),
      day: article.day,
    }));
    const odd = this.school.oddRows('webplus', column.id).map(({ row, day }) => ({
      title: row.title,
      href: oddHrefs[row.target] ?? '/main.htm',
      day,
    }));
    return [...articles, ...odd].sort((a, b) => b.day - a.day);
  }

  private answerHome(): SiteAnswer {
    const blocks = webplusColumns.map((column) => ({ column, rows: this.rows(column).slice(0, 5) }));
    return htmlAnswer(renderWebplusHome(blocks), this.school.changedAt());
  }

  private answerList(columnId: string, page: number): SiteAnswer {
    const column = webplusColumns.find((each) => each.id === columnId);
    if (column === undefined) return notFoundAnswer();
    const rows = this.rows(column);
    const pages = Math.max(1, Math.ceil(rows.length / column.pageSize));
    if (page < 1 || page > pages) return notFoundAnswer();
    const shown = rows.slice((page - 1) * column.pageSize, page * column.pageSize);
    const html = renderWebplusList(column, shown, { page, pages, total: rows.length });
    return htmlAnswer(html, this.school.changedAt());
  }

  private answerArticle(path: string, columnId: number, id: number): SiteAnswer | null {
    if (path === oddHrefs['login-wall']) return loginWallAnswer();
    if (path === oddHrefs['half-page']) return this.answerHalfPage();
    const column = webplusColumns.find((each) => each.columnId === columnId);
    const article = this.school.find('webplus', id);
    if (article === null || column === undefined || !article.source.columns.includes(column.id)) {
      return notFoundAnswer();
    }
    if (article.mishap === 'hanging') return null;
    const html = renderWebplusArticle(article, placeFiles(article));
    const sent = article.mishap === 'half-page' ? breakHalfway(html, bodyMarker) : html;
    return htmlAnswer(sent, article.changedAt);
  }

  private answerHalfPage(): SiteAnswer {
    const sample = this.school.list('webplus', 'xxhgg')[0];
    if (sample === undefined) return notFoundAnswer();
    const html = renderWebplusArticle({ ...sample, title: '无线网覆盖进展' }, []);
    return htmlAnswer(breakHalfway(html, bodyMarker), null);
  }

  private answerFile(path: string): SiteAnswer {
    if (path === '/robots.txt') {
      const rules = 'User-agent: *\nDisallow: /_s/\nDisallow: /_visitcount\n';
      return { ...htmlAnswer(rules, null), contentType: 'text/plain' };
    }
    if (/\.css$/.test(path)) return { ...htmlAnswer(siteStyle, null), contentType: 'text/css' };
    if (/\.js$/.test(path) || path === '/_visitcount') {
      return { ...htmlAnswer('', null), contentType: 'text/javascript' };
    }
    if (path === oddHrefs['pdf-file'] || /\.png$/.test(path)) return fileAnswer(path);
    const files = this.school.list('webplus').flatMap(placeFiles);
    const file = files.find((each) => each.path === path);
    return file === undefined ? notFoundAnswer() : fileAnswer(file.name);
  }
}

export function buildWebplusSite(school: School): AnswerPage {
  const site = new WebplusSite(school);
  return (path) => site.answer(path);
}
