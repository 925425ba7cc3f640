import { lineOf } from './text-of.ts';
import type { PageTree } from './tree.ts';

export type SitePageState = 'ok' | 'empty' | 'deleted' | 'login-required' | 'blocked' | 'unknown-page';

const blocked =
  /安全(?:验证|防护)|(?:正在|进行|通过|完成).{0,6}安全检查(?!工作)|人机验证|访问(?:过于|太)?频繁|(?:访问|请求)(?:已)?被?(?:拦截|阻断|拒绝)|防火墙|请(?:先)?(?:开启|启用|打开).{0,6}(?:javascript|cookie)|滑动验证|输入验证码|IP.{0,8}(?:封禁|限制|黑名单)|waf|access denied|forbidden|checking your browser|enable javascript/i;
const challenge =
  /__jsl_clearance|acw_sc__v2|\$_ts\s?=|_0x[0-9a-f]{4,6}|__ac_signature|cf_chl|document\.cookie\s?=|location\.reload|setTimeout|eval\(/;
const login =
  /统一身份认证|(?:请|需要?|须)(?:先|您)?登[录陆]|登[录陆]后(?:查看|访问|浏览)|(?:仅限?|只限?|限).{0,4}(?:校内|校园网|内网)|校园网内?(?:访问|浏览)|校外.{0,12}vpn|webvpn|(?:没有|无)(?:访问|浏览|查看)?权限|无权(?:访问|浏览|查看)|非法(?:访问|ip)|single sign-?on|central authentication/i;
const gone =
  /(?:文章|新闻|信息|页面|内容|网页|资源|栏目|链接|稿件|公告)(?:已经?|可能)?(?:被)?(?:作者|管理员|系统)?.{0,6}(?:删除|不存在|下线|撤[稿销]|移除|下架|失效|找不到|未发布)|(?:找不到|未找到|不存在|无法找到).{0,12}(?:页面|文章|内容|网页|文件|资源|地址)|404(?:\s?-?\s?(?:not found|错误|页面|error)|$)|not found|page.{0,6}(?:doesn't|does not) exist/i;
const broken =
  /(?:50[0234])\s?-?\s?(?:internal|bad gateway|service|error|错误)|internal server error|服务器(?:内部)?错误|系统(?:出错|错误|异常|维护)|数据库.{0,8}(?:错误|失败)|bad gateway|service unavailable|exception|stack ?trace/i;

/** Which refusal, notice or failure a short page tells of; null when it tells of none. */
export function judgeNotice(tree: PageTree, status: number | null): SitePageState | null {
  const head = tree.elements.find((element) => element.name === 'title');
  const title = head === undefined ? '' : lineOf(head);
  const text = visible(tree).slice(0, 2000);
  const words = `${title} ${text}`;
  const short = text.length < 600;
  if (status === 401 || status === 407) return 'login-required';
  if (status === 404 || status === 410) return 'deleted';
  if (status === 412 || status === 429 || status === 521) return 'blocked';
  const password = tree.$('input[type="password" i]').length > 0;
  if (password && (short || /登[录陆]|login|认证|sign in/i.test(title))) return 'login-required';
  if (movesToLogin(tree)) return 'login-required';
  if (short && login.test(words)) return 'login-required';
  if (short && gone.test(words)) return 'deleted';
  if (short && blocked.test(words)) return 'blocked';
  if (text.length < 200 && challenge.test(scripts(tree))) return 'blocked';
  if (short && broken.test(words)) return 'unknown-page';
  if (status === 403) return 'blocked';
  return null;
}

/** Does a page without a date say outright, where its text should stand, that its article is gone or not for everybody? */
export function noticeIn(text: string): SitePageState | null {
  if (text.length > 60) return null;
  if (login.test(text)) return 'login-required';
  return gone.test(text) ? 'deleted' : null;
}

function movesToLogin(tree: PageTree): boolean {
  const refresh = tree.$('meta[http-equiv="refresh" i]').attr('content') ?? '';
  const target = `${refresh} ${visible(tree).length < 100 ? scripts(tree) : ''}`;
  return /(?:url\s?=|location)[^;]{0,60}(?:authserver|\/cas\/|\/cas\?|\/login|sso|oauth|webvpn|passport)/i.test(
    target,
  );
}

function visible(tree: PageTree): string {
  return tree.texts
    .filter((text) => !text.hidden)
    .map((text) => text.data.trim())
    .filter((data) => data !== '')
    .join(' ')
    .replace(/\s+/g, ' ');
}

function scripts(tree: PageTree): string {
  const found = tree.elements.filter((element) => element.name === 'script');
  return found
    .map((element) => element.children.map((child) => ('data' in child ? child.data : '')).join(''))
    .join('\n')
    .slice(0, 200_000);
}
