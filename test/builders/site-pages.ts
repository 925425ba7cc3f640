/** Small pages of an invented school, in the shape that VSB gives them. */

export interface ListRow {
  href: string;
  title: string;
  date: string;
}

export function buildListHtml(rows: readonly ListRow[], next: string | null = null): string {
  const items = rows.map(
    ({ href, title, date }, i) =>
      `<li id="line_u9_${i}"><a href="${href}" title="${title}">${title}</a><span>${date}</span></li>`,
  );
  const pager =
    next === null ? '<span class="NextDisabled">下页</span>' : `<a href="${next}" class="Next">下页</a>`;
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知公告-沧澜师范学院</title></head><body>
<div class="list"><ul>${items.join('\n')}</ul></div>
<div class="pager"><span>共${rows.length}条</span> <a href="tzgg.htm">首页</a> ${pager} <a href="tzgg/1.htm">尾页</a></div></body></html>`;
}

export function buildArticleHtml(article: { title: string; text: string; date?: string }): string {
  const { title, text, date = '2026-11-20 10:30:00' } = article;
  const paragraphs = text.split('\n').map((line) => `<p>${line}</p>`);
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}-沧澜师范学院</title></head><body>
<form name="_newscontent_fromname"><h1>${title}</h1><div>发布时间：${date} 来源：党委宣传部</div>
<div id="vsb_content"><div class="v_news_content">${paragraphs.join('\n')}</div></div></form></body></html>`;
}

export function buildLoginHtml(): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>统一身份认证</title></head><body><form action="/login">
<p>请登录后查看</p><input name="user"><input type="password" name="secret"><button>登录</button></form></body></html>`;
}

/** Rows `first` … `last` of a column, newest first. */
export function buildRows(first: number, last: number): ListRow[] {
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    href: `/info/1031/${first + i}.htm`,
    title: `关于做好第${first + i}号教室设备检修工作的通知`,
    date: '2026-11-20',
  }));
}
