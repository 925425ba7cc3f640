import { maskMentions } from '../../../pipeline/domain/mentions.ts';
import type { ParseState } from '../parsed.ts';
import type { PageTree } from '../site/tree.ts';

/** Why the platform shows no article at an address. */
export type Notice =
  | 'deleted-by-author'
  | 'violating'
  | 'account-gone'
  | 'account-moved'
  | 'unavailable'
  | 'link-expired'
  | 'captcha'
  | 'login'
  | 'busy'
  | 'bad-address';

interface Meaning {
  state: ParseState;
  /** Our words; the page's are never quoted. */
  reason: string;
}

export const noticeMeanings: Record<Notice, Meaning> = {
  'deleted-by-author': { state: 'deleted', reason: 'deleted by the account itself' },
  violating: {
    state: 'deleted',
    reason: 'taken down by the platform (against its rules, or after a complaint)',
  },
  'account-gone': { state: 'deleted', reason: 'the account is closed or blocked by the platform' },
  'account-moved': {
    state: 'deleted',
    reason: 'the account has moved to another; its articles have new addresses',
  },
  unavailable: { state: 'blocked', reason: 'the platform shows this article to nobody for now' },
  'link-expired': {
    state: 'blocked',
    reason: 'a temporary link that has expired: the article’s lasting address is needed',
  },
  captcha: { state: 'blocked', reason: 'the platform wants to see a person (verification page)' },
  login: { state: 'login-required', reason: 'shown only in WeChat, or to those who follow or are logged in' },
  busy: { state: 'blocked', reason: 'the platform could not answer just now' },
  'bad-address': {
    state: 'unknown-page',
    reason: 'the platform says that the address is wrong or incomplete',
  },
};

/** In this order: the first that matches. Mainland and traditional characters, and English, as the reader's language is. */
const words: readonly [Notice, RegExp][] = [
  [
    'captcha',
    /环境异常|環境異常|访问过于频繁|訪問過於頻繁|操作频繁|完成验证后|完成驗證後|安全验证|去验证|验证身份|environment (?:is )?abnormal|too (?:many|frequent)|verif(?:y|ication) (?:is |to )?(?:required|continue)/i,
  ],
  [
    'deleted-by-author',
    /(?:已[经經]?)被?(?:发布者|發[布佈]者|作者|公众号|公眾號|运营者)(?:自行)?(?:删除|刪除)|(?:内容|內容|文章)已(?:经|經)?被?(?:删除|刪除)|deleted by (?:the |its )?(?:author|publisher|owner|poster)/i,
  ],
  [
    'account-moved',
    /(?:公众号|公眾號|帐号|账号|帳號|賬號)已(?:经)?(?:迁移|遷移)|has been (?:migrated|transferred)/i,
  ],
  [
    'account-gone',
    /(?:帐号|账号|帳號|賬號|公众号|公眾號).{0,12}(?:注销|註銷|屏蔽|封禁|封停|停用|回收|冻结|凍結|迁移流程|遷移流程)|account (?:has been |is |was )?(?:blocked|deleted|closed|cancell?ed|deregistered|deactivated|banned)/i,
  ],
  [
    'violating',
    /违规|違規|违反.{0,30}(?:规定|规则|法律|法规|政策)|違反.{0,30}(?:規定|法律|政策)|(?:被投诉|投訴|侵权|侵權).{0,24}(?:无法|無法|删除|刪除|查看)|过度营销|骚扰用户|(?:发送|發送)失败?.{0,4}(?:无法|無法)查看|不实信息|谣言|violat(?:es|ed|ing|ion)|infring/i,
  ],
  ['link-expired', /(?:链接|連結|鏈接)已?(?:过期|過期|失效)|link (?:has )?expired|expired link/i],
  [
    'login',
    /请(?:先)?(?:在|使用|用)?微信(?:客户端|扫|中)?.{0,8}(?:打开|登录|扫)|請在微信|(?:关注|付费|订阅|购买)后.{0,6}(?:阅读|查看|可见)|(?:请先?|需要?)登[录陆]|open (?:this (?:page|link) )?(?:it )?in wechat|log ?in/i,
  ],
  [
    'unavailable',
    /(?:暂时|暫時|目前)?(?:无法|無法|不能)(?:查看|访问|显示|訪問|顯示)|(?:审核|審核)中|不可见|仅限?.{0,6}可见|(?:temporarily |currently )?(?:unavailable|cannot be (?:viewed|displayed))|unable to view/i,
  ],
  [
    'bad-address',
    /参数错误|參數錯誤|链接(?:不正确|有误|错误)|(?:页面|内容|文章)不存在|(?:bad|invalid|wrong) (?:parameter|argument|link)|parameter error/i,
  ],
  [
    'busy',
    /系统(?:出错|错误|繁忙|异常)|系統(?:錯誤|繁忙)|网络(?:错误|异常|繁忙)|请?稍[后候]再试|稍後再試|system (?:error|busy)|try again later/i,
  ],
];

const captchaScripts =
  /mmbizwap:secitptpage|TCaptcha|wappoc_appmsgcaptcha|poc_token|访问过于频繁|appmsgqrcode\?ticket/;

/** A notice is a line or two; more is a page of its own. In UTF-16 code units. */
const longestNotice = 400;

function visibleText(tree: PageTree): string {
  return tree.texts
    .filter((text) => !text.hidden && text.data.trim() !== '')
    .map((text) => text.data.trim())
    .join(' ')
    .replace(/\s+/g, ' ');
}

const noticePlaces =
  '.weui-msg__title, .weui-msg__desc, .mesg-block, .global_error_msg, .page_msg, .text_area, .qrcheck_msg, #js_verify, h1, h2, title';

/** Which notice a page without an article gives; null when it gives none that is known. */
export function findNotice(tree: PageTree, scripts: readonly string[], url: string | null): Notice | null {
  if (url !== null && /\/mp\/wappoc_appmsgcaptcha/.test(url)) return 'captcha';
  const text = visibleText(tree);
  const marked = tree.$(noticePlaces).text().replace(/\s+/g, ' ').slice(0, longestNotice);
  for (const said of [marked, text.length <= longestNotice ? text : '']) {
    const found = words.find(([, pattern]) => pattern.test(said));
    if (found !== undefined) return found[0];
  }
  if (text.length > longestNotice) return null;
  return scripts.some((code) => captchaScripts.test(code.slice(0, 200_000))) ? 'captcha' : null;
}

/** Where an account that has moved says that this article now stands; null where it does not say. */
export function movedTo(scripts: readonly string[]): string | null {
  for (const code of scripts) {
    const found = /transfer_?target_?link\s*=\s*['"](https?:[^'"\s]{1,1000})['"]/i.exec(code)?.[1];
    if (found !== undefined) return maskMentions(found);
  }
  return null;
}
