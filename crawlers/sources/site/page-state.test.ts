import { describe, expect, it } from 'vitest';
import { parseSitePage } from './parse.ts';

const menu =
  '<ul class="nav"><li><a href="/a.htm">首页</a></li><li><a href="/b.htm">学院概况</a></li><li><a href="/c.htm">通知公告</a></li></ul>';
const pages: [name: string, state: string, html: string, status?: number][] = [
  [
    'single sign-on answered with 200',
    'login-required',
    '<html><head><title>统一身份认证平台</title></head><body><form action="/authserver/login"><input name="username"><input type="password" name="password"><button>登录</button></form></body></html>',
  ],
  [
    'moved to single sign-on by script',
    'login-required',
    '<html><body><script>window.location.href="https://sso.canglan.example/cas/login?service=x";</script></body></html>',
  ],
  [
    'moved to single sign-on by refresh',
    'login-required',
    '<html><head><meta http-equiv="refresh" content="0;url=https://authserver.canglan.example/authserver/login"></head><body></body></html>',
  ],
  [
    'inside the campus only',
    'login-required',
    `<html><body>${menu}<div class="tip">您好，该内容仅限校内访问，校外用户请使用VPN登录后访问。</div></body></html>`,
  ],
  [
    'no right to look',
    'login-required',
    '<html><head><title>系统提示</title></head><body>对不起，您没有权限访问此页面！</body></html>',
  ],
  [
    'VSB: article taken down',
    'deleted',
    `<html><head><title>提示信息</title></head><body>${menu}<p>对不起，您访问的文章不存在或已被删除！</p></body></html>`,
  ],
  [
    'error page at 200',
    'deleted',
    '<html><head><title>404 错误</title></head><body><h1>404</h1><p>抱歉，您访问的页面不存在。</p><a href="/">返回首页</a></body></html>',
  ],
  [
    'plain 404 page',
    'deleted',
    '<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>',
  ],
  [
    'notice where the text should stand',
    'deleted',
    '<html><head><title>沧澜师范学院</title></head><body><form name="_newscontent_fromname"><h1>提示</h1><div id="vsb_content">该文章已被删除</div></form></body></html>',
  ],
  [
    'script challenge',
    'blocked',
    '<html><head><meta charset="utf-8"><script>$_ts=window["$_ts"];if(!$_ts)$_ts={};$_ts.nsd=1;</script><script src="/4QbVtADbnLVIc/c.FxJzG50F.js"></script></head><body></body></html>',
    412,
  ],
  [
    'cookie challenge at 200',
    'blocked',
    '<html><script>var arg1="A1B2";function reload(x){document.cookie="acw_sc__v2="+x;document.location.reload();}reload(arg1);</script></html>',
  ],
  [
    'web firewall',
    'blocked',
    '<html><head><title>访问被拦截</title></head><body>您的请求存在安全风险，已被网站防火墙拦截，请联系管理员。</body></html>',
  ],
  [
    'server error at 200',
    'unknown-page',
    '<html><head><title>系统错误</title></head><body>系统出错，数据库连接失败，请稍后再试。</body></html>',
  ],
  ['nothing at all', 'unknown-page', ''],
  [
    'a feed',
    'unknown-page',
    '<?xml version="1.0"?><!-- a --> <!-- b --><rss version="2.0"><channel><title>学院新闻</title><item><title>学院召开工作会议</title><description>会议由副院长主持，各部门负责人参加了会议，会上讨论了本学期的重点工作，并对下一阶段作出安排。</description></item></channel></rss>',
  ],
];

describe('a page that is no article and no list', () => {
  for (const [name, state, html, status] of pages) {
    it(name, () => {
      const parsed = parseSitePage({
        url: 'https://www.canglan.example/info/1/2.htm',
        html,
        fetchedAt: '2026-03-20T04:00:00.000Z',
        status: status ?? 200,
      });
      expect(parsed).toEqual({ state, role: null, items: [], next: null, pages: [] });
    });
  }
});

it('an article that speaks of login and deletion stays an article', () => {
  const html =
    '<title>关于统一身份认证系统升级的通知-沧澜师范学院</title><form name="_newscontent_fromname"><h1>关于统一身份认证系统升级的通知</h1><p>2026-03-12</p><div id="vsb_content"><p>请登录统一身份认证平台修改密码，逾期未改的账号将被删除，页面可能暂时不存在。</p></div></form>';
  const parsed = parseSitePage({ url: null, html, fetchedAt: '2026-03-20T04:00:00.000Z' });
  expect(parsed.state).toBe('ok');
  expect(parsed.items[0]?.title).toBe('关于统一身份认证系统升级的通知');
});
