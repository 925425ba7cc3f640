import { escapeHtml } from './html.ts';

/** How a column's window prints its rows: dates whole, dates in two parts, or the older article list. */
type WebplusWindow = 'news-list' | 'split-date' | 'article-list';

export interface WebplusColumn {
  id: string;
  columnId: number;
  name: string;
  window: WebplusWindow;
  pageSize: number;
}

export const siteId = 302;

export const webplusColumns: readonly WebplusColumn[] = [
  { id: 'jwtz', columnId: 33059, name: '教务通知', window: 'news-list', pageSize: 4 },
  { id: 'xxhgg', columnId: 33061, name: '信息化公告', window: 'split-date', pageSize: 5 },
  { id: 'tsgdt', columnId: 33063, name: '图书馆动态', window: 'article-list', pageSize: 3 },
];

export function renderWebplusFrame(frame: { title: string; bodyClass: string; content: string }): string {
  const links = webplusColumns.map(
    (column, index) =>
      `<li class="nav-item i${index + 2}"><a href="/${column.id}/list.htm" title="${column.name}" target="_self"><span class="item-name">${column.name}</span></a></li>`,
  );
  return `<!DOCTYPE html>
<html class="webplus-${frame.bodyClass}"><head><meta charset="utf-8"><meta name="renderer" content="webkit" />
<title>${escapeHtml(frame.title)}</title>
<link type="text/css" href="/_css/_system/system.css" rel="stylesheet"/>
<link type="text/css" href="/_js/_portletPlugs/simpleNews/css/simplenews.css" rel="stylesheet" />
<script language="javascript" src="/_js/jquery.min.js" sudy-wp-context="" sudy-wp-siteId="${siteId}"></script>
<script language="javascript" src="/_js/jquery.sudy.wp.visitcount.js"></script>
<link rel="stylesheet" href="/_upload/tpl/04/0a/1034/template1034/style.css" type="text/css" />
</head><body class="${frame.bodyClass}">
<div class="wrapper header" id="header"><div class="sitelogo"><a href="/main.htm">沧澜师范学院 · 教学与信息服务网</a></div></div>
<div class="wrapper nav" id="nav"><div frag="窗口1" portletmode="simpleSudyNavi"><ul class="wp_nav" data-nav-config=""><li class="nav-item i1"><a href="/main.htm" target="_self"><span class="item-name">首页</span></a></li>
${links.join('\n')}</ul></div></div>
<div class="wrapper" id="container">${frame.content}</div>
<div class="wrapper footer" id="footer"><div frag="窗口91" portletmode="simpleNews"><ul class="news_list clearfix"><li class="news n1 clearfix"><div class="news_title"><a href="http://www.example.edu/">东篱大学</a></div></li></ul></div>
<p class="copyright"><span>教务处 · 图书馆 · 现代教育技术中心</span></p></div>
<script type="text/javascript" src="/_visitcount?siteId=${siteId}&type=2"></script>
</body></html>
`;
}
