import { isDigit } from './digit-runs.ts';

/** What stands around a number and says what it is. All of it reads the normalised text. */

const lookBehind = 24;
/** A word for another kind of number counts only this close to it. */
const nearUnits = 7;

const otherNumber =
  /订单|运单|单号|编号|流水|批次|批号|学号|工号|货号|邮编|群号|q群|qq群|微信群|文号|案号|序列号|准考证|考号|条码|条形码|许可证号|合同号|备案号|信用代码|机身码|isbn|issn|imei|imsi|doi|取件码|取货码|快递号|物流号|航班号|型号|版本号|票号|保单号|税号|纳税人|注册号|档案号|书号|索书|设备号|编码|代码|校验码|哈希|时间戳|阅读量|播放量|浏览量|访问量|点击量|专利号|项目号|考生号|报名号|会员号|券码|order|serial|tracking|uid|(?:课程|合同|发票|许可证|备案|快递|物流|包裹|面单|航班|车次|版本|保单|资产|端口|坐标|凭证|参考|卡券|rmb|人民币|总价|金额|合计|共计|总额|预算|经费|余额|售价|价格|产值|营收|人口|总数|流量|时间|日期)(?:是|为|约|了|:|\s|\(|#){0,3}$/g;
const call =
  /电话|手机|号码|联系|致电|拨打|打给|短信|微信|薇信|威信|飞信|支付宝|客服|热线|加我|找我|本人|tel|phone|mobile|cell|call|vx|wx|wechat|whatsapp|contact|电联|机号|(?:^|[^a-z])v$|(?:^|[^a-z])q$|☎|📞|📱/g;
const card =
  /银行卡|卡号|工资卡|储蓄卡|借记卡|信用卡|账号|账户|帐号|帐户|打款|转账|汇款|card|工行|农行|建行|中行|交行|招行|银行/g;
const identity = /身份证|身份号|证件|公民身份|身份代码|sfz|id(?:card|no|num)?$/g;

/** The text before an offset, as far as a cue may stand. */
export function textBefore(text: string, start: number): string {
  return text.slice(Math.max(0, start - lookBehind), start);
}

/** Where the last match ends; -1 without one. */
function lastEnd(pattern: RegExp, text: string): number {
  let end = -1;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    end = match.index + match[0].length;
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return end;
}

export type NumberCue = 'other' | 'call' | 'card' | 'identity' | null;

/** What the nearest word before a number calls it. */
export function cueBefore(text: string, start: number): NumberCue {
  const scope = textBefore(text, start);
  const ends: [NumberCue, number][] = [
    ['other', lastEnd(otherNumber, scope)],
    ['call', lastEnd(call, scope)],
    ['card', lastEnd(card, scope)],
    ['identity', lastEnd(identity, scope)],
  ];
  let cue: NumberCue = null;
  let furthest = -1;
  for (const [kind, end] of ends) {
    if (end <= furthest || end < 0) continue;
    if (kind === 'other' && scope.length - end > nearUnits) continue;
    // 订单 12345，13800138000: the word has its number already.
    if (kind === 'other' && /\d{4}/.test(scope.slice(end))) continue;
    cue = kind;
    furthest = end;
  }
  return cue;
}

const letterOrMark = /[a-z_=/\\#$¥€£]/;
const fileTail =
  /^\.(?:pdf|docx?|xlsx?|pptx?|txt|csv|zip|rar|7z|jpe?g|png|gif|bmp|mp[34]|html?|aspx?|php|jsp)(?![a-z])/;
/** `?id=` of an address on the web; `?tel=` is somebody's number all the same. */
const parameter =
  /(?:https?:|www\.|\.(?:com|cn|net|org|edu)|[a-z]\/)[^\s,。;!]*?(?:[^a-z]|^)[a-z_]*(?:id|no|num|code|key|file|page|ts|t|p)=$/;
const contactTail = /^(?:wx|vx|v信|微信|wechat|tel|qq|v|同号)/;
const addressOfPage = /(?:https?:|www\.|\.(?:com|cn|net|org|edu)|[a-z]\/)[^\s,。;!?]*$/;
const labelled = /(?:tel|phone|mobile|cell|call|contact|vx|wx|wechat|v|q|qq|id|no|num|sfz|card|idcard)[=/]?$/;
const amountTail = /^\s?(?:元|块钱|万|亿|美元|人次|字节|kb|mb|次|吨|股|票|平方|公里|米|%|‰)/;

/** Part of a serial number, a decimal, an amount or an address on the web: no number of a person. */
export function isGlued(text: string, start: number, end: number): boolean {
  const previous = text.charAt(start - 1);
  const scope = textBefore(text, start);
  if (letterOrMark.test(previous) && !labelled.test(scope)) {
    if (previous !== '/' || addressOfPage.test(scope)) return true;
  }
  if (previous === '.' && isDigit(text.charCodeAt(start - 2))) return true;
  const rest = text.slice(end, end + 8);
  if (fileTail.test(rest) || (previous === '=' && parameter.test(scope))) return true;
  if (/^[a-z_]/.test(rest) && !contactTail.test(rest)) return true;
  return /^\.\d/.test(rest) || amountTail.test(rest);
}
