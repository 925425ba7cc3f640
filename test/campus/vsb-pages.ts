import { dashedDate } from './calendar.ts';
import type { Block } from './content/article.ts';
import { shownDate } from './expected.ts';
import { cutTitle, escapeHtml, renderParagraph, renderTable } from './html.ts';
import type { StandingArticle } from './school.ts';
import { ownerId, renderVsbFrame, type VsbColumn } from './vsb-layout.ts';

const cutLength = 20;

export interface VsbRow {
  title: string;
  /** Relative to the site's root. */
  href: string;
  day: number;
}

export interface VsbListPage {
  column: VsbColumn;
  rows: readonly VsbRow[];
  /** From 1, as a reader counts. */
  page: number;
  pages: number;
  total: number;
}

/** The builder counts archive pages from the oldest: page 1 is xxx.htm, page 2 of 3 is xxx/2.htm, the last is xxx/1.htm. */
export function listPath(columnId: string, page: number, pages: number): string {
  return page === 1 ? `${columnId}.htm` : `${columnId}/${pages - page + 1}.htm`;
}

/** Every third row is left open, as an old template does; the second is followed by one that was commented out. */
function renderRow(row: VsbRow, index: number, list: { root: string; cutMark: string }): string {
  const title = escapeHtml(row.title);
  const short = escapeHtml(cutTitle(row.title, cutLength, list.cutMark));
  const open = `<li id="line_u9_${index}"><SPAN>[${dashedDate(row.day)}]</SPAN>
 <a href="${list.root}${row.href}" target="_blank" title="${title}">${short}</a><DIV class="clear"></DIV>`;
  const withdrawn = `<!-- <li id="line_u9_99"><SPAN>[${dashedDate(row.day)}]</SPAN>
 <a href="${list.root}info/1031/2901.htm" title="已撤回的通知">已撤回的通知</a></li> -->`;
  return `${open}${index % 3 === 2 ? '' : '</li>'}${index === 1 ? `\n${withdrawn}` : ''}`;
}

function renderPager(list: VsbListPage, root: string): string {
  const { page, pages, column } = list;
  const link = (target: number, text: string, kind: string, enabled: boolean) =>
    enabled
      ? `<a href="${root}${listPath(column.id, target, pages)}" class="${kind}">${text}</a>`
      : `<span class="${kind}Disabled">${text}</span>`;
  return `<table cellspacing="0" class="headStyle" width="100%"><tr valign="middle"><TD nowrap align="left" id="fanye159415">共${list.total}条&nbsp;&nbsp;${page}/${pages}&nbsp;</td>
<td nowrap align="left"><div>${link(1, '首页', 'Prev', page > 1)}${link(page - 1, '上页', 'Prev', page > 1)}${link(page + 1, '下页', 'Next', page < pages)}${link(pages, '尾页', 'Next', page < pages)}&nbsp;&nbsp;<input type="button" value="转到" onclick="javascript:a159415_gopage_fun()"><INPUT size="2" NAME="a159415GOPAGE" VALUE="">页</div></td></tr></table>`;
}

export function renderVsbList(list: VsbListPage): string {
  const { column } = list;
  const root = list.page === 1 ? '' : '../';
  const rows = list.rows.map((row, index) => renderRow(row, index, { root, cutMark: column.cutMark }));
  return renderVsbFrame({
    title: `${column.name}-沧澜师范学院`,
    keywords: `沧澜师范学院,${column.name}`,
    metaCharset: column.charset === 'gbk' ? 'gb2312' : 'UTF-8',
    root,
    head: `<script type="text/javascript">_jsq_(${column.treeId},'/list.jsp',-1,${ownerId})</script>`,
    content: `<DIV class="position"><a href="${root}index.htm">网站首页</a> | <a href="${root}${column.id}.htm">${column.name}</a></DIV>
<DIV class="list"><UL>\n${rows.join('\n')}\n</UL>\n${renderPager(list, root)}</DIV>`,
  });
}

export function renderVsbHome(blocks: readonly { column: VsbColumn; rows: readonly VsbRow[] }[]): string {
  const block = ({ column, rows }: { column: VsbColumn; rows: readonly VsbRow[] }, position: number) => {
    const items = rows.map(
      (row, index) =>
        `<li id="line_u${position + 3}_${index}"><a href="${row.href}" title="${escapeHtml(row.title)}">${escapeHtml(cutTitle(row.title, 18, '…'))}</a><span>${dashedDate(row.day).slice(5)}</span></li>`,
    );
    return `<DIV class="block"><h2>${column.name} <a href="${column.id}.htm" class="more">更多&gt;&gt;</a></h2><ul>\n${items.join('\n')}</ul></DIV>`;
  };
  return renderVsbFrame({
    title: '沧澜师范学院',
    keywords: '沧澜师范学院',
    metaCharset: 'UTF-8',
    root: '',
    head: `<script type="text/javascript">_jsq_(1001,'/index.jsp',-1,${ownerId})</script>`,
    content: blocks.map(block).join('\n'),
  });
}

export interface VsbArticlePage {
  article: StandingArticle;
  column: VsbColumn;
  /** From where the page stands to the site's root. */
  root: string;
  /** Addresses from the site's root; a file under /__local/ or a download.jsp. */
  attachments: readonly { name: string; path: string }[];
  previous: { title: string; href: string } | null;
  next: { title: string; href: string } | null;
}

function renderBlock(block: Block, index: number, id: number): string {
  if (typeof block === 'string') return renderParagraph(block, index + id);
  if ('table' in block) return renderTable(block.table);
  if ('image' in block) {
    const file = `/__local/A/${id}/photo${index}.png`;
    return `<p class="vsbcontent_img" style="text-align:center"><img src="${file}" width="600" class="img_vsb_content" orisrc="${file}" vurl="/_vsl/${id}/photo${index}" vheight="" vwidth="600" alt="${escapeHtml(block.image)}"></p>`;
  }
  return `<p style="position:absolute;left:-9999px;top:-9999px"><a href="${block.planted.url}">${escapeHtml(block.planted.word)}</a></p>`;
}

function renderBody(page: VsbArticlePage): string {
  const { article } = page;
  const traits = article.source.traits ?? [];
  const blocks = article.body.map((block, index) => renderBlock(block, index, article.id)).join('\n');
  const files = page.attachments.map(
    (file) =>
      `<li>附件【<a href="${file.path}" target="_blank">${escapeHtml(file.name)}</a>】已下载<span id="nattach${article.id}"><script language="javascript">getClickTimes(${article.id},${ownerId},"wbnewsfile","attach")</script></span>次</li>`,
  );
  const list = files.length === 0 ? '' : `<UL style="list-style-type:none">\n${files.join('\n')}</UL>`;
  const inBody = traits.includes('attachment-in-body');
  const content = `<div class="v_news_content">\n${blocks}\n${inBody ? list : ''}</div>`;
  const wrapped = traits.includes('nested-body')
    ? `<div id="vsb_content_2"><div class="v_news_content"><div id="vsb_content">${content}</div></div></div>`
    : `<div id="vsb_content" class="wz">${content}</div>`;
  return `${wrapped}\n<div id="div_vote_id"></div>\n${inBody ? '' : list}`;
}

export function renderVsbArticle(page: VsbArticlePage): string {
  const { article, column, root } = page;
  const gb2312 = column.charset === 'gbk' || article.source.traits?.includes('meta-says-gb2312') === true;
  const title = escapeHtml(article.title);
  const date = shownDate(article);
  const neighbour = (label: string, link: { title: string; href: string } | null) =>
    `<p align="left">${label}：${link === null ? '没有了' : `<a href="${link.href}">${escapeHtml(link.title)}</a>`}</p>`;
  const dateLabel = { second: '发布时间', minute: '日期', day: '时间', none: '' }[article.source.shown];
  return renderVsbFrame({
    title: `${article.title}-沧澜师范学院`,
    keywords: `沧澜师范学院,${column.name},${article.title}`,
    metaCharset: gb2312 ? 'gb2312' : 'UTF-8',
    root,
    head: `<script type="text/javascript">_jsq_(${column.treeId},'/content.jsp',${article.id},${ownerId})</script>`,
    content: `<DIV class="position"><a href="${root}index.htm">网站首页</a> &gt; <a href="${root}${column.id}.htm">${column.name}</a> &gt; 正文</DIV>
<form name="_newscontent_fromname">
<h1 align="center">${title}</h1>
<div align="center" style="border-bottom:#cccccc 1px dashed">来源：${article.source.unit}&nbsp;&nbsp;${date === null ? '' : `${dateLabel}：${date.text}`}&nbsp;&nbsp;点击：<script>_showDynClicks("wbnews", ${ownerId}, ${article.id})</script>次</div>
${renderBody(page)}
${neighbour('上一条', page.previous)}
${neighbour('下一条', page.next)}
</form>`,
  });
}
