import type { ParseState } from '../parsed.ts';
import { type Fields, fieldsOf, listOf, wordOf } from './fields.ts';

/**
 * Why there is no answer. `login`: the credential is not taken any more. `limited`: too many calls. `banned`: this address or account
 * is turned away. `busy`: the platform has trouble of its own. `not-granted`: the app may not call this. `gone`, `nothing`: the
 * answer is that there is none. `unknown`: none that is known.
 */
type RefusalCause = 'login' | 'limited' | 'banned' | 'busy' | 'not-granted' | 'gone' | 'nothing' | 'unknown';

/** `code` is a number or name of the platform's or HTTP's; its words are never handed on. */
export interface Refusal {
  cause: RefusalCause;
  code: string;
}

const states: Record<RefusalCause, Exclude<ParseState, 'ok'>> = {
  login: 'login-required',
  limited: 'blocked',
  banned: 'blocked',
  busy: 'blocked',
  'not-granted': 'blocked',
  gone: 'deleted',
  nothing: 'empty',
  unknown: 'unknown-page',
};

export function stateOf({ cause }: Refusal): Exclude<ParseState, 'ok'> {
  return states[cause];
}

const says: Record<RefusalCause, string> = {
  login: 'the account has to log in or authorise again',
  limited: 'too many calls for now',
  banned: 'calls from here are turned away',
  busy: 'the platform has trouble of its own',
  'not-granted': 'the app is not granted this interface',
  gone: 'it is gone, or no longer shown',
  nothing: 'there is nothing yet',
  unknown: 'an answer of unknown shape',
};

/** In our words and the platform's code. */
export function describeRefusal({ cause, code }: Refusal): string {
  return `${says[cause]} (${code})`;
}

const causesByCode: Record<string, RefusalCause> = {
  '10001': 'busy',
  '10002': 'busy',
  '10003': 'busy',
  '10004': 'limited',
  '10005': 'not-granted',
  '10006': 'login',
  '10009': 'busy',
  '10010': 'busy',
  '10011': 'busy',
  '10014': 'not-granted',
  '10022': 'limited',
  '10023': 'limited',
  '10024': 'limited',
  '100005': 'limited',
  '20003': 'gone',
  '20101': 'gone',
  '20112': 'gone',
  '20130': 'gone',
  '20135': 'gone',
  '20201': 'gone',
  '20202': 'gone',
  '21301': 'login',
  '21321': 'not-granted',
  '21327': 'login',
  '21332': 'login',
  '21335': 'login',
  '21501': 'login',
};

/** 21314 to 21319 are the ways in which a token ends. */
function causeOfCode(code: string): RefusalCause {
  const known = causesByCode[code];
  if (known !== undefined) return known;
  return /^2131[4-9]$/.test(code) ? 'login' : 'unknown';
}

/** The platform's words, from the strictest: what says that a page is gone also says that one may not see it. */
const causesByWords: readonly [RegExp, RefusalCause][] = [
  [/登录|登陆|重新登|请先|未登|\blog\s?in\b|relogin|access_token|token/i, 'login'],
  [/验证|captcha|安全中心|verify/i, 'login'],
  [/频繁|歇歇|稍后再试|稍候|rate limit|too many|次数/i, 'limited'],
  [
    /系统繁忙|系统错误|服务(?:器)?(?:繁忙|错误|异常)|system (?:error|busy)|unavailable|网络异常|出错了|超时/i,
    'busy',
  ],
  [/不存在|删除|不可见|无法查看|暂无查看|没有权限|无权|已屏蔽|权限/, 'gone'],
  [/没有|暂无|还无|还没|快来|沙发|抢先|为空|no (?:data|content)/i, 'nothing'],
  [/封禁|禁止|异常|拒绝|限制|forbidden|denied/i, 'banned'],
];

function causeOfWords(words: string): RefusalCause {
  return causesByWords.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown';
}

/** Is this body a refusal, whatever its HTTP status was? Null when it may be an answer. */
export function findRefusal(body: Fields): Refusal | null {
  const ok = wordOf(body.ok);
  if (ok === '-100') return { cause: 'login', code: 'ok:-100' };
  const code = wordOf(body.error_code ?? body.errno ?? body.errcode);
  if (/^-?\d{1,9}$/.test(code) && Number(code) !== 0) return byCode(code, body);
  const to = [body.url, body.redirect, body.data].map(wordOf).join(' ');
  if (/passport\.|\/login|\/signin|\/visitor/.test(to)) {
    return { cause: 'login', code: 'sent to the login' };
  }
  if (/^\d{1,9}$/.test(wordOf(body.retcode))) return { cause: 'login', code: `retcode ${body.retcode}` };
  if (ok === '0' || ok === 'false')
    return hasContent(body) ? null : { cause: wordsOf(body), code: `ok:${ok}` };
  const inner = fieldsOf(body.data);
  if (inner !== null && wordOf(inner.ok) === '0' && !hasContent({ data: inner })) {
    return { cause: wordsOf(inner), code: 'data.ok:0' };
  }
  return null;
}

/** A number that no table has is explained by the words beside it, if at all. */
function byCode(code: string, body: Fields): Refusal {
  const known = causeOfCode(code);
  return { cause: known === 'unknown' ? wordsOf(body) : known, code: `error ${code}` };
}

function wordsOf(body: Fields): RefusalCause {
  const said = [body.msg, body.message, body.error, body.errmsg, fieldsOf(body.data)?.msg];
  return causeOfWords(
    said
      .filter((value) => typeof value === 'string')
      .join(' ')
      .slice(0, 500),
  );
}

/** Some answers say `ok: 0` and bring what was asked for all the same. */
function hasContent(body: Fields): boolean {
  const data = fieldsOf(body.data);
  const lists = [
    body.data,
    data?.cards,
    data?.data,
    data?.list,
    data?.statuses,
    body.statuses,
    body.comments,
  ];
  return lists.some((value) => (listOf(value)?.length ?? 0) > 0) || data?.text !== undefined;
}

const loginPage =
  /passport\.(?:weibo|sina)|visitor\.passport|Sina Visitor System|visitor\/visitor|visitor_gray_callback|genvisitor|login\.sina\.com|新浪通行证|扫码登录|请登录|登录\s*-\s*微博|wbBotDetector/i;
const gonePage =
  /微博不存在|已被(?:作者)?删除|(?:暂无|没有)查看权限|不可见|用户不存在|你访问的页面(?:不存在|地址有误)/;
const limitedPage =
  /Request-URI Too (?:Large|Long)|\b(?:414|418|429|432)\b.{0,40}(?:<|Too|teapot|Error)|I'm a teapot|Too Many Requests|访问过于频繁|请求过于频繁/i;
const bannedPage = /\b403\b.{0,20}Forbidden|Access Denied|访问受限|ip.{0,10}(?:封|限制)|安全(?:验证|拦截)/i;
const busyPage =
  /\b50[0234]\b.{0,40}(?:Bad Gateway|Unavailable|Time-?out|Error)|系统繁忙|服务器?(?:繁忙|错误)/i;

const pageStart = 20_000;

/** HTML where there should be JSON, or that holds no status: what does it say? */
export function judgeHtml(html: string): Refusal {
  const start = html.slice(0, pageStart);
  const causes: [RegExp, RefusalCause][] = [
    [loginPage, 'login'],
    [limitedPage, 'limited'],
    [bannedPage, 'banned'],
    [busyPage, 'busy'],
    [gonePage, 'gone'],
  ];
  const cause = causes.find(([pattern]) => pattern.test(start))?.[1] ?? 'unknown';
  return { cause, code: 'a page instead of data' };
}
