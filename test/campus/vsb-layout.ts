import { escapeHtml } from './html.ts';

export interface VsbColumn {
  id: string;
  treeId: number;
  name: string;
  /** The bytes of the column's lists and articles. */
  charset: 'utf-8' | 'gbk';
  pageSize: number;
  /** How a cut title ends. */
  cutMark: string;
}

export const ownerId = 1_700_000_001;

export const vsbColumns: readonly VsbColumn[] = [
  { id: 'xyxw', treeId: 1042, name: '学校要闻', charset: 'utf-8', pageSize: 5, cutMark: '...' },
  { id: 'tzgg', treeId: 1031, name: '通知公告', charset: 'utf-8', pageSize: 10, cutMark: '…' },
  { id: 'gsgg', treeId: 1053, name: '公示公告', charset: 'utf-8', pageSize: 8, cutMark: '…' },
  { id: 'hqbz', treeId: 1060, name: '后勤保障', charset: 'utf-8', pageSize: 6, cutMark: '...' },
  { id: 'aqxc', treeId: 1081, name: '平安校园', charset: 'utf-8', pageSize: 8, cutMark: '…' },
  { id: 'zsjy', treeId: 1075, name: '招生就业', charset: 'gbk', pageSize: 5, cutMark: '...' },
];

export interface VsbFrame {
  title: string;
  keywords: string;
  /** What the meta tag says, which is not always what the bytes are. */
  metaCharset: string;
  /** Leads to the site's root: '', '../' or '../../'. */
  root: string;
  /** Goes into the head: counters and the like. */
  head: string;
  content: string;
}

function renderNavigation(root: string): string {
  const links = vsbColumns.map(
    (column) => `<li><a href="${root}${column.id}.htm" title="${column.name}">${column.name}</a></li>`,
  );
  return `<DIV class="menu"><ul id="nav"><li><a href="${root}index.htm">网站首页</a></li>\n${links.join('\n')}</ul></DIV>`;
}

/** The frame around every page, as the site builder writes it: mixed case, inline scripts, a hidden floating advert. */
export function renderVsbFrame(frame: VsbFrame): string {
  const { root } = frame;
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<HTML><HEAD><TITLE>${escapeHtml(frame.title)}</TITLE><META Name="keywords" Content="${escapeHtml(frame.keywords)}" />
<META content="text/html; charset=${frame.metaCharset}" http-equiv="Content-Type">
<LINK rel="stylesheet" type="text/css" href="${root}style.css">
<!--Announced by Visual SiteBuilder 9-->
<link rel="stylesheet" type="text/css" href="${root}_sitegray/_sitegray_d.css" />
<script language="javascript" src="${root}_sitegray/_sitegray.js"></script>
<!-- CustomerNO:63616e676c616e6700000000000000000000 -->
<script type="text/javascript" src="/system/resource/js/counter.js"></script>
<script language="javascript" src="/system/resource/js/dynclicks.js"></script>
${frame.head}</HEAD>
<BODY><DIV class="head"><a href="${root}index.htm" title="沧澜师范学院"><strong>沧澜师范学院</strong></a>
<form name="au1a" action="${root}search.jsp" method="post"><input name="INTEXT" value=""><input type="submit" value="搜索"></form></DIV>
${renderNavigation(root)}
<DIV class="main">${frame.content}</DIV>
<div id="ad52385" style="display:none;position:absolute"><a href="${root}tzgg.htm"><span>招生咨询</span></a></div>
<DIV class="foot"><p>沧澜师范学院 版权所有　地址：沧澜市学府路1号　总值班室：0300-5500000</p>
<ul class="yqlink"><li><a href="http://www.example.edu/" onclick="_addDynClicks(&#34;wburl&#34;, ${ownerId}, 26785)">友情链接：东篱大学</a></li></ul></DIV>
</BODY></HTML>
`;
}
