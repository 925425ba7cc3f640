import { dashedDate, dayFields } from './calendar.ts';
import type { Block } from './content/article.ts';
import { shownDate } from './expected.ts';
import { escapeHtml, renderParagraph, renderTable } from './html.ts';
import type { StandingArticle } from './school.ts';
import { renderWebplusFrame, siteId, type WebplusColumn } from './webplus-layout.ts';

export interface WebplusRow {
  title: string;
  /** From the site's root, or with a host. */
  href: string;
  day: number;
}

function renderRow(row: WebplusRow, index: number, column: WebplusColumn): string {
  const title = escapeHtml(row.title);
  const link = `<a href='${row.href}' target='_blank' title='${title}'>${title}</a>`;
  const position = index + 1;
  switch (column.window) {
    case 'news-list':
      return `<li class="news n${position} clearfix"><span class="news_title">${link}</span><span class="news_meta">${dashedDate(row.day)}</span></li>`;
    case 'split-date': {
      const { day } = dayFields(row.day);
      const [year, month] = dashedDate(row.day).split('-');
      return `<li class="news n${position} clearfix"><div class="news_date"><span class="news_days">${String(day).padStart(2, '0')}</span><span class="news_year">${year}-${month}</span></div><div class="news_title">${link}</div></li>`;
    }
    case 'article-list':
      return `<li class="list_item i${position}"><div class="fields pr_fields"><span class='Article_Index'>${position}</span><span class='Article_Title'>${link}</span></div><div class="fields ex_fields"><span class='Article_PublishDate'>${dashedDate(row.day)}</span></div></li>`;
  }
}

function renderRows(rows: readonly WebplusRow[], column: WebplusColumn, window: number): string {
  const list = column.window === 'article-list' ? 'wp_article_list' : 'news_list list2';
  const items = rows.map((row, index) => renderRow(row, index, column)).join('\n');
  return `<div frag="窗口${window}" portletmode="simpleList"><div id="wp_news_w${window}"><ul class="${list}">\n${items}\n</ul></div></div>`;
}

/** Ascending: page 2 is list2.htm. */
function renderPager(column: WebplusColumn, place: { page: number; pages: number; total: number }): string {
  const { page, pages } = place;
  const path = (target: number) =>
    target < 1 || target > pages || target === page
      ? 'javascript:void(0);'
      : `/${column.id}/list${target === 1 ? '' : target}.htm`;
  return `<div id="wp_paging_w6"><ul class="wp_paging clearfix">
<li class="pages_count"><span class="per_page">每页&nbsp;<em class="per_count">${column.pageSize}</em>&nbsp;记录&nbsp;</span><span class="all_count">总共&nbsp;<em class="all_count">${place.total}</em>&nbsp;记录&nbsp;</span></li>
<li class="page_nav"><a class="first" href="${path(1)}" target="_self"><span>第一页</span></a><a class="prev" href="${path(page - 1)}" target="_self"><span>&lt;&lt;上一页</span></a><a class="next" href="${path(page + 1)}" target="_self"><span>下一页&gt;&gt;</span></a><a class="last" href="${path(pages)}" target="_self"><span>尾页</span></a></li>
<li class="page_jump"><span class="pages">页码&nbsp;<em class="curr_page">${page}</em>/<em class="all_pages">${pages}</em></span></li></ul></div>`;
}

export function renderWebplusList(
  column: WebplusColumn,
  rows: readonly WebplusRow[],
  place: { page: number; pages: number; total: number },
): string {
  return renderWebplusFrame({
    title: column.name,
    bodyClass: 'list',
    content: `<div class="col_title"><h2>${column.name}</h2></div><div class="col_news_list listcon">${renderRows(rows, column, 6)}
${renderPager(column, place)}</div>`,
  });
}

export function renderWebplusHome(
  blocks: readonly { column: WebplusColumn; rows: readonly WebplusRow[] }[],
): string {
  const windows = blocks.map(
    ({ column, rows }, index) =>
      `<div class="post post${index + 1}"><div class="tt"><h3 class="tit"><span class="title">${column.name}</span></h3><div class="more_btn"><a href="/${column.id}/list.htm" class="w${index + 20}_more"><span class="more_text">更多</span></a></div></div>${renderRows(rows, column, index + 20)}</div>`,
  );
  return renderWebplusFrame({
    title: '沧澜师范学院教学与信息服务网',
    bodyClass: 'index',
    content: windows.join('\n'),
  });
}

function renderBlock(block: Block, index: number, id: number): string {
  if (typeof block === 'string') return renderParagraph(block, index + id);
  if ('table' in block) return renderTable(block.table);
  if ('image' in block) {
    const file = `/_upload/article/images/${id}/photo${index}`;
    return `<p style="text-align:center"><img data-layer="photo" src="${file}_s.png" original-src="${file}.png" sudyfile-attr="{'title':'${block.image}.png'}" /></p>`;
  }
  return `<div style="display:none"><a href="${block.planted.url}">${escapeHtml(block.planted.word)}</a></div>`;
}

function renderFile(file: { name: string; path: string }, isPlayer: boolean): string {
  const attribute = `{'title':'${file.name}'}`;
  return isPlayer
    ? `<div class="wp_pdf_player" pdfsrc="${file.path}" sudyfile-attr="${attribute}" style="width:100%;height:600px"></div>`
    : `<p><img class="filetype" src="/_ueditor/themes/default/images/icon_doc.png"><a sudyfile-attr="${attribute}" textvalue="${file.name}" href="${file.path}">${file.name}</a></p>`;
}

export function renderWebplusArticle(
  article: StandingArticle,
  attachments: readonly { name: string; path: string }[],
): string {
  const date = shownDate(article);
  const isPlayer = article.source.traits?.includes('pdf-player') === true;
  const blocks = article.body.map((block, index) => renderBlock(block, index, article.id)).join('');
  const files = attachments.map((file) => renderFile(file, isPlayer)).join('');
  const update = date === null ? '' : `<span class="arti_update">发布时间：${date.text}</span>`;
  return renderWebplusFrame({
    title: article.title,
    bodyClass: 'articlelist',
    content: `<div class="infobox"><div class="article" frag="窗口3" portletmode="simpleArticleAttri">
<h1 class="arti_title">${escapeHtml(article.title)}</h1><h2 class="arti_title"></h2>
<p class="arti_metas"><span class="arti_publisher">发布者：${article.source.unit}</span>${update}<span class="arti_views">浏览次数：<span class="WP_VisitCount" url="/_visitcountdisplay?siteId=${siteId}&type=3&articleId=${article.id}">18</span></span></p>
<div class="entry"><div class="read"><div class='wp_articlecontent'>${blocks}${files}</div></div></div></div></div>`,
  });
}
