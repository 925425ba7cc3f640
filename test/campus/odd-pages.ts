import { htmlAnswer, type SiteAnswer } from './site-server.ts';

/** The page as far as the template got: everything from the marker on is missing, and an error stands in its place. */
export function breakHalfway(html: string, marker: string): string {
  const cut = html.indexOf(marker);
  if (cut < 0) throw new Error(`the page has no ${marker} to break at`);
  const kept = html.slice(0, html.lastIndexOf('<', cut));
  return `${kept}<%@ include file="/_template/part_${marker.length}.jsp" %>
{标题} {发布时间} <pre>org.school.template.RenderException: part not found
  at org.school.template.Renderer.renderPart(Renderer.java:217)
  at org.school.template.Renderer.renderPage(Renderer.java:88)
`;
}

/** An error that calls itself a success: status 200. */
export function errorPageAnswer(homeUrl: string): SiteAnswer {
  return htmlAnswer(
    `<!DOCTYPE html><html><head><meta charset="utf-8"><title>系统提示</title>
<meta http-equiv="refresh" content="5;url=${homeUrl}"></head>
<body><div class="tips"><h2>系统提示</h2><p>您访问的页面不存在或已被删除，5秒后返回首页。</p></div></body></html>`,
    null,
  );
}

/** Leads off the site, to a host that is not the school's. */
export function redirectAwayAnswer(): SiteAnswer {
  const location = 'http://www.example.edu/open-day.htm';
  return { ...htmlAnswer('', null, 302), headers: { Location: location } };
}

/** What somebody outside the campus network sees instead of an internal document: status 200. */
export function loginWallAnswer(): SiteAnswer {
  return htmlAnswer(
    `<!DOCTYPE html><html><head><meta charset="utf-8"><title>统一身份认证</title></head>
<body><form id="fm1" action="/cas/login" method="post"><h3>统一身份认证登录</h3>
<p>该信息仅限校内访问，请登录后查看。</p>
<input name="username" placeholder="学号/工号"><input type="password" name="password" placeholder="密码">
<input type="hidden" name="execution" value="e1s1"><button type="submit">登录</button></form></body></html>`,
    null,
  );
}
